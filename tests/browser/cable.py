"""A cable between browser and server that tests can pull out: what is cut reaches nobody, service workers included."""

import contextlib
import select
import socket
from threading import Thread


class Cable:
    """Passes bytes on to the server at a port, until it is cut."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._ends: set[socket.socket] = set()
        self._threads: list[Thread] = []
        self.port = 0
        self.mend()

    def mend(self) -> None:
        """Let connections through, again at the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64, reuse_port=False)
        self.port = self._listener.getsockname()[1]
        self._start(self._accept, self._listener)

    def cut(self) -> None:
        """Refuse every connection from now on, and break those there are."""
        for end in (self._listener, *list(self._ends)):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        while self._threads:
            self._threads.pop().join()

    def _start(self, work: object, *arguments: socket.socket) -> None:
        thread = Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]  # a method of this class
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with listener, contextlib.suppress(OSError):
            while True:
                self._start(self._join, listener.accept()[0])

    def _join(self, browser: socket.socket) -> None:
        with browser, socket.create_connection(("127.0.0.1", self._server_port)) as server:
            ends = {browser: server, server: browser}
            self._ends |= ends.keys()
            with contextlib.suppress(OSError):
                while all(self._pass_on(end, ends[end]) for end in select.select(list(ends), [], [])[0]):
                    pass
            self._ends -= ends.keys()

    @staticmethod
    def _pass_on(source: socket.socket, target: socket.socket) -> bool:
        part = source.recv(65_536)
        target.sendall(part)
        return bool(part)
