"""The account PostgreSQL runs under: the server refuses to be root, and ours may be."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coop4canada.local.errors import LocalError

UNPRIVILEGED = ("nobody", "postgres", "daemon")


@dataclass(frozen=True)
class Account:
    """An existing, unprivileged user of this machine."""

    name: str
    uid: int
    gid: int

    def can(self, *command: str) -> bool:
        """Return whether the command succeeds under this account."""
        try:
            return run_as(self, command, directory=Path("/"), env=os.environ).returncode == 0
        except OSError:
            return False

    def owns(self, directory: Path) -> None:
        """Make the account the owner of one directory, closed to everybody else but root."""
        directory.mkdir(parents=True, exist_ok=True)
        os.chown(directory, self.uid, self.gid)
        directory.chmod(0o700)


def run_as(
    account: Account | None, command: Sequence[str], *, directory: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end under an account, None being the current one, and return what it said.

    Raises: OSError if the account cannot run it at all.
    """
    words = [*command]
    if account is None:
        return subprocess.run(words, cwd=directory, env=env, capture_output=True, text=True, check=False)
    return subprocess.run(
        words,
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd=directory,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def database_account(existing: Path) -> Account | None:
    """Return the account for a database kept in `existing`; None means the current one will do.

    Data written by an earlier run stay with their owner.
    Raises: LocalError if root finds nobody to stand in.
    """
    if os.geteuid() != 0:
        return None
    for entry in _candidates(existing):
        if entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise LocalError(
        "PostgreSQL cannot run as root and this machine has no other user: run as an ordinary user."
    )


def _candidates(existing: Path) -> list[pwd.struct_passwd]:
    known = pwd.getpwall()
    owner = existing.stat().st_uid if existing.exists() else 0
    owners = [entry for entry in known if entry.pw_uid == owner]
    named = [entry for name in UNPRIVILEGED for entry in known if entry.pw_name == name]
    return owners + named + known
