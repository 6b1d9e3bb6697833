"""What can go wrong, each a sentence for the person at the terminal."""


class LocalError(Exception):
    """The stack cannot start or go on; the message says why and what to do."""


class AlreadyRunning(LocalError):  # noqa: N818 -- named after what happened
    """Another process holds this state directory."""


class Cancelled(Exception):  # noqa: N818 -- somebody asked to stop: no error
    """Stopping was asked for while something was waited for."""
