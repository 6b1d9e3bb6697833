"""What the page of one riding shows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from campaign.models import Party
from campaign.queries import parties_by_code
from ridings.enums import BoundaryStatus, Method, Province, RidingClass
from ridings.models import Candidate, ClassificationRun, Riding, RidingBoundary, RidingVerdict
from ridings.queries.charts import ResultChart, charts_of
from ridings.queries.map_page import legend
from ridings.queries.positions import IssueRow, positions
from ridings.queries.sentences import sentence
from ridings.rules.votes import ranked, shares_of


@dataclass(frozen=True)
class CandidateRow:
    """One candidate of the last election; votes are None for an acclaimed one."""

    name: str
    party: str
    colour: str
    votes: int | None
    share: float | None
    is_elected: bool
    is_incumbent: bool


@dataclass(frozen=True)
class ProjectedShare:
    """A party's last and projected shares, 0–1."""

    party: str
    colour: str
    last: float
    projected: float


@dataclass(frozen=True)
class Verdict:
    """Class of the riding and why, in sentences of the active language."""

    riding_class: str
    class_label: str
    meaning: str
    reasons: tuple[str, ...]
    method_label: str
    election_year: int
    polls_as_of: dt.date | None
    computed_at: dt.datetime
    is_overridden: bool


@dataclass(frozen=True)
class RidingPage:
    """Everything of a riding that this app itself shows; charts are newest first."""

    riding: Riding
    province_label: str
    verdict: Verdict | None
    projection: tuple[ProjectedShare, ...]
    charts: tuple[ResultChart, ...]
    former_charts: tuple[ResultChart, ...]
    candidates: tuple[CandidateRow, ...]
    candidates_year: int | None
    issues: tuple[IssueRow, ...]
    has_boundary: bool


def live_riding(number: int) -> Riding | None:
    """Return the riding of a FED number on the boundaries in force."""
    live = Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE, number=number)
    return live.select_related("boundary_set").annotate(has_boundary=_has_boundary("pk")).first()


def _has_boundary(riding: str) -> Exists:
    # The shape itself is large and drawn elsewhere.
    return Exists(RidingBoundary.objects.filter(riding=OuterRef(riding)))


def riding_page(number: int) -> RidingPage | None:
    """Return the page of a riding of the live boundary set, or None if there is none."""
    row = _verdict_rows().filter(riding__number=number).first()
    riding = row.riding if row else live_riding(number)
    if riding is None:
        return None
    parties = parties_by_code()
    charts, former_charts = charts_of(riding, parties)
    candidates, year = _candidates(riding)
    return RidingPage(
        riding=riding,
        province_label=str(Province(riding.province).label),
        verdict=_verdict(row, parties) if row else None,
        projection=_projection(row, charts, parties) if row else (),
        charts=charts,
        former_charts=former_charts,
        candidates=candidates,
        candidates_year=year,
        issues=positions(),
        has_boundary=(row or riding).has_boundary,  # type: ignore[union-attr]  # both are annotated
    )


def class_of(riding: Riding) -> str:
    """Return the class of a riding; empty before the first run."""
    classes = _verdict_rows().filter(riding=riding).values_list("riding_class", flat=True)
    return classes.first() or ""


def _verdict_rows() -> QuerySet[RidingVerdict]:
    """Return the verdicts in force with their ridings and runs: those of the latest run over the boundaries in force."""
    newest = ClassificationRun.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("-pk")
    verdicts = RidingVerdict.objects.filter(
        run=Subquery(newest.values("pk")[:1]), riding__boundary_set__status=BoundaryStatus.LIVE
    )
    rows = verdicts.select_related("riding__boundary_set", "run__election").defer("run__document")
    return rows.annotate(has_boundary=_has_boundary("riding"))


def _verdict(row: RidingVerdict, parties: Mapping[str, Party]) -> Verdict:
    run = row.run
    meanings = {entry.riding_class: entry.meaning for entry in legend(run)}
    return Verdict(
        riding_class=row.riding_class,
        class_label=str(RidingClass(row.riding_class).label),
        meaning=meanings[row.riding_class],
        reasons=tuple(sentence(reason, parties) for reason in row.reasons),
        method_label=str(Method(run.method).label),
        election_year=run.election.year,
        polls_as_of=run.polls_as_of,
        computed_at=run.created_at,
        is_overridden=row.reasons[0]["code"] == "override",
    )


def _projection(
    row: RidingVerdict, charts: tuple[ResultChart, ...], parties: Mapping[str, Party]
) -> tuple[ProjectedShare, ...]:
    """Return the parties above one per cent, largest projected share first; nothing if there were no polls at all."""
    if row.run.polls_as_of is None and "regional" not in row.numbers:
        return ()
    last = {bar.code: bar.share for chart in charts[:1] for bar in chart.bars}
    projected: Mapping[str, float] = row.numbers.get("projected", {})
    return tuple(
        ProjectedShare(parties[code].short_name, parties[code].colour, last.get(code, 0.0), projected[code])
        for code in ranked(projected)
        if code in parties and projected[code] >= 0.01  # noqa: PLR2004 — one per cent
    )


def _candidates(riding: Riding) -> tuple[tuple[CandidateRow, ...], int | None]:
    """Return the candidates of the newest election that has any here, and its year; a coming one has no votes yet."""
    everyone = Candidate.objects.filter(riding=riding).select_related("party", "election")
    rows = list(everyone.order_by("-election__number", "-votes", "name"))
    rows = [row for row in rows if row.election_id == rows[0].election_id]
    shares = shares_of({str(row.pk): row.votes or 0 for row in rows})
    table = tuple(
        CandidateRow(
            name=row.name,
            party=row.party.short_name,
            colour=row.party.colour,
            votes=row.votes,
            share=None if row.votes is None else shares.get(str(row.pk)),
            is_elected=row.is_elected,
            is_incumbent=row.is_incumbent,
        )
        for row in rows
    )
    return table, rows[0].election.year if rows else None
