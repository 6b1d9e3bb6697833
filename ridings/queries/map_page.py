"""What the page of all ridings shows."""

import datetime as dt
from dataclasses import dataclass

from campaign.models import active_language
from campaign.queries import campaign_of_pages, parties_by_code
from ridings.enums import Method, Province, RidingClass
from ridings.models import BoundarySet, ClassificationRun, Riding, RidingVerdict
from ridings.queries.inputs import legend_texts, live_boundary_set
from ridings.queries.recommended import Recommended, recommendations
from ridings.queries.runs import last_run_on
from ridings.queries.sentences import sentence


@dataclass(frozen=True)
class MapFilter:
    """Which ridings to list; empty means all."""

    province: str = ""
    riding_class: str = ""


@dataclass(frozen=True)
class LegendEntry:
    """One class of the map: its code, name, meaning and how many ridings have it."""

    riding_class: str
    label: str
    meaning: str
    count: int


@dataclass(frozen=True)
class MapRow:
    """One riding in the table: class code and label, the first reason as a sentence, who is recommended there."""

    riding: Riding
    province_label: str
    riding_class: str
    class_label: str
    reason: str
    recommended: Recommended | None = None


@dataclass(frozen=True)
class MapPage:
    """The page: legend over all ridings, rows after the filter, and what the classes rest on.

    `rows` are in the order of FED numbers, which groups them by province from east to west; a riding that no run
    has classified yet has an empty class. Without a run yet the last four fields are empty.
    """

    legend: tuple[LegendEntry, ...]
    rows: tuple[MapRow, ...]
    total: int
    boundary_set_code: str
    has_boundaries: bool
    method_label: str
    election_year: int | None
    polls_as_of: dt.date | None
    computed_at: dt.datetime | None


def map_page(chosen: MapFilter) -> MapPage:
    """Return what the page of all ridings shows under a filter."""
    boundary_set = live_boundary_set()
    run = last_run_on(boundary_set) if boundary_set else None
    verdicts = {verdict.riding_id: verdict for verdict in run.verdicts.all()} if run else {}
    ridings = (
        list(Riding.objects.filter(boundary_set=boundary_set).order_by("number")) if boundary_set else []
    )
    return MapPage(
        legend=legend(run),
        rows=_rows(ridings, verdicts, chosen),
        total=len(ridings),
        boundary_set_code=boundary_set.code if boundary_set else "",
        has_boundaries=has_boundaries(boundary_set),
        method_label=str(Method(run.method).label) if run else "",
        election_year=run.election.year if run else None,
        polls_as_of=run.polls_as_of if run else None,
        computed_at=run.created_at if run else None,
    )


def has_boundaries(boundary_set: BoundarySet | None) -> bool:
    """Say whether the shapes of a boundary set are loaded."""
    return bool(boundary_set and boundary_set.shapes_version)


def legend(run: ClassificationRun | None) -> tuple[LegendEntry, ...]:
    """Return the classes with their meaning in the campaign's words, and their counts of a run."""
    texts = legend_texts(campaign_of_pages())
    counts = run.counts if run else {}
    return tuple(
        LegendEntry(
            kind.value, str(kind.label), texts[kind.value][active_language()], counts.get(kind.value, 0)
        )
        for kind in RidingClass
    )


def _rows(ridings: list[Riding], verdicts: dict[int, RidingVerdict], chosen: MapFilter) -> tuple[MapRow, ...]:
    parties, recommended = parties_by_code(), recommendations()
    rows = []
    for riding in ridings:
        verdict = verdicts.get(riding.pk)
        kind = verdict.riding_class if verdict else ""
        if (chosen.province and riding.province != chosen.province) or (
            chosen.riding_class not in ("", kind)
        ):
            continue
        reason = sentence(verdict.reasons[0], parties) if verdict else ""
        label = str(RidingClass(kind).label) if kind else ""
        province = str(Province(riding.province).label)
        rows.append(MapRow(riding, province, kind, label, reason, recommended.get(riding.number)))
    return tuple(rows)
