"""A poll as a document: readings with every fact the law wants beside them, for the API and as a CSV file."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation

from coop4canada.kit.export import harmless
from polls.enums import PollState
from polls.models import Poll
from polls.queries.facts import report_address
from polls.queries.gate import questions_of, readings_of
from polls.queries.published import published_polls
from polls.rules.readings import Reading
from polls.rules.sampling import interval
from ridings.enums import BoundaryStatus

LANGUAGES = ("en", "fr")
# In two languages each.
WORDS = ("population", "sampling", "weighting", "undecided", "hours")
COLUMNS = (
    "poll", "riding", "sponsor", "firm", "field_starts_on", "field_ends_on", "population", "contacted", "sample_size",
    "is_probability", "margin_of_error", "report", "question", "wording", "basis", "group", "answer", "share", "base",
)  # fmt: skip


def poll_document(poll: Poll) -> dict[str, Any]:
    """Return everything public of a poll; without readings once it is retracted."""
    is_shown = poll.state == PollState.PUBLISHED
    return {
        **poll_facts(poll),
        "questions": [
            {
                "number": question.place,
                "wording_en": question.wording_en,
                "wording_fr": question.wording_fr,
                "is_vote_intention": question.is_vote_intention,
                "readings": [_reading(one, poll) for one in readings_of(question)] if is_shown else [],
            }
            for question in questions_of(poll)
        ],
    }


def poll_facts(poll: Poll) -> dict[str, Any]:
    """Return the facts of a poll, which stand beside every number."""
    with translation.override("en"):
        path, report = poll.get_absolute_url(), report_address(poll)
    return {
        "id": poll.pk,
        "state": poll.state,
        "riding": poll.riding.number,
        "riding_en": poll.riding.name_en,
        "riding_fr": poll.riding.name_fr,
        "sponsor": poll.sponsor,
        "sponsor_address": poll.sponsor_address,
        "firm": poll.firm,
        "firm_address": poll.firm_address,
        "field_starts_on": poll.field_starts_on,
        "field_ends_on": poll.field_ends_on,
        "contacted": poll.contacted_count,
        "refused": poll.refused_count,
        "ineligible": poll.ineligible_count,
        "sample_size": poll.sample_size,
        "method": poll.method,
        "is_probability": poll.is_probability,
        "margin_of_error": poll.margin_of_error if poll.is_probability else None,
        "report": report,
        "path": path,
        "published_at": poll.published_at,
        "retracted_at": poll.retracted_at,
        **{
            f"{name}_{language}": getattr(poll, f"{name}_{language}")
            for name in (*WORDS, "retraction")
            for language in LANGUAGES
        },
    }


def poll_list(riding_number: int | None = None) -> list[dict[str, Any]]:
    """Return the published polls with their facts and the vote, newest field first: of a riding in force, or all."""
    rows = Poll.objects.filter(state=PollState.PUBLISHED).select_related("riding")
    if riding_number is not None:
        rows = rows.filter(riding__number=riding_number, riding__boundary_set__status=BoundaryStatus.LIVE)
    polls = {poll.pk: poll for poll in rows.order_by("pk")}
    brief = published_polls([poll.riding_id for poll in polls.values()]) if polls else ()
    return [
        {
            **poll_facts(polls[one.id]),
            "basis": one.basis_code,
            "base": one.base,
            "shares": [
                {
                    "party": share.code,
                    "share": round(share.share, 4),
                    "low": _short(share.low),
                    "high": _short(share.high),
                }
                for share in one.shares
            ],
        }
        for one in brief
        if one.id in polls
    ]


def polls_of_riding(*, riding_number: int) -> list[dict[str, Any]]:
    """Return the published polls of a riding in force, for what the API tells of it."""
    return poll_list(riding_number)


def _short(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _reading(one: Reading, poll: Poll) -> dict[str, Any]:
    people = one.base or (poll.sample_size if one.basis == "all" and not one.group else None)
    around = interval(one.share, people) if people and poll.is_probability else None
    return {
        "basis": one.basis,
        "group": one.group,
        "answer": one.answer,
        "share": one.share,
        "low": _short(around.low if around else None),
        "high": _short(around.high if around else None),
        "base": one.base,
    }


def reading_rows(poll: Poll) -> Iterator[list[str]]:
    """Yield a table of a published poll’s readings, the facts in every row so that none is passed on without them."""
    yield list(COLUMNS)
    facts = [
        poll.pk, poll.riding.number, poll.sponsor, poll.firm, poll.field_starts_on, poll.field_ends_on, poll.population,
        poll.contacted_count, poll.sample_size, "yes" if poll.is_probability else "no",
        poll.margin_of_error if poll.is_probability else "", report_address(poll),
    ]  # fmt: skip
    for question in questions_of(poll):
        for one in readings_of(question):
            cells = [
                *facts,
                question.place,
                question.wording,
                one.basis,
                one.group,
                one.answer,
                one.share,
                one.base,
            ]
            yield [harmless(cell) for cell in cells]
