"""Read a CSV table of polling averages, as organizers paste it. Pure."""

import csv
import datetime as dt
import io
from collections.abc import Container
from dataclasses import dataclass

COLUMNS = ("region", "party", "as_of", "share", "source")
REGIONS = ("Atlantic", "QC", "ON", "MB_SK", "AB", "BC", "Canada")
# Shares of one region and day may add up to a little more than the whole by rounding.
MOST_TOTAL = 1.02


@dataclass(frozen=True)
class AverageRow:
    """One average: share 0–1 of a party in a poll region on a day."""

    region: str
    party: str
    as_of: dt.date
    share: float
    source: str
    poll_count: int = 1


def read_averages(text: str, known_parties: Container[str]) -> tuple[list[AverageRow], list[str]]:
    """Read a table with the header `region,party,as_of,share,source`.

    Returns: (rows, problems); each problem is a sentence that names its line, and with any the rows are no use.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        return [], [f"Line 1: the header lacks {', '.join(missing)}."]
    rows: list[AverageRow] = []
    problems: list[str] = []
    try:
        for record in reader:
            try:
                rows.append(_row(record, known_parties))
            except ValueError as error:
                problems.append(f"Line {reader.line_num}: {error}.")
    except csv.Error as error:
        problems.append(f"Line {reader.line_num}: {error}.")
    if not rows and not problems:
        problems.append("The table has a header but no row.")
    return rows, problems or _problems_together(rows)


def _row(record: dict[str, str | None], known_parties: Container[str]) -> AverageRow:
    region, party, as_of, share, source = ((record[column] or "").strip() for column in COLUMNS)
    if region not in REGIONS:
        raise ValueError(f"unknown region {region!r}; write one of {', '.join(REGIONS)}")
    if party not in known_parties:
        raise ValueError(f"unknown party {party!r}")
    if not source:
        raise ValueError("the source is empty")
    return AverageRow(region, party, _day(as_of), _share(share), source[:300])


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a date like 2026-11-23") from None


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a number") from None
    if not 0 <= share <= 1:
        raise ValueError(f"the share {text} does not lie between 0 and 1; write 0.285 for 28.5 %")
    return share


def _problems_together(rows: list[AverageRow]) -> list[str]:
    """Return what is wrong with rows that are right one by one: doubles, and shares above the whole."""
    seen: set[tuple[str, str, dt.date]] = set()
    totals: dict[tuple[str, dt.date], float] = {}
    problems = []
    for row in rows:
        key = (row.region, row.party, row.as_of)
        if key in seen:
            problems.append(f"{row.region}, {row.party}, {row.as_of}: stands twice in the table.")
        seen.add(key)
        totals[row.region, row.as_of] = totals.get((row.region, row.as_of), 0.0) + row.share
    over = [(key, total) for key, total in totals.items() if total > MOST_TOTAL]
    return problems + [f"{region}, {day}: the shares add up to {total:.3f}." for (region, day), total in over]
