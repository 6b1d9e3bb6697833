"""Questions about network ports."""

import errno
import socket

from coop4canada.local.errors import LocalError

LOWEST_UNRESERVED, HIGHEST = 1024, 65535
LOOKED_AT = 50


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def demand_free(host: str, port: int) -> None:
    """Make sure that the site can listen there.

    Raises: LocalError, naming a free port if this one is taken.
    """
    reason = _obstacle(host, port)
    if reason is None:
        return
    if reason == errno.EADDRINUSE:
        candidates = range(port + 1, min(port + LOOKED_AT, HIGHEST))
        other = next(
            (candidate for candidate in candidates if _obstacle(host, candidate) is None), free_port()
        )
        raise LocalError(
            f"Port {port} is used by another program: stop that one, or choose: make run PORT={other}"
        )
    if reason == errno.EACCES:
        raise LocalError(
            f"Port {port} needs more rights: choose one from {LOWEST_UNRESERVED}: make run PORT=8000"
        )
    raise LocalError(f"This machine cannot listen at {host}: choose: make run HOST=127.0.0.1")


def _obstacle(host: str, port: int) -> int | None:
    """Return the system's error number, or None if one could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # What the web server asks for too: a port in its closing minute counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            return error.errno or errno.EADDRNOTAVAIL
    return None
