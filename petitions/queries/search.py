"""Signatures by what organizers type, among millions."""

from django.db.models import Q
from django.utils.translation import gettext as _

from coop4canada.kit.db import planning
from coop4canada.kit.paging import BY_INDEX, Search
from coop4canada.kit.text import plain
from petitions.models import Signature
from petitions.querysets import is_within
from petitions.rules.search import Meaning, Question, read_question
from ridings.enums import BoundaryStatus
from ridings.models import Riding
from supporters.queries.search import ids_at, ids_called, more_people_note

MOST_RESOLVED = 5000


def signature_search(typed: str) -> Search:
    """Return what to look for among signatures."""
    question = read_question(typed)
    if question.meaning == Meaning.WORDS:
        ridings = ridings_named(question.text)
        if ridings:
            return _in_ridings(ridings)
    answers = {
        Meaning.EMAIL: lambda: Search(Q(supporter__in=ids_at(question.text))),
        Meaning.DOMAIN: lambda: Search(Q(email_domain=domain_of(question.text))),
        Meaning.NETWORK: lambda: Search(_by_ids(is_within(question.text), MOST_RESOLVED)),
        Meaning.RIDING: lambda: Search(Q(riding_number=int(question.text))),
    }
    return answers.get(question.meaning, lambda: _of_people(question))()


def ridings_named(text: str) -> list[Riding]:
    """Return the live ridings that have exactly this name, whatever its accents and case."""
    words = plain(text)
    live = Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("number")
    # A few hundred rows, and only those that hold the words.
    near = live.filter(search_text__contains=words) if words else live.none()
    return [riding for riding in near if words in {plain(riding.name_en), plain(riding.name_fr)}]


def domain_of(text: str) -> str:
    """Return a mail domain as signatures have it: without `@`, in lower case, in punycode."""
    bare = text.strip().lstrip("@").lower()
    try:
        return bare.encode("idna").decode() if not bare.isascii() else bare
    except UnicodeError:
        return bare


def _in_ridings(ridings: list[Riding]) -> Search:
    names = ", ".join(f"{riding.number} {riding.name}" for riding in ridings)
    note = _("These are signatures from the riding %(riding)s. For people of that name write it in quotes.")
    return Search(Q(riding_number__in=[riding.number for riding in ridings]), note % {"riding": names})


def _of_people(question: Question) -> Search:
    people = ids_called(question.text)
    return Search(_by_ids(Q(supporter__in=people), None), more_people_note(people))


def _by_ids(condition: Q, most: int | None) -> Q:
    """Return the condition as ids where it fits few enough signatures.

    Asked for the newest fifty of a few thousand, the planner would read from the newest on until it has them: all.
    """
    with planning(**BY_INDEX):
        ids = list(Signature.objects.filter(condition).values_list("pk", flat=True)[: most and most + 1])
    return condition if most is not None and len(ids) > most else Q(pk__in=ids)
