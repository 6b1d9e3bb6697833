"""What the page of one riding shows."""

import datetime as dt
from dataclasses import dataclass

from ridings.models import Riding


@dataclass(frozen=True)
class Bar:
    """One party's bar in a chart: votes, share 0–1, and where it is drawn (SVG user units)."""

    party: str
    colour: str
    votes: int
    share: float
    y: int
    width: float


@dataclass(frozen=True)
class ResultChart:
    """The votes of one election in one riding, ready to draw; `former_riding` is set on former boundaries.

    `overlap_share` (0–1) is the part of today's riding that lay in the former one. `turnout_share` may be None.
    """

    year: int
    election_number: int
    basis: str
    is_estimate: bool
    bars: tuple[Bar, ...]
    valid: int
    turnout_share: float | None
    height: int
    summary: str
    former_riding: Riding | None = None
    overlap_share: float | None = None


@dataclass(frozen=True)
class CandidateRow:
    """One candidate of the last election."""

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
class PositionCell:
    """A party's stance on an issue."""

    party: str
    stance: str
    stance_label: str
    summary: str
    source: str
    source_url: str
    as_of: dt.date


@dataclass(frozen=True)
class IssueRow:
    """An issue with every party's position."""

    title: str
    positions: tuple[PositionCell, ...]


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
    """Everything of a riding that this app itself shows."""

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


def riding_page(number: int, *, at: dt.datetime) -> RidingPage | None:
    """Return the page of a riding of the live boundary set, or None if there is none."""
    raise NotImplementedError
