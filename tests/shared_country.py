"""One database with the country for all workers of a test run: loaded by the first that needs it, copied by the others.

Loading takes the better part of a minute; a copy, made by PostgreSQL from a template, takes a second.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection


class SharedCountry:
    """The template, and how many workers use it; the last one takes it away."""

    def __init__(self, folder: Path) -> None:
        self.users_file = folder / "country-users"
        self.name = f"test_{connection.settings_dict['NAME']}_country"

    def enter(self) -> None:
        """Let this worker's test database be made as a copy, of what is loaded now if nobody did before."""
        with self._users() as users:
            if users.count == 0:
                self._make()
            users.count += 1
        connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def leave(self) -> None:
        """Take the template away if nobody uses it any more."""
        with self._users() as users:
            users.count -= 1
            if users.count == 0:
                self._drop()

    def _make(self) -> None:
        values = connection.settings_dict
        name, own = values["NAME"], values["TEST"]["NAME"]
        values["TEST"]["NAME"] = self.name
        try:
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            call_command("load_demo", if_empty=True, verbosity=0)
        finally:
            connection.close()
            values["NAME"] = settings.DATABASES["default"]["NAME"] = name
            values["TEST"]["NAME"] = own

    def _drop(self) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(self.name)}")

    @contextmanager
    def _users(self) -> Iterator[Any]:
        """Hold the count of users, for this worker alone."""
        with self.users_file.open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            users = _Users(int(file.read() or 0))
            yield users
            file.truncate(0)
            file.write(str(users.count))


class _Users:
    def __init__(self, count: int) -> None:
        self.count = count
