"""The programs' log files, and what of them is shown at the terminal."""

import re
from collections import deque
from pathlib import Path
from typing import IO

TAIL_LINES = 12
LEVEL = re.compile(r"^(?:\[[^\]]*?[ :])?(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b")
"""How a record begins in the site's plain format and in Celery's own."""


def path_of(state: Path, name: str) -> Path:
    """Return the log file of a program."""
    return state / "log" / f"{name}.log"


def opened(state: Path, name: str, *, fresh: bool) -> IO[bytes]:
    """Open a log for writing; a fresh one puts the last run's aside as `<name>.previous.log`."""
    log = path_of(state, name)
    log.parent.mkdir(parents=True, exist_ok=True)
    if fresh and log.exists():
        log.replace(log.with_suffix(".previous.log"))
    return log.open("ab")


def tail(state: Path, name: str) -> str:
    """Return the last lines of a log, indented."""
    log = path_of(state, name)
    if not log.exists():
        return ""
    with log.open(errors="replace") as lines:
        return "".join(f"    {line.rstrip()}\n" for line in deque(lines, TAIL_LINES)).rstrip("\n")


class Watch:
    """Reads what a log gains and picks the lines worth a developer's eye."""

    def __init__(self, state: Path, name: str, *, verbose: bool) -> None:
        """Watch one log; verbose picks every line, else errors with their traces."""
        self._name, self._path, self._verbose = name, path_of(state, name), verbose
        self._position = 0
        self._in_error = False

    def new_lines(self) -> list[str]:
        """Return the lines worth showing since the last call, each with the program's name before it."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as log:
            log.seek(self._position)
            gained = log.read()
        complete = gained[: gained.rfind(b"\n") + 1]
        self._position += len(complete)
        lines = complete.decode(errors="replace").splitlines()
        return [f"{self._name:<8} {line}" for line in lines if self._is_shown(line)]

    def _is_shown(self, line: str) -> bool:
        level = LEVEL.match(line)
        if level:
            self._in_error = level[1] in {"ERROR", "CRITICAL"}
        elif line.startswith("Traceback "):
            self._in_error = True
        return self._verbose or self._in_error
