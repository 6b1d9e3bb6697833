"""PostgreSQL as a supervised program: made, started, recovered."""

import contextlib
import locale
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from coop4canada.local import processes
from coop4canada.local.account import run_as
from coop4canada.local.child import POLL_SECONDS, Program
from coop4canada.local.errors import LocalError
from coop4canada.local.places import PostgresPlace

NAME = "coop4canada"
LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel allows 107. Source: unix(7), sun_path, read 2026-11-23."""

LEFTOVER_PATIENCE_SECONDS = 20.0

SERVER_OPTIONS = {
    "listen_addresses": "",  # the socket's directory is closed: nobody else can connect
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
THROWAWAY_OPTIONS = {"fsync": "off", "full_page_writes": "off"}
"""Faster; a killed server still loses nothing, but a power failure does: only for what is deleted anyway."""


class Postgres:
    """One server in one place."""

    def __init__(self, place: PostgresPlace, *, lasting: bool) -> None:
        """Describe the server; nothing is started or written yet."""
        self.place = place
        self._options = SERVER_OPTIONS if lasting else SERVER_OPTIONS | THROWAWAY_OPTIONS
        self._socket = place.home / "socket"

    @property
    def url(self) -> str:
        """The database's address."""
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self._socket.resolve()), safe='')}"

    def prepare(self) -> None:
        """Make the cluster if it is not there, and clear away what a crash left.

        Raises: LocalError with the program's own words if the cluster cannot be made.
        """
        self._make_socket_directory()
        data = self.place.data
        if not (data / "PG_VERSION").exists():
            # Made aside and moved: an interrupted making is never mistaken for a cluster.
            draft = self.place.home / "draft"
            shutil.rmtree(draft, ignore_errors=True)
            self._run(*_initdb(self.place.programs, draft))
            draft.rename(data)
        _clear_stale(data)

    def program(self) -> Program:
        """Return how to start the server."""
        options = self._options | {"unix_socket_directories": str(self._socket.resolve())}
        command = [str(self.place.programs / "postgres"), "-D", str(self.place.data)]
        command += [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return Program(
            "postgres",
            tuple(command),
            # Fast shutdown: sessions are ended, everything committed is written. Then immediate shutdown.
            stop_signals=((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0)),
            orphan_signal=signal.SIGINT,
            account=self.place.account,
            directory=self.place.data,
        )

    def is_ready(self, pid: int) -> bool:
        """Return whether the server that runs as `pid` takes connections."""
        try:
            lock = (self.place.data / "postmaster.pid").read_text().split()
        except OSError:
            return False
        # The last line is the server's own word on it; a killed one left its file behind.
        return lock[:1] == [str(pid)] and lock[-1] == "ready"

    def make_database(self) -> None:
        """Make the database if it is not there.

        Raises: LocalError with the server's own words if it refuses.
        """
        # The role and its database bear the same name.
        client = (str(self.place.programs / "psql"), "-XAtq", "-h", str(self._socket.resolve()), "-U", NAME)
        if self._run(
            *client, "-d", "postgres", "-c", "SELECT 1 FROM pg_database WHERE datname = current_user"
        ).strip():
            return
        self._run(*client, "-d", "postgres", "-c", f"CREATE DATABASE {NAME}")

    def remove_socket(self) -> None:
        """Remove the socket's directory, which may lie outside the home."""
        for path in self._socket.glob("*"):
            path.unlink()
        target = self._socket.resolve()
        if self._socket.is_symlink():
            self._socket.unlink()
        with contextlib.suppress(FileNotFoundError):
            target.rmdir()

    @staticmethod
    def environment() -> dict[str, str]:
        """Return the environment of PostgreSQL's programs: none of the caller's PG… or locale variables."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

    def _make_socket_directory(self) -> None:
        """Make the socket's directory; one that is there is emptied and kept, so that the address stays."""
        if self._socket.is_symlink() and not self._socket.exists():
            self._socket.unlink()
        too_long = len(os.fsencode(self._socket / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH
        if too_long and not self._socket.is_symlink():
            self._socket.symlink_to(tempfile.mkdtemp(prefix="coop4canada-"))
        target = self._socket.resolve()
        target.mkdir(mode=0o700, exist_ok=True)
        for path in target.iterdir():
            path.unlink()
        if self.place.account:
            self.place.account.owns(target)

    def _run(self, *command: str) -> str:
        outcome = run_as(self.place.account, command, directory=self.place.home, env=self.environment())
        if outcome.returncode:
            raise LocalError(f"PostgreSQL: {Path(command[0]).name} failed.\n{outcome.stderr.strip()}")
        return outcome.stdout


def _initdb(programs: Path, data: Path) -> tuple[str, ...]:
    # The built-in locale sorts and folds all of Unicode the same on every machine. Only pg_trgm still asks
    # the machine's own, under which plain "C" has no letters beyond ASCII.
    locales = (
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        f"--lc-ctype={_unicode_locale()}",
    )
    return (
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        NAME,
        "--auth=trust",
        "--encoding=UTF8",
        *locales,
    )


def _unicode_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "en_CA.UTF-8", "en_US.UTF-8"):
            with contextlib.suppress(locale.Error):
                return locale.setlocale(locale.LC_CTYPE, name)
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def _clear_stale(data: Path) -> None:
    """Make sure that no server of an earlier life works on the data, and remove the lock file it left.

    The caller holds the state directory, so whatever PostgreSQL works there is a leftover. PostgreSQL itself
    believes the lock while anything has its process number: a stranger, or a dead process nobody collected.
    """
    lock = data / "postmaster.pid"
    for signal_number in (signal.SIGINT, signal.SIGKILL):
        deadline = time.monotonic() + LEFTOVER_PATIENCE_SECONDS
        for pid in _servers_in(data):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal_number)
        while _servers_in(data) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
    if processes.HAS_PROC or not _belongs_to_server(lock):
        lock.unlink(missing_ok=True)


def _servers_in(data: Path) -> list[int]:
    """Return PostgreSQL's processes that work on the data, as far as the system tells."""
    return [pid for pid in processes.working_in(data) if "postgres" in processes.command_line(pid)]


def _belongs_to_server(lock: Path) -> bool:
    pid = int(lock.read_text().split()[0]) if lock.exists() else 0
    return bool(pid) and "postgres" in processes.command_line(pid)
