"""People by what organizers type, among millions: always by an index."""

from collections.abc import Collection

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q
from django.utils.translation import gettext as _

from coop4canada.kit.db import planning
from coop4canada.kit.paging import BY_INDEX, Search
from coop4canada.kit.signing import keyed_hash
from supporters.models import OutgoingMessage, Supporter
from supporters.rules.email import BadAddress, read_address
from supporters.rules.name_search import name_tsquery

MOST_PEOPLE = 1000
FED_NUMBER_LENGTH = 5


def ids_called(words: str, most: int = MOST_PEOPLE) -> list[int]:
    """Return the ids of at most so many people whose names have all these words or beginnings of words."""
    query = name_tsquery(words)
    if not query:
        return []
    vector = SearchVector("search_text", config="simple")
    found = Supporter.objects.annotate(words=vector).filter(
        words=SearchQuery(query, search_type="raw", config="simple")
    )
    with planning(**BY_INDEX):
        return list(found.values_list("pk", flat=True)[:most])


def address_key(typed: str) -> str:
    """Return the canonical form of an e-mail address; empty if it is none."""
    try:
        return read_address(typed).key
    except BadAddress:
        return ""


def ids_at(typed: str) -> list[int]:
    """Return the ids of the people of an e-mail address, however it is spelled."""
    return list(Supporter.objects.filter(email_key=address_key(typed)).values_list("pk", flat=True))


def supporter_search(typed: str) -> Search:
    """Return what to look for among people: an address, a riding's number, or words of a name."""
    text = typed.strip()
    if "@" in text:
        return Search(Q(email_key=address_key(text)))
    if text.isascii() and text.isdigit() and len(text) == FED_NUMBER_LENGTH:
        return Search(Q(riding_number=int(text)))
    ids = ids_called(text)
    return Search(Q(pk__in=ids), more_people_note(ids))


def more_people_note(ids: Collection[int]) -> str:
    """Say that there are more people of a name than are shown; empty if there are not."""
    if len(ids) < MOST_PEOPLE:
        return ""
    note = _("%(most)s people or more have such a name; these are some of them. Add a word.")
    return note % {"most": MOST_PEOPLE}


def by_address_hash(typed: str) -> Search:
    """Return what to look for where only the keyed hash of an address is kept."""
    return Search(Q(address_hash=keyed_hash(address_key(typed))))


def mail_search(typed: str) -> Search:
    """Return what to look for among mails: those to an address, or the one with a key."""
    text = typed.strip()
    if "@" in text:
        return Search(Q(supporter__in=ids_at(text)))
    return Search(Q(key=text))


def report_search(typed: str) -> Search:
    """Return what to look for among providers' reports: those about mails to an address, or about one mail."""
    text = typed.strip()
    if "@" not in text:
        return Search(Q(message_key=text))
    keys = OutgoingMessage.objects.filter(supporter__in=ids_at(text)).values_list("key", flat=True)
    return Search(Q(message_key__in=list(keys)))
