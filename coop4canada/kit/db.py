"""Database locks shared by every app."""

from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from zlib import crc32

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def advisory_lock(name: str) -> "Iterator[None]":
    """Hold PostgreSQL's advisory lock `name` for the session; wait for whoever holds it.

    The lock goes with the connection, so a killed process never leaves it behind.
    """
    key = crc32(name.encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def lock_for_transaction(name: str) -> None:
    """Take PostgreSQL's advisory lock `name` until the transaction ends; wait for whoever holds it.

    Two names that share a hash only wait for each other without need: 64 bits make that rare.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_key(name)])


def share_for_transaction(name: str) -> None:
    """Hold the same lock together with others who share it, until the transaction ends; wait for whoever holds it alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_key(name)])


def _key(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


def forget_connections() -> None:
    """Begin with a new connection, after the database was away.

    A pool asks again at growing pauses and would find the database late; a new pool asks at once.
    """
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # of PostgreSQL's backend only


@contextmanager
def planning(**settings: str) -> "Iterator[None]":
    """Change PostgreSQL's settings for the queries inside, e.g. `enable_seqscan="off"`, `statement_timeout="300ms"`."""
    is_part = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        former = ", ".join(["current_setting(%s)"] * len(settings))
        wanted = ", ".join(["set_config(%s, %s, true)"] * len(settings))
        pairs = [part for pair in settings.items() for part in pair]
        cursor.execute(f"SELECT {former}, {wanted}", [*settings, *pairs])
        before = cursor.fetchone()[: len(settings)]
        yield
        if is_part:
            # They would last to the end of that transaction; where this fails, its savepoint undoes them.
            pairs = [part for pair in zip(settings, before, strict=True) for part in pair]
            cursor.execute(f"SELECT {wanted}", pairs)


def database_now() -> datetime:
    """Return the database's clock: the one by which processes on several machines compare how long something is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at
