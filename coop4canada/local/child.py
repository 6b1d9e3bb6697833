"""One started program: its own session, its log, and a stop that ends its whole process group."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from signal import Signals
from typing import IO

from coop4canada.local import launch, processes
from coop4canada.local.account import Account

POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Program:
    """What to start and how it wants to be stopped.

    Args:
        stop_signals: sent one after the other, each with the seconds it is given; SIGKILL follows by itself.
        orphan_signal: what the kernel sends when the supervisor dies without stopping anything.
        account: None means the current one.
    """

    name: str
    command: tuple[str, ...]
    stop_signals: tuple[tuple[Signals, float], ...] = ((signal.SIGTERM, 10.0),)
    orphan_signal: Signals = signal.SIGTERM
    account: Account | None = None
    directory: Path | None = None


class Child:
    """A running program."""

    def __init__(self, program: Program, *, env: Mapping[str, str], output: IO[bytes] | int | None) -> None:
        """Start the program; `output` takes both its streams, None lets them through."""
        self.program = program
        self._process = subprocess.Popen(
            [*launcher(program.orphan_signal, program.account), *program.command],
            env=dict(env),
            cwd=program.directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=None if output is None else subprocess.STDOUT,
            # A session of its own: a terminal's Ctrl-C reaches the supervisor alone, which keeps the order.
            start_new_session=True,
        )
        self.pid = self._process.pid
        self.identity = processes.identity(self.pid) or ""
        self.started_at = time.monotonic()

    def exit_code(self) -> int | None:
        """Return how the program ended, negative for a signal; None while it runs.

        The rest of its process group goes with it, before the number can belong to anybody else.
        """
        if self._process.returncode is None:
            ended = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is not None:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self.pid, signal.SIGKILL)
                self._process.wait()
        return self._process.returncode

    def send(self, signal_number: Signals) -> None:
        """Send a signal to the program itself, if it still runs."""
        if self.exit_code() is None:
            os.kill(self.pid, signal_number)

    def wait(self, seconds: float, *, until: Callable[[], bool] = lambda: False) -> bool:
        """Wait for the end, at most so long or `until` says yes; return whether the program ended."""
        deadline = time.monotonic() + seconds
        while self.exit_code() is None:
            if until() or time.monotonic() > deadline:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def stop(self, *, impatient: Callable[[], bool] = lambda: False) -> None:
        """Stop the program in its own way, by force in the end; `impatient` shortens every wait."""
        for signal_number, seconds in self.program.stop_signals:
            self.send(signal_number)
            if self.wait(seconds, until=impatient):
                return
        if self.exit_code() is None:
            os.killpg(self.pid, signal.SIGKILL)
            self._process.wait()


def launcher(orphan_signal: Signals, account: Account | None = None) -> list[str]:
    """Return the words before a command that tie it to this process, and run it under an account."""
    ids = (-1, -1) if account is None else (account.uid, account.gid)
    return [sys.executable, "-I", "-S", launch.__file__, *map(str, (int(orphan_signal), os.getpid(), *ids))]


def describe_exit(code: int) -> str:
    """Return an exit code in words."""
    if code >= 0:
        return f"exit code {code}"
    return f"signal {signal.Signals(-code).name}"
