"""Callers as their browsers talk to the site: one kept-alive connection each, all in one event loop."""

import asyncio
import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

PATH = "/volunteer/phone/api/"
CSRF = "b" * 32
OFFSET_VARIABLE = "BENCH_CLOCK_OFFSET_SECONDS"
OUTCOMES = ["no_answer"] * 5 + ["voicemail"] * 2 + ["answered"] * 2 + ["busy"] + ["wrong", "refused"]
# Of a hundred callers so many close their browser after they were given somebody.
VANISHED = 5
HEARTBEAT_SECONDS = 8.0


@dataclass(frozen=True)
class Crew:
    """Who works for how long, at which site."""

    port: int
    sessions: list[str]
    seconds: float
    with_pauses: bool


@dataclass
class Tally:
    """What all saw together: seconds by what was asked, what was acknowledged, who vanished holding which lease."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[Any] = field(default_factory=list)
    acknowledged: list[UUID] = field(default_factory=list)
    vanished: list[UUID] = field(default_factory=list)


class Browser:
    """One caller's connection."""

    def __init__(self, port: int, session: str, tally: Tally) -> None:
        self._port, self._session, self._tally = port, session, tally
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, what: str, **body: Any) -> Any:
        """Send JSON; return what came back, None for what is no success."""
        begun = time.perf_counter()
        status, answer = await self._exchange(what, json.dumps(body).encode())
        if status != 200:
            self._tally.errors.append((what, status, answer[:200]))
            return None
        self._tally.seconds[what].append(time.perf_counter() - begun)
        return json.loads(answer)

    async def _exchange(self, what: str, body: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = (
            f"POST {PATH}{what}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nX-CSRFToken: {CSRF}\r\n"
            f"Cookie: sessionid={self._session}; csrftoken={CSRF}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()
        answered = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in answered[1:] if line)
        return int(answered[0].split()[1]), await reader.readexactly(int(fields["content-length"]))

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()


async def work(crew: Crew) -> Tally:
    """Let all work at once until the time is over; who is talking then finishes."""
    tally = Tally()
    deadline = time.perf_counter() + crew.seconds
    callers = [
        _caller(crew, session, tally, deadline, number) for number, session in enumerate(crew.sessions)
    ]
    await asyncio.gather(*callers)
    return tally


async def _caller(crew: Crew, session: str, tally: Tally, deadline: float, number: int) -> None:
    rng, browser = random.Random(number), Browser(crew.port, session, tally)
    if crew.with_pauses:
        await asyncio.sleep(rng.uniform(0, 20))
    vanishes = crew.with_pauses and number % 100 < VANISHED
    while time.perf_counter() < deadline:
        call = ((await browser.post("next")) or {}).get("call")
        if call is None:
            await asyncio.sleep(1)
        elif vanishes:
            tally.vanished.append(UUID(call["lease_id"]))
            break
        else:
            await _talk(crew, browser, tally, call["lease_id"], rng)
    browser.close()


async def _talk(crew: Crew, browser: Browser, tally: Tally, lease: str, rng: random.Random) -> None:
    if crew.with_pauses:
        await asyncio.sleep(rng.uniform(2, 6))
    if await browser.post("dial", lease=lease) is None:
        return
    left = rng.uniform(10, 30) if crew.with_pauses else 0.0
    while left > 0:
        await asyncio.sleep(min(left, HEARTBEAT_SECONDS))
        left -= HEARTBEAT_SECONDS
        if left > 0:
            await browser.post("heartbeat", lease=lease)
    client_id = uuid4()
    if await browser.post("outcome", lease=lease, client_id=str(client_id), outcome=rng.choice(OUTCOMES)):
        tally.acknowledged.append(client_id)
