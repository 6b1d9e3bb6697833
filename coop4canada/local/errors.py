"""What can go wrong, each a sentence for the person at the terminal."""


class LocalError(Exception):
    """The stack cannot start or go on; the message says why and what to do."""


class AlreadyRunning(LocalError):
    """Another process holds this state directory."""


class Cancelled(Exception):
    """Stopping was asked for while something was waited for."""
