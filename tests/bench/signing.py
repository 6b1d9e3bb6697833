"""Signing at full tilt: forms posted to two web processes, with client and PostgreSQL on the same two cores."""

import http.client
import itertools
import re
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from coop4canada.kit.clock import now
from petitions.models import Petition, Signature
from supporters.models import ConsentEvent, ConsentWording, OutgoingMessage
from tests.bench.http import rate, site
from tests.bench.proofs import solved_proof
from tests.bench.proxy import caching_proxy

SECONDS = 60.0
WARM_UP_SECONDS = 5.0
CONNECTIONS = 12
SLUG = "bench"
CODES = [
    "K1A 0B1",
    "M5V 3L9",
    "H2X 1Y4",
    "V6B 1A1",
    "T2P 2M5",
    "R3C 4T3",
    "B3H 4R2",
    "E2L 4L5",
    "A1C 5M2",
    "S7K 1J5",
]


@dataclass
class Tally:
    """What one client saw: seconds each acknowledged form took, and what was not acknowledged."""

    seconds: list[float] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)


def petition() -> Petition:
    """Make the petition that is signed, and words to agree to, unless they are there."""
    texts = {
        f"{column}_{language}": "A sentence of the length that sentences have. " * 3
        for column in ("statement", "letter")
        for language in ("en", "fr")
    }
    short = {
        f"{column}_{language}": "Cooperate" for column in ("title", "summary") for language in ("en", "fr")
    }
    row, _made = Petition.objects.get_or_create(
        slug_en=SLUG,
        defaults={
            **texts,
            **short,
            "slug_fr": f"{SLUG}-fr",
            "goal": 1_000_000,
            "opens_at": now() - timedelta(days=1),
            "is_published": True,
        },
    )
    if not ConsentWording.objects.filter(purpose="news").exists():
        ConsentWording.objects.create(
            purpose="news", text_en="News", text_fr="Nouvelles", digest="0", created_at=now()
        )
    return row


def consent_box(port: int) -> tuple[str, str]:
    """Return name and value of the box for news, read off the form as a browser would."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", f"/petitions/{SLUG}/sign/")
    page = connection.getresponse().read().decode()
    for tag in re.findall(r"<input[^>]+type=\"checkbox\"[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="(\d+)"', tag)
        if name and value and "news" in name[1]:
            return name[1], value[1]
    raise SystemExit("the form shows no box for news")


def sign_for(port: int, seconds: float, batch: str) -> tuple[list[Tally], float]:
    """Post forms of people who never signed before, each connection as fast as it is answered."""
    box = consent_box(port)
    tallies = [Tally() for _client in range(CONNECTIONS)]
    begun = time.perf_counter()
    threads = [
        threading.Thread(target=_client, args=(port, begun + seconds, f"{batch}-{number}", box, tally))
        for number, tally in enumerate(tallies)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tallies, time.perf_counter() - begun


def _client(port: int, deadline: float, who: str, box: tuple[str, str], tally: Tally) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    for number in itertools.count():
        if time.perf_counter() >= deadline:
            return
        fields = {
            "name": f"Person {number} of {who}",
            "email": f"p{number}.{who}@bench.example.org",
            "postal_code": CODES[number % len(CODES)],
            box[0]: box[1],
            "proof": solved_proof(),
        }
        begun = time.perf_counter()
        connection.request("POST", f"/petitions/{SLUG}/sign/", urlencode(fields), headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 303:
            tally.seconds.append(time.perf_counter() - begun)
        else:
            tally.errors.append(answer.status)


def measure() -> Iterator[tuple[str, float, str]]:
    """Sign for a minute, then look whether exactly what was acknowledged is there; then read the page."""
    row = petition()
    with TemporaryDirectory() as folder, site(folder) as port:
        sign_for(port, WARM_UP_SECONDS, f"warm{time.time_ns()}")
        before = _rows(row)
        tallies, seconds = sign_for(port, SECONDS, f"run{time.time_ns()}")
        after = _rows(row)
        taken = sorted(second for tally in tallies for second in tally.seconds)
        yield "acknowledged", len(taken), "signatures"
        yield "errors", sum(len(tally.errors) for tally in tallies), "requests"
        for what in after:
            yield f"{what}_not_matching", after[what] - before[what] - len(taken), "rows"
        yield "rate", len(taken) / seconds, "signatures/s"
        yield "median", statistics.median(taken) * 1000, "ms"
        yield "p99", taken[int(len(taken) * 0.99)] * 1000, "ms"
        page = [f"/petitions/{SLUG}/"]
        yield "page_uncached", rate(port, page), "requests/s"
        with caching_proxy(port) as cached_port:
            yield "page_from_cache", rate(cached_port, page), "requests/s"


def _rows(row: Petition) -> dict[str, int]:
    return {
        "signatures": Signature.objects.filter(petition=row, suspicion="").count(),
        "consents": ConsentEvent.objects.count(),
        "mails": OutgoingMessage.objects.filter(kind="petitions/confirm").count(),
    }
