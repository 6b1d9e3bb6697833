"""Questions about processes, asked so that a reused process number is never taken for ours."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

MARKER = "COOP_LOCAL_STACK"
"""Environment variable every started program carries: the state directory it belongs to."""

PROC = Path("/proc")
HAS_PROC = sys.platform == "linux"
STATE, GROUP, START = 0, 2, 19
"""Fields of /proc/<pid>/stat, counted after the name. Source: proc_pid_stat(5), read 2026-11-23."""


def identity(pid: int) -> str | None:
    """Return a text that stays the same while the process lives and never comes back; None if it is gone."""
    if not HAS_PROC:
        outcome = subprocess.run(
            ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return outcome.stdout.strip() or None
    fields = _stat(pid)
    if fields is None or fields[STATE] in "ZX":
        return None
    boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
    return f"{boot} {fields[START]}"


def group_members(leader: int) -> list[int]:
    """Return the living processes of a group."""
    return [
        pid
        for pid in _all()
        if (fields := _stat(pid)) and fields[GROUP] == str(leader) and fields[STATE] != "Z"
    ]


def marked(state: Path) -> list[int]:
    """Return the living processes that carry the mark of this state directory."""
    wanted = f"{MARKER}={state}".encode()
    return [
        pid
        for pid in _all()
        if pid != os.getpid() and wanted in _read(pid, "environ").split(b"\0") and identity(pid)
    ]


def working_in(directory: Path) -> list[int]:
    """Return the processes whose working directory is `directory`; PostgreSQL's all sit in their data."""
    return [pid for pid in _all() if _working_directory(pid) == str(directory.resolve()) and identity(pid)]


def command_line(pid: int) -> str:
    """Return the command of a process as one text, empty if it is gone."""
    if HAS_PROC:
        return _read(pid, "cmdline").replace(b"\0", b" ").decode(errors="replace")
    outcome = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return outcome.stdout


def _all() -> Iterator[int]:
    if HAS_PROC:
        yield from (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())


def _stat(pid: int) -> list[str] | None:
    # The name, in parentheses, may itself hold spaces and parentheses.
    text = _read(pid, "stat").decode(errors="replace")
    return text.rpartition(")")[2].split() or None


def _read(pid: int, name: str) -> bytes:
    try:
        return (PROC / str(pid) / name).read_bytes()
    except OSError:
        return b""


def _working_directory(pid: int) -> str:
    try:
        return str((PROC / str(pid) / "cwd").readlink())
    except OSError:
        return ""
