"""Behind the link of a ballot mail: read, mark, cast, change, take back. What was chosen is never shown again."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from coop4canada.kit.http import mailed_page, see_other
from coop4canada.kit.signing import BadToken, unseal
from pledges import queries, services
from pledges.enums import BallotMethod
from pledges.queries.ballots import BALLOT, BallotPage
from pledges.rules.counting import NOBODY, Method
from pledges.rules.marking import Marking, Mistake, read_choices, read_ranks


def _opened(token: str) -> tuple[int, BallotPage]:
    """Return the place on the roll that a link stands for, and its page; raise 404 if it is none of ours."""
    try:
        entry_id = int(unseal(BALLOT, token, max_age=None).values[0])
    except (BadToken, ValueError, IndexError) as error:
        raise Http404(_("This link is not complete. Open it again from the mail.")) from error
    page = queries.ballot_page(entry_id)
    if page is None:
        raise Http404(_("This ballot is not there any more."))
    return entry_id, page


@sensitive_post_parameters()
@mailed_page
def ballot(request: HttpRequest, token: str) -> HttpResponse:
    """Show the ballot with what is known of the riding; take it once it is sent."""
    entry_id, page = _opened(token)
    if request.method != "POST":
        return _show(request, token, page, None)
    marking = _marked(request, page)
    if marking.mistake is not None and page.is_open and page.may_vote:
        return _show(request, token, page, marking)
    try:
        services.cast_ballot(entry_id=entry_id, marks=marking.marks)
    except services.BallotRefused:
        return _show(request, token, queries.ballot_page(entry_id) or page, None, is_refused=True)
    return see_other(reverse("recommendations:ballot-in", args=[token]))


@sensitive_post_parameters()
@mailed_page
def ballot_in(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a ballot is in; let it be taken back."""
    entry_id, page = _opened(token)
    if request.method == "POST":
        try:
            services.take_back_ballot(entry_id=entry_id)
        except services.BallotRefused:
            return _show(request, token, page, None, is_refused=True)
        return see_other(request.path)
    return render(request, "pledges/rounds/ballot_in.html", _context(token, page))


def _marked(request: HttpRequest, page: BallotPage) -> Marking:
    keys = [option.key for option in page.options] + [NOBODY]
    if page.row.method == BallotMethod.RANKED:
        return read_ranks({key: request.POST.get(f"rank-{key}", "") for key in keys})
    method = Method(page.row.method)
    return read_choices(request.POST.getlist("choice"), method=method, offered=keys)


def _show(
    request: HttpRequest, token: str, page: BallotPage, marking: Marking | None, *, is_refused: bool = False
) -> HttpResponse:
    context = _context(token, page) | {"is_refused": is_refused, "error": "", "lines": _lines(request, page)}
    status = HTTPStatus.OK
    if marking is not None:
        context["error"] = sentence_of(marking)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    if not (page.is_open and page.may_vote) or is_refused:
        return render(request, "pledges/rounds/ballot_closed.html", context, status=HTTPStatus.GONE)
    context["evidence"] = queries.evidence_for(page.row)
    return render(request, "pledges/rounds/ballot.html", context, status=status)


def _context(token: str, page: BallotPage) -> dict[str, object]:
    return {
        "page": page,
        "ballot_path": reverse("recommendations:ballot", args=[token]),
        "in_path": reverse("recommendations:ballot-in", args=[token]),
    }


def _lines(request: HttpRequest, page: BallotPage) -> list[dict[str, object]]:
    """Return the options as the form shows them: what was just typed if it came back, else all empty."""
    typed = request.POST
    chosen = typed.getlist("choice")
    nobody: dict[str, object] = {"key": NOBODY, "name": _("No recommendation yet"), "party": None}
    options: list[dict[str, object]] = [
        {"key": one.key, "name": one.name, "party": one.party} for one in page.options
    ]
    return [
        {**line, "rank": typed.get(f"rank-{line['key']}", ""), "is_chosen": line["key"] in chosen}
        for line in (*options, nobody)
    ]


def sentence_of(marking: Marking) -> str:
    """Say what is wrong with a marked ballot, and what to do."""
    sentences = {
        Mistake.NOTHING: _(
            "Nothing is marked: choose at least one option. “No recommendation yet” is one of them."
        ),
        Mistake.TOO_MANY: _("Choose one option only."),
        Mistake.UNKNOWN: _("One of these options is not offered any more: choose again."),
        Mistake.NO_RANK: _("A rank is a whole number: 1 for your first choice, 2 for your second."),
        Mistake.SAME_RANK: _("Two options share rank %(rank)s: give each rank once."),
        Mistake.GAP: _("Rank %(rank)s is missing: number your choices 1, 2, 3 without a gap."),
    }
    return sentences[marking.mistake or Mistake.NOTHING] % {"rank": marking.rank}
