"""The polls that the public sees, as lists and panels show them: what they found of the vote, never without who and when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet, Value

from coop4canada.kit import clock
from coop4canada.kit.memory import ShortMemory
from polls.enums import Answer, PollState, ProjectState, SurveyMethod
from polls.models import Poll, PollProject, PollReading
from polls.rules.readings import Reading
from polls.rules.sampling import interval
from polls.rules.toplines import Topline, topline_of


@dataclass(frozen=True)
class ShownShare:
    """A party’s share 0–1 among decided and leaning people; `low` and `high` only where chance chose the sample.

    `phrase` is the party inside a sentence.
    """

    code: str
    name: str
    phrase: str
    colour: str
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class PublishedPoll:
    """A published poll in brief; `shares` are largest first, among `base` people. Names are in the active language."""

    id: int
    project_id: int | None
    riding_id: int
    riding_number: int
    riding_name: str
    sponsor: str
    firm: str
    method: str
    population: str
    contacted_count: int
    sample_size: int
    is_probability: bool
    margin_of_error: float | None
    field_starts_on: date
    field_ends_on: date
    published_at: datetime
    path: str
    basis: str
    basis_code: str
    base: int
    shares: tuple[ShownShare, ...]


@dataclass(frozen=True)
class PollsHere:
    """Whether a riding has public poll projects, and published polls."""

    has_projects: bool
    has_polls: bool


_here: ShortMemory[PollsHere] = ShortMemory(timedelta(seconds=5))


def published_polls(
    riding_ids: Collection[int] | None = None, most: int | None = None
) -> tuple[PublishedPoll, ...]:
    """Return the published polls, newest field first: of some ridings (their keys), or all. One query.

    Args:
        riding_ids: keys of ridings; None for every riding.
        most: how many at most for every call, the newest.
    """
    rows = _vote_readings()
    if riding_ids is not None:
        rows = rows.filter(question__poll__riding__in=riding_ids)
    found = [
        _published(list(readings)) for _pk, readings in groupby(rows, key=lambda row: row.question.poll_id)
    ]
    known = tuple(poll for poll in found if poll is not None)
    return known if most is None else known[:most]


def polls_here(riding: int) -> PollsHere:
    """Say what there is of polls in a riding, by its key, a few seconds old at most: most ridings need no other query."""
    return _here.recall(riding, lambda: _polls_here(riding), now=clock.now())


def _polls_here(riding: int) -> PollsHere:
    projects = PollProject.objects.exclude(state=ProjectState.DRAFT).filter(riding=riding)
    polls = Poll.objects.filter(state=PollState.PUBLISHED, riding=riding)
    kinds = (
        projects.order_by().values_list(Value("project")).union(polls.order_by().values_list(Value("poll")))
    )
    found = {kind for (kind,) in kinds}
    return PollsHere("project" in found, "poll" in found)


def _vote_readings() -> QuerySet[PollReading]:
    rows = PollReading.objects.filter(
        question__poll__state=PollState.PUBLISHED, question__is_vote_intention=True, group=""
    )
    related = rows.select_related("question__poll__riding", "party")
    return related.order_by("-question__poll__field_ends_on", "-question__poll", "pk")


def shown_shares(
    topline: Topline, parties: Iterable[PollReading], *, has_intervals: bool
) -> tuple[ShownShare, ...]:
    """Return the shares of a topline with names and colours, largest first."""
    rows = {row.party.code: row.party for row in parties if row.party}
    shares = []
    for code in sorted(topline.shares, key=lambda code: (-topline.shares[code], code)):
        share = topline.shares[code]
        around = interval(share, topline.base) if has_intervals else None
        shares.append(
            ShownShare(
                code=code,
                name=rows[code].short_name,
                phrase=rows[code].phrase,
                colour=rows[code].colour,
                share=share,
                low=around.low if around else None,
                high=around.high if around else None,
            )
        )
    return tuple(shares)


def _published(rows: list[PollReading]) -> PublishedPoll | None:
    poll = rows[0].question.poll
    topline = topline_of([_reading(row) for row in rows], poll.sample_size or 1)
    if topline is None:  # the gate lets none through
        return None
    return PublishedPoll(
        **_facts(poll),
        basis=str(topline.basis.label),
        basis_code=topline.basis.value,
        base=topline.base,
        shares=shown_shares(topline, rows, has_intervals=bool(poll.is_probability)),
    )


def _reading(row: PollReading) -> Reading:
    answer = row.party.code if row.party else str(Answer(row.answer))
    return Reading(row.question.place, row.basis, row.group, answer, row.share, row.base_count)


def _facts(poll: Poll) -> dict[str, Any]:
    return {
        "id": poll.pk,
        "project_id": poll.project_id,
        "riding_id": poll.riding_id,
        "riding_number": poll.riding.number,
        "riding_name": poll.riding.name,
        "sponsor": poll.sponsor,
        "firm": poll.firm,
        "method": str(SurveyMethod(poll.method).label),
        "population": poll.population,
        "contacted_count": poll.contacted_count,
        "sample_size": poll.sample_size,
        "is_probability": poll.is_probability,
        "margin_of_error": poll.margin_of_error,
        "field_starts_on": poll.field_starts_on,
        "field_ends_on": poll.field_ends_on,
        "published_at": poll.published_at,
        "path": poll.get_absolute_url(),
    }
