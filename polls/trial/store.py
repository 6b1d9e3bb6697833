"""The trial provider's file: safe for several threads and processes, and for processes that die."""

import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from polls.trial.things import Thing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (
    number INTEGER PRIMARY KEY AUTOINCREMENT, ref TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    made_at REAL NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS thing_by_time ON thing (kind, made_at);
CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, question TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS notice (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, body TEXT NOT NULL,
    made_at REAL NOT NULL, due_at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, sent_at REAL
);
CREATE TABLE IF NOT EXISTS trouble (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL);
"""
SECONDS_TO_WAIT_FOR_ANOTHER = 30

Kept = TypeVar("Kept", bound=Thing)


class Store:
    """One connection a thread to the file at `path`, which is made where it is missing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = threading.local()

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection().execute(statement, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let what is written inside happen as a whole or not at all, and nobody else write meanwhile."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def put(self, thing: Thing) -> None:
        """Keep a thing as it is now."""
        self.run(
            "INSERT INTO thing (ref, kind, made_at, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (ref) DO UPDATE SET body = excluded.body",
            (thing.ref, thing.kind, thing.made_at, json.dumps(asdict(thing))),
        )

    def find(self, kind: type[Kept], ref: str) -> Kept:
        """Return a thing.

        Raises: LookupError.
        """
        row = self.run("SELECT body FROM thing WHERE kind = ? AND ref = ?", (kind.kind, ref)).fetchone()
        if row is None:
            raise LookupError(f"There is no {kind.kind} {ref}.")
        return kind(**json.loads(row[0]))

    def since(self, kind: type[Kept], at: float) -> list[Kept]:
        """Return the things of a kind that were made since, the oldest first."""
        rows = self.run(
            "SELECT body FROM thing WHERE kind = ? AND made_at >= ? ORDER BY number", (kind.kind, at)
        )
        return [kind(**json.loads(body)) for (body,) in rows]

    def newest(self, kind: type[Kept], most: int) -> list[Kept]:
        """Return the last things of a kind that were made, the newest first."""
        rows = self.run(
            "SELECT body FROM thing WHERE kind = ? ORDER BY number DESC LIMIT ?", (kind.kind, most)
        )
        return [kind(**json.loads(body)) for (body,) in rows]

    def _connection(self) -> sqlite3.Connection:
        # A process that was forked must not use its parent's connection.
        if getattr(self._own, "process", None) != os.getpid():
            self._own.connection, self._own.process = self._connect(), os.getpid()
        connection: sqlite3.Connection = self._own.connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self._path, timeout=SECONDS_TO_WAIT_FOR_ANOTHER, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA journal_mode = WAL")
        # What it holds is worth nothing: it must outlive processes, not power cuts.
        connection.execute("PRAGMA synchronous = OFF")
        connection.executescript(_SCHEMA)
        return connection
