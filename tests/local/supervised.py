"""A stand-in site under the real supervisor, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from coop4canada.local import processes

ROOT = Path(__file__).resolve().parents[2]
STANDIN = Path(__file__).with_name("standin.py")
WAIT_SECONDS = 30.0
LEFT_OUT = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"}


def wait_for(condition: Callable[[], object], seconds: float = WAIT_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def own_environment() -> dict[str, str]:
    """The environment without what the test run itself uses."""
    return {name: value for name, value in os.environ.items() if name not in LEFT_OUT}


class Supervised:
    """A stand-in site in a directory of its own."""

    def __init__(self, state: Path, port: int) -> None:
        self.state, self.port = state, port
        self.screen = state.parent / "screen"
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self, *, through: Sequence[str] = (), terminal: int = subprocess.DEVNULL) -> None:
        env = {**own_environment(), "PYTHONPATH": str(ROOT)}
        with self.screen.open("wb") as screen:
            self.process = subprocess.Popen(
                [*through, sys.executable, str(STANDIN), str(self.state), str(self.port)],
                cwd=ROOT,
                env=env,
                stdin=terminal,
                stdout=screen,
                stderr=screen,
                start_new_session=True,
            )

    def start(self, *, through: Sequence[str] = (), terminal: int = subprocess.DEVNULL) -> None:
        self.begin(through=through, terminal=terminal)
        assert wait_for(lambda: "is running" in self.said() or self.ended()), self.said()
        assert not self.ended(), self.said()

    def said(self) -> str:
        return self.screen.read_text()

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def send(self, signal_number: signal.Signals) -> int:
        assert self.process
        self.process.send_signal(signal_number)
        return self.process.wait(WAIT_SECONDS)

    def survivors(self) -> list[str]:
        data = self.state / "postgres/data"
        pids = {*processes.marked(self.state), *(processes.working_in(data) if data.exists() else [])}
        return [processes.command_line(pid) for pid in pids]
