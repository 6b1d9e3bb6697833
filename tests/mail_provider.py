"""A mail provider that is no better than it must be: the double at the edge of the outside world.

Speaks the part of Postmark's interface that the site uses: takes mails over HTTP and reports deliveries, late, twice and again
until it is heard. On purpose it fails now and then, before taking a mail or, worse, after.
"""

import base64
import http.server
import json
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Queue
from random import Random
from typing import Any
from uuid import uuid4


@dataclass(frozen=True)
class Temper:
    """How badly it behaves: shares of requests, 0 to 1, and seconds."""

    refuses: float = 0.0  # answers 500 and takes nothing
    hangs_up: float = 0.0  # takes the mail, then hangs up without an answer
    repeats: float = 0.0  # reports a delivery twice
    seconds: float = 0.0  # thinks before it answers


@dataclass
class MailProvider:
    """Running between `start()` and `stop()`; `mails` are those it took, in order, as the site sent them."""

    temper: Temper = field(default_factory=Temper)
    report_to: str = ""
    secret: str = ""
    mails: list[dict[str, Any]] = field(default_factory=list)
    _random: Random = field(default_factory=lambda: Random(45))
    _reports: "Queue[dict[str, Any] | None]" = field(default_factory=Queue)

    def start(self) -> "MailProvider":
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.answer(self, json.loads(body))

            def log_message(self, *_arguments: object) -> None:
                """Keep quiet."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._threads = [
            threading.Thread(target=self._server.serve_forever, daemon=True),
            threading.Thread(target=self._report, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._reports.put(None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    @property
    def keys(self) -> list[str]:
        """The site's own key of every mail taken."""
        return [mail["Metadata"]["key"] for mail in self.mails]

    def answer(self, handler: http.server.BaseHTTPRequestHandler, mail: dict[str, Any]) -> None:
        time.sleep(self.temper.seconds)
        if self._random.random() < self.temper.refuses:
            self._send(handler, 500, {"ErrorCode": 100, "Message": "maintenance"})
            return
        number = str(uuid4())
        self.mails.append(mail)
        self._reports.put(self._delivery(number, mail))
        if self._random.random() < self.temper.repeats:
            self._reports.put(self._delivery(number, mail))
        if self._random.random() < self.temper.hangs_up:
            handler.close_connection = True
            handler.connection.close()
            return
        self._send(handler, 200, {"ErrorCode": 0, "Message": "OK", "MessageID": number, "To": mail["To"]})

    def _send(self, handler: http.server.BaseHTTPRequestHandler, status: int, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def _delivery(self, number: str, mail: dict[str, Any]) -> dict[str, Any]:
        return {
            "RecordType": "Delivery",
            "MessageID": number,
            "Recipient": mail["To"],
            "DeliveredAt": datetime.now(UTC).isoformat(),
            "Details": "taken",
            "Metadata": mail["Metadata"],
        }

    def _report(self) -> None:
        """Report deliveries until each is heard, as providers do."""
        while (report := self._reports.get()) is not None:
            if self.report_to and not self._heard(report):
                time.sleep(0.5)
                self._reports.put(report)

    def _heard(self, report: dict[str, Any]) -> bool:
        login = base64.b64encode(self.secret.encode()).decode()
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
        request = urllib.request.Request(self.report_to, json.dumps(report).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False
