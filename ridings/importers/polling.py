"""Opinion polls and polling averages."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from pathlib import Path

from campaign.models import Party
from coop4canada.kit.text import plain
from ridings.enums import PollRegion
from ridings.importers.files import FileRefused, Row, Table, read_text, table_of
from ridings.rules.averages_table import COLUMNS, AverageRow, read_averages
from ridings.rules.polling_average import REMAINDER, Poll, describe, polling_average
from ridings.services.averages import store_averages

COLLECTED_BY = "collected by others, mostly from Wikipedia's lists (CC BY-SA)"
# Figures in percent are rounded: a poll may add up to a little more than all.
LARGEST_SUM = 1.12


def load_polling(path: Path, *, collected_by: str = COLLECTED_BY) -> str:
    """Load a file of polls, or of ready averages, and return a sentence about it.

    Polls become one average a region, on the day of its latest poll.
    Raises: FileRefused.
    """
    codes = set(Party.objects.values_list("code", flat=True))
    text = read_text(path)
    table = table_of(text, path.name)
    if table.has(*COLUMNS):
        rows, problems = read_averages(text, codes)
        if problems:
            raise FileRefused(f"{path.name}: {problems[0]}")
    elif table.has("pollster", "region", "end_date"):
        rows = _averages_of_polls(table, codes, collected_by)
    elif table.has("date", "region"):
        rows = _ready_averages(table, codes, collected_by)
    else:
        raise FileRefused(
            f"{path.name} is no table of polls: its header needs {','.join(COLUMNS)}, or "
            "end_date,pollster,region and "
            "a column for each party."
        )
    count = store_averages(rows=rows, cause=f"polling averages loaded ({path.name})")
    regions = sorted({row.region for row in rows})
    return f"Polling: {count} averages, regions {', '.join(regions)}."


def _shares(table: Table, row: Row, codes: Collection[str]) -> dict[str, float]:
    shares = {}
    for code in (name for name in table.columns if name in codes and row[name]):
        try:
            shares[code] = float(row[code]) / 100
        except ValueError:
            raise table.refuse(row, f"“{row[code]}” of {code} is not a percentage.") from None
        if not 0 <= shares[code] <= 1:
            raise table.refuse(row, f"{row[code]} % of {code} lies outside 0 to 100.")
    if not shares or sum(shares.values()) > LARGEST_SUM:
        raise table.refuse(row, f"the shares add up to {sum(shares.values()):.1%}.")
    return shares


def _day(table: Table, row: Row, column: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise table.refuse(row, f"“{row[column]}” is not a date like 2026-04-25.") from None


def _region(table: Table, row: Row) -> str:
    if row["region"] not in PollRegion.values:
        raise table.refuse(row, f"region “{row['region']}” is not one of {', '.join(PollRegion.values)}.")
    return row["region"]


def _poll(table: Table, row: Row, codes: Collection[str]) -> Poll:
    size = row["sample_size"].removesuffix(".0").replace(",", "")
    return Poll(
        ended_on=_day(table, row, "end_date"),
        pollster=row["pollster"],
        shares=_shares(table, row, codes),
        sample_size=int(size) if size.isdigit() and int(size) > 0 else None,
    )


def _averages_of_polls(table: Table, codes: Collection[str], collected_by: str) -> list[AverageRow]:
    polls: dict[str, dict[tuple[date, str], Poll]] = defaultdict(dict)
    for row in table.rows:
        poll = _poll(table, row, codes)
        # Collections overlap: the same poll as of "Leger" and "Léger Marketing" counts once.
        firm = plain(poll.pollster).partition(" ")[0]
        polls[_region(table, row)].setdefault((poll.ended_on, firm), poll)
    rows = []
    for region in sorted(polls):
        average = polling_average(polls[region].values())
        if average is None:
            continue
        source = describe(average, collected_by)
        rows += [
            AverageRow(region, code, average.as_of, round(share, 6), source, len(average.polls))
            for code, share in average.shares.items()
        ]
    return rows


def _ready_averages(table: Table, codes: Collection[str], collected_by: str) -> list[AverageRow]:
    rows = []
    for row in table.rows:
        shares = {REMAINDER: 0.0, **_shares(table, row, codes)}
        total = sum(shares.values())
        shares[REMAINDER] = max(0.0, 1 - total + shares[REMAINDER])
        as_of, region = _day(table, row, "date"), _region(table, row)
        rows += [
            AverageRow(region, code, as_of, round(share, 6), f"published average; {collected_by}")
            for code, share in shares.items()
        ]
    return rows
