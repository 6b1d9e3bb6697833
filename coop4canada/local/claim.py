"""One state directory, one owner: the lock, the list of what runs, and the leftovers of a crash."""

import contextlib
import fcntl
import json
import os
import signal
import time
from pathlib import Path
from signal import Signals
from typing import IO, Any

from coop4canada.local import processes
from coop4canada.local.errors import AlreadyRunning

LEFTOVER_PATIENCE_SECONDS = {"postgres": 30.0}
USUAL_PATIENCE_SECONDS = 3.0


class Claim:
    """The exclusive right to a state directory, held as long as this process lives."""

    def __init__(self, state: Path) -> None:
        """Take the directory.

        Raises: AlreadyRunning if another process has it.
        """
        self.state = state
        self._notes = state / "run/stack.json"
        self._notes.parent.mkdir(parents=True, exist_ok=True)
        self._lock: IO[str] = (state / "run/stack.lock").open("a")
        try:
            # The kernel lets go of this lock however its holder ends; no number in a file is trusted for it.
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise AlreadyRunning(_running_sentence(read_notes(state))) from None

    def record(self, notes: dict[str, Any]) -> None:
        """Write down who runs what, readable for the owner only: the addresses hold passwords."""
        draft = self._notes.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps({"pid": os.getpid(), **notes}, indent=1))
        draft.replace(self._notes)

    def stop_leftovers(self, order: tuple[str, ...]) -> list[str]:
        """Stop what a crashed earlier run left in this directory; return the names of what was found.

        Only processes whose number and start time were written down, or that carry this directory's mark, are
        touched: first the written down, in `order`, then strays of their groups.
        """
        recorded = read_notes(self.state).get("processes", {})
        ours = {
            name: pid for name, (pid, identity) in recorded.items() if processes.identity(pid) == identity
        }
        for name in sorted(ours, key=lambda name: order.index(name) if name in order else -1):
            first = signal.SIGINT if name == "postgres" else signal.SIGTERM
            _end(ours[name], first, LEFTOVER_PATIENCE_SECONDS.get(name, USUAL_PATIENCE_SECONDS))
        strays = processes.marked(self.state)
        for pid in strays:
            _end(pid, signal.SIGKILL, USUAL_PATIENCE_SECONDS)
        self._notes.unlink(missing_ok=True)
        return sorted(ours) + [f"process {pid}" for pid in strays]

    def release(self) -> None:
        """Give the directory back; what ran must have been stopped."""
        self._notes.unlink(missing_ok=True)
        self._lock.close()


def read_notes(state: Path) -> dict[str, Any]:
    """Return what the present or last owner wrote down; empty if nothing readable."""
    try:
        notes = json.loads((state / "run/stack.json").read_text())
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def _running_sentence(notes: dict[str, Any]) -> str:
    where = f" at {notes['url']}" if "url" in notes else ""
    who = f" (process {notes['pid']})" if "pid" in notes else ""
    return (
        f"coop4canada already runs from this folder{where}{who}: stop it first, with Ctrl-C in its terminal."
    )


def _end(pid: int, first: Signals, patience_seconds: float) -> None:
    """End one process and its group: first politely, then by force."""
    group = {member: processes.identity(member) for member in {pid, *processes.group_members(pid)}}
    _send(pid, group[pid], first)
    deadline = time.monotonic() + patience_seconds
    while group[pid] and processes.identity(pid) == group[pid] and time.monotonic() < deadline:
        time.sleep(0.05)
    for member, identity in group.items():
        _send(member, identity, signal.SIGKILL)


def _send(pid: int, identity: str | None, signal_number: Signals) -> None:
    if identity and processes.identity(pid) == identity:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal_number)
