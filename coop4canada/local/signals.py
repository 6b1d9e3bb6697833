"""Being asked to stop: by Ctrl-C, by another process, by a closing terminal."""

import os
import select
import signal
from signal import Signals
from types import FrameType

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequests:
    """Counts the requests to stop: the first asks for an orderly stop, the second for a quick one."""

    def __init__(self) -> None:
        """Start with none."""
        self.count = 0
        self.last: Signals | None = None
        self._terminal: int | None = None

    def listen(self) -> None:
        """Take the signals over for the rest of this process.

        A handler, not "ignore": that one would be inherited by the programs started from here. Under nohup a
        closing terminal stays ignored.
        """
        stay_on = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        for signal_number in STOP_SIGNALS:
            if signal_number != signal.SIGHUP or not stay_on:
                signal.signal(signal_number, self._note)
        if not stay_on:
            self._terminal = _foreground_terminal()

    def any(self) -> bool:
        """Return whether stopping was asked for."""
        if self.count == 0 and self._terminal_is_gone():
            self._note(signal.SIGHUP, None)
        return self.count > 0

    def urgent(self) -> bool:
        """Return whether it was asked for again."""
        return self.count > 1

    def _note(self, signal_number: int, _frame: FrameType | None) -> None:
        self.count += 1
        self.last = Signals(signal_number)

    def _terminal_is_gone(self) -> bool:
        # The kernel tells the session's leader alone; if that is make, as in `ssh -t … make run`, it waits for us.
        if self._terminal is None:
            return False
        watched = select.poll()
        watched.register(self._terminal, 0)
        return bool(watched.poll(0))


def _foreground_terminal() -> int | None:
    """Return the open controlling terminal if this process is in its foreground."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        return None
    if os.tcgetpgrp(terminal) == os.getpgrp():
        return terminal
    os.close(terminal)
    return None
