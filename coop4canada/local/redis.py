"""Redis or Valkey as a supervised program."""

import os
import secrets
import signal
import socket
from pathlib import Path

from coop4canada.local.child import Program
from coop4canada.local.places import redis_program
from coop4canada.local.ports import free_port

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {directory}
daemonize no
save 60 1
stop-writes-on-bgsave-error no
"""


class Redis:
    """One server on a free loopback port, which it keeps when it is started again."""

    def __init__(self, directory: Path) -> None:
        """Choose the port and a password: a loopback port is open to every user of the machine."""
        self._directory = directory
        self._password = secrets.token_urlsafe(24)
        self._port = free_port()

    @property
    def url(self) -> str:
        """The server's address."""
        return f"redis://:{self._password}@127.0.0.1:{self._port}/0"

    def prepare(self) -> None:
        """Write the configuration."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        configuration = self._directory / "redis.conf"
        configuration.touch(mode=0o600)
        quoted = '"' + str(self._directory).replace("\\", "\\\\").replace('"', '\\"') + '"'
        configuration.write_text(
            CONFIGURATION.format(port=self._port, password=self._password, directory=quoted)
        )

    @staticmethod
    def environment() -> dict[str, str]:
        """Return the server's environment."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

    def program(self) -> Program:
        """Return how to start the server; told to end, it saves."""
        command = (str(redis_program()), str(self._directory / "redis.conf"))
        return Program("redis", command, orphan_signal=signal.SIGTERM, directory=self._directory)

    def is_ready(self, _pid: int) -> bool:
        """Return whether the server answers and has its data loaded."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1) as connection:
                connection.sendall(f"AUTH {self._password}\r\nPING\r\nQUIT\r\n".encode())
                return b"+PONG" in connection.makefile("rb").read()
        except OSError:
            return False
