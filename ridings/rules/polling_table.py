"""Ready polling averages as a small table: `region,party,as_of,share,source`."""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from ridings.enums import PollRegion

COLUMNS = ("region", "party", "as_of", "share", "source")
# Rounded shares of a region on one day may add up to a little more or less than all.
ROUNDING = 0.03


@dataclass(frozen=True)
class AverageRow:
    """Share of a party in a region on a day, in [0, 1]."""

    region: str
    party: str
    as_of: date
    share: float
    source: str
    poll_count: int = 1


def read_averages(text: str, *, parties: Collection[str]) -> tuple[list[AverageRow], list[str]]:
    """Return the rows of the table, and a sentence for each thing wrong with it; rows only if nothing is.

    Args:
        text: CSV with the header `region,party,as_of,share,source`; shares as fractions: 0.285 is 28.5 %.
        parties: codes of the parties known.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        return [], [f"The first line must read {','.join(COLUMNS)}; missing: {', '.join(missing)}."]
    rows, problems = [], []
    for cells in reader:
        row, problem = _row(cells, parties)
        if problem:
            problems.append(f"Line {reader.line_num}: {problem}")
        elif row:
            rows.append(row)
    problems += _sums(rows) or ([] if rows or problems else ["The table has no rows."])
    return ([] if problems else rows), problems


def _row(cells: Mapping[str, str | None], parties: Collection[str]) -> tuple[AverageRow | None, str]:
    region, party, as_of, share, source = ((cells[name] or "").strip() for name in COLUMNS)
    checks = (
        (region in PollRegion.values, f"region “{region}” is not one of {', '.join(PollRegion.values)}."),
        (party in parties, f"party “{party}” is not known here."),
        (_day(as_of) is not None, f"“{as_of}” is not a date: write it like 2026-04-25."),
        (_fraction(share) is not None, f"“{share}” is not a share between 0 and 1: write 0.285 for 28.5 %."),
        (bool(source), "the source is missing."),
        (len(source) <= 300, "the source is longer than 300 characters."),  # noqa: PLR2004 — width of the column
    )
    problem = next((sentence for is_right, sentence in checks if not is_right), "")
    day, fraction = _day(as_of), _fraction(share)
    if problem or day is None or fraction is None:
        return None, problem
    return AverageRow(region, party, day, fraction, source), ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _fraction(text: str) -> float | None:
    try:
        share = float(text)
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None


def _sums(rows: list[AverageRow]) -> list[str]:
    problems, totals, seen = [], dict[tuple[str, date], float](), set[tuple[str, str, date]]()
    for row in rows:
        if (row.region, row.party, row.as_of) in seen:
            problems.append(f"{row.party} in {row.region} on {row.as_of} stands there twice.")
        seen.add((row.region, row.party, row.as_of))
        totals[row.region, row.as_of] = totals.get((row.region, row.as_of), 0.0) + row.share
    return problems + [
        f"The shares of {region} on {day} add up to {total:.1%}, more than all votes."
        for (region, day), total in totals.items()
        if total > 1 + ROUNDING
    ]
