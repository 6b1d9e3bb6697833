"""Made-up values for the style guide, so that it shows every component on an empty database too."""

import datetime as dt
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext

from coop4canada.kit.panels import Panel
from ridings.enums import Stance
from ridings.forms import MapFilterForm
from ridings.queries import MapPage, MapRow, RidingMatch
from ridings.queries.charts import Bar, ResultChart
from ridings.queries.positions import IssueRow, PositionCell
from ridings.queries.riding_page import CandidateRow, ProjectedShare

register = template.Library()

SHOWN = 4
PARTIES = (("A", "#D71920", 0.412), ("B", "#1A4782", 0.378), ("C", "#F37021", 0.151), ("D", "#3D9B35", 0.059))
VALID = 51_204


@dataclass(frozen=True)
class Sample:
    """One value for every component."""

    message: str
    matches: tuple[RidingMatch, ...]
    rows: tuple[MapRow, ...]
    filter_form: MapFilterForm
    charts: tuple[ResultChart, ...]
    projection: tuple[ProjectedShare, ...]
    candidates: tuple[CandidateRow, ...]
    issue: IssueRow
    panels: tuple[Panel, ...] = ()


@register.simple_tag
def sample_parts(page: MapPage) -> Sample:
    """Return samples; ridings come from the page, all else is made up."""
    return Sample(
        message=gettext("This sentence says what was found and what to do next."),
        matches=tuple(
            RidingMatch(row.riding, share) for row, share in zip(page.rows, (0.62, 0.38, None), strict=False)
        ),
        rows=page.rows[:SHOWN],
        filter_form=MapFilterForm({}),
        charts=(_chart(2025, is_estimate=False), _chart(2021, is_estimate=True)),
        projection=tuple(
            ProjectedShare(_name(code), colour, share, share * 0.8 + 0.05) for code, colour, share in PARTIES
        ),
        candidates=tuple(_candidate(*party) for party in PARTIES),
        issue=IssueRow(gettext("Sample issue"), tuple(_position(stance) for stance in Stance)),
    )


def _name(code: str) -> str:
    return gettext("Party %(code)s") % {"code": code}


def _chart(year: int, *, is_estimate: bool) -> ResultChart:
    return ResultChart(
        year=year,
        election_number=45,
        basis=gettext("Sample figures"),
        basis_code="actual",
        is_estimate=is_estimate,
        bars=tuple(
            Bar(code, _name(code), colour, round(share * VALID), share) for code, colour, share in PARTIES
        ),
        valid=VALID,
        turnout_share=0.684,
        summary=gettext("Sample chart"),
    )


def _candidate(code: str, colour: str, share: float) -> CandidateRow:
    return CandidateRow(
        name=gettext("Candidate %(code)s") % {"code": code},
        party=_name(code),
        colour=colour,
        votes=round(share * VALID),
        share=share,
        is_elected=code == "A",
        is_incumbent=code == "B",
    )


def _position(stance: Stance) -> PositionCell:
    return PositionCell(
        party=_name("A"),
        colour=PARTIES[0][1],
        stance=stance.value,
        stance_label=str(stance.label),
        summary=gettext("One or two sentences say what the party wants."),
        source=gettext("Sample source"),
        source_url="",
        as_of=dt.date(2026, 11, 1),
    )
