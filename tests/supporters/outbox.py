"""Builders and doubles for tests of the outbox."""

import datetime as dt
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from supporters.models import OutgoingMessage, Supporter
from supporters.rules.email import read_address
from supporters.services import deliver_due_messages
from tests import make

NOON = make.NOON


def person(email: str = "amara@example.org", place: int = 1, **fields: Any) -> Supporter:
    values = {
        "email": email,
        "email_key": read_address(email).key,
        "household_place": place,
        "name": "Amara Diallo",
        "search_text": "amara diallo",
        "created_at": NOON,
    }
    return Supporter.objects.create(**{**values, **fields})


def message(number: int = 1, **fields: Any) -> OutgoingMessage:
    """Queue a mail due at noon; each number is another mail to another address, unless a supporter is named."""
    supporter = fields.pop("supporter", None) or person(f"p{number}@example.org")
    values = {
        "key": f"supporters/my_data:{number}",
        "kind": "supporters/my_data",
        "supporter": supporter,
        "to": supporter.email,
        "to_key": supporter.email_key,
        "domain": supporter.email_key.rpartition("@")[2],
        "language": supporter.language,
        "context": {"people": [supporter.pk]},
        "created_at": NOON,
        "due_at": NOON,
    }
    return OutgoingMessage.objects.create(**{**values, **fields})


@dataclass
class Clock:
    """A clock that stands still; sleeping moves it."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


def deliver(at: dt.datetime = NOON) -> int:
    clock = Clock(at)
    return deliver_due_messages(clock=clock, sleep=clock.sleep)


def states(**filters: Any) -> list[str]:
    rows = OutgoingMessage.objects.filter(**filters).order_by("pk")
    return list(rows.values_list("state", flat=True))


Answers = Callable[[str, str], str | None]


@dataclass
class SmtpServer:
    """Speaks just enough SMTP; `answers` may answer a command (EHLO, MAIL, RCPT, DATA, END) otherwise, or hang up ("")."""

    answers: Answers = lambda command, line: None
    mails: list[str] = field(default_factory=list)
    url: str = ""

    def serve(self, lines: Any, send: Callable[[str], None]) -> None:
        send("220 ready")
        for raw in lines:
            line = raw.decode().strip()
            command = line[:4].upper()
            answer = self.answers(command, line)
            if answer == "":
                return
            send(answer or {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 fine"))
            if command == "QUIT":
                return
            if command == "DATA" and answer is None and not self._take(lines, send):
                return

    def _take(self, lines: Any, send: Callable[[str], None]) -> bool:
        text = []
        for raw in lines:
            if raw == b".\r\n":
                break
            text.append(raw.decode())
        answer = self.answers("END", "")
        if answer is None or answer == "":
            self.mails.append("".join(text))
        if answer == "":
            return False
        send(answer or "250 taken")
        return True


@contextmanager
def smtp_server(answers: Answers = lambda command, line: None) -> Iterator[SmtpServer]:
    double = SmtpServer(answers)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            double.serve(self.rfile, self.send)

        def send(self, answer: str) -> None:
            self.wfile.write(f"{answer}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    double.url = f"smtp://127.0.0.1:{server.server_address[1]}?tls=off"
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
