"""Being asked to stop: by Ctrl-C, by another process, by a closing terminal."""

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

    def listen(self) -> None:
        """Take the signals over for the rest of this process.

        A handler, not "ignore": that one would be inherited by the programs started from here.
        """
        for signal_number in STOP_SIGNALS:
            signal.signal(signal_number, self._note)

    def any(self) -> bool:
        """Return whether stopping was asked for."""
        return self.count > 0

    def urgent(self) -> bool:
        """Return whether it was asked for again."""
        return self.count > 1

    def _note(self, signal_number: int, _frame: FrameType | None) -> None:
        self.count += 1
        self.last = Signals(signal_number)
