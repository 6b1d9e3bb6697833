"""Counts by trigger and journal: a trigger notes every change of the counts, a job takes the changes in.

Reading a count never touches the rows that are counted, and no two people who write share a row of counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

MOST_CHANGES = 200_000


@dataclass(frozen=True)
class Journal:
    """The tables of one kind of counts; all have the columns `keys` (NULL in `rows` counts as 0) and the counts.

    Args:
        rows: what is counted.
        changes: by how much counts changed; written by the trigger, emptied by `take_in`.
        tallies: the counts; unique by `keys`.
        keys: columns by which is counted.
        measures: {column of counts: SQL condition on a row that counts there}; the trigger counts by the same.
    """

    rows: str
    changes: str
    tallies: str
    keys: tuple[str, ...]
    measures: Mapping[str, str]

    @property
    def key_columns(self) -> str:
        """The keys as SQL lists them."""
        return ", ".join(self.keys)

    @property
    def count_columns(self) -> str:
        """The counts as SQL lists them."""
        return ", ".join(self.measures)

    def each(self, pattern: str, separator: str = ", ") -> str:
        """Write a piece of SQL for every count: `{name}` and `{rule}` stand for it and its condition."""
        return separator.join(pattern.format(name=name, rule=rule) for name, rule in self.measures.items())


def take_in(journal: Journal, *, most: int = MOST_CHANGES) -> list[tuple[int, ...]]:
    """Add what was noted since the last time to the tallies, in one statement; return the keys whose counts changed.

    The caller holds a lock, so that two at once wait for each other.
    """
    statement = f"""
        WITH taken AS (
            DELETE FROM {journal.changes}
            WHERE id IN (SELECT id FROM {journal.changes} ORDER BY id LIMIT %s)
            RETURNING {journal.key_columns}, {journal.count_columns}
        ), sums AS (
            SELECT {journal.key_columns}, {journal.each("sum({name})::int AS {name}")} FROM taken GROUP BY {journal.key_columns}
        )
        INSERT INTO {journal.tallies} ({journal.key_columns}, {journal.count_columns})
        SELECT {journal.key_columns}, {journal.count_columns} FROM sums
        ON CONFLICT ({journal.key_columns}) DO UPDATE
        SET {journal.each(f"{{name}} = {journal.tallies}.{{name}} + excluded.{{name}}")}
        RETURNING {journal.key_columns}
    """  # noqa: S608 — names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(statement, [most])
        return list(cursor.fetchall())


def find_drifts(journal: Journal) -> list[tuple[int, ...]]:
    """Count the rows themselves; return keys and differences (rows minus tallies and what waits) where there are any.

    One statement, hence one snapshot: rows, tallies and what is still to be taken in belong to the same moment.
    """
    statement = f"""
        WITH counted AS (
            SELECT {", ".join(f"coalesce({key}, 0) AS {key}" for key in journal.keys)},
                {journal.each("count(*) FILTER (WHERE {rule}) AS {name}")}
            FROM {journal.rows} GROUP BY {", ".join(str(place + 1) for place in range(len(journal.keys)))}
        ), believed AS (
            SELECT {journal.key_columns}, {journal.each("sum({name}) AS {name}")} FROM (
                SELECT {journal.key_columns}, {journal.count_columns} FROM {journal.tallies}
                UNION ALL SELECT {journal.key_columns}, {journal.count_columns} FROM {journal.changes}
            ) AS both_sources GROUP BY {journal.key_columns}
        )
        SELECT {journal.key_columns}, {journal.each("(coalesce(counted.{name}, 0) - coalesce(believed.{name}, 0))::int")}
        FROM counted FULL JOIN believed USING ({journal.key_columns})
        WHERE {journal.each("coalesce(counted.{name}, 0) <> coalesce(believed.{name}, 0)", " OR ")}
        ORDER BY {journal.key_columns}
    """  # noqa: S608 — names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def note_changes(journal: Journal, changes: Sequence[Sequence[Any]]) -> None:
    """Write changes (keys, then counts) into the journal, as the trigger does."""
    columns = [*journal.keys, *journal.measures]
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {journal.changes} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, changes)
