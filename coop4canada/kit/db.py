"""Database locks shared by every app."""

from contextlib import contextmanager
from typing import TYPE_CHECKING
from zlib import crc32

from django.db import connection

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
