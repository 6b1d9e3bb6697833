"""Party positions on the issues."""

import datetime as dt
from dataclasses import dataclass

from ridings.enums import Stance
from ridings.models import Issue, PartyPosition


@dataclass(frozen=True)
class PositionCell:
    """A party's stance on an issue."""

    party: str
    colour: str
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


def positions() -> tuple[IssueRow, ...]:
    """Return every issue that has positions, in display order, parties in theirs."""
    rows = PartyPosition.objects.select_related("party", "issue").order_by(
        "issue__display_order", "issue__slug", "party__display_order", "party__code"
    )
    by_issue: dict[int, tuple[Issue, list[PositionCell]]] = {}
    for row in rows:
        by_issue.setdefault(row.issue_id, (row.issue, []))[1].append(_cell(row))
    return tuple(IssueRow(issue.title, tuple(cells)) for issue, cells in by_issue.values())


def _cell(row: PartyPosition) -> PositionCell:
    return PositionCell(
        party=row.party.short_name,
        colour=row.party.colour,
        stance=row.stance,
        stance_label=str(Stance(row.stance).label),
        summary=row.summary,
        source=row.source,
        source_url=row.source_url,
        as_of=row.as_of,
    )
