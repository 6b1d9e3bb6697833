"""Three hundred callers at work on a list of a hundred thousand, over HTTP, with server and database on the same two cores.

A caller reads for some seconds, dials, talks for ten to thirty, records, and asks for the next; the page gives a sign of life
meanwhile. That is brisk: real calls last longer. A second run has no pauses at all: it shows what the machine can do, not
what callers see. Some callers vanish after they were given somebody. The clock of the calls is moved to the afternoon.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from coop4canada.kit.clock import now
from tests.bench.call_heads import measure_heads, trained
from tests.bench.call_load import OFFSET_VARIABLE, Crew, Tally, work
from tests.bench.http import site
from tests.crowd_of_voters import make_voters
from tests.volunteers.contacting import team
from volunteers.models import Attempt, Team

CALLERS, VOTERS = 300, 100_000
SECONDS, SECONDS_WITHOUT_PAUSES = 60.0, 30.0
LEASE_SECONDS = 20
THREADS = 8
# What a request may take: a lease is issued by the clock at its beginning, another ended by that of its own.
TOLERANCE = "1 second"

OVERLAPS = """
    SELECT count(*) FROM volunteers_lease a JOIN volunteers_lease b ON a.{column} = b.{column} AND a.id < b.id
    WHERE greatest(a.issued_at, b.issued_at) + %s::interval
        < least(coalesce(a.ended_at, a.expires_at), coalesce(b.ended_at, b.expires_at))
"""


def measure() -> Iterator[tuple[str, float, str]]:
    """Let the crew work with pauses, then without; then look at every row that it left."""
    offset = _afternoon() - now()
    begun = time.perf_counter()
    make_voters(VOTERS, at=_afternoon())
    yield "making_voters", time.perf_counter() - begun, "s"
    tokens = _log_in()
    variables = {OFFSET_VARIABLE: str(offset.total_seconds()), "COOP_CALL_LEASE_SECONDS": str(LEASE_SECONDS)}
    with (
        TemporaryDirectory() as folder,
        site(
            folder, application="tests.bench.daytime:application", threads=THREADS, variables=variables
        ) as port,
    ):
        yield from _run("", Crew(port, tokens, SECONDS, with_pauses=True))
        yield from _run("without_pauses_", Crew(port, tokens, SECONDS_WITHOUT_PAUSES, with_pauses=False))
    columns = {
        "contact": "contact_id",
        "phone": "phone_digest",
        "household": "household_key",
        "caller": "caller_id",
    }
    for name, column in columns.items():
        yield f"two_at_once_by_{name}", _number(OVERLAPS.format(column=column), [TOLERANCE]), "leases"
    yield from measure_heads()


def _run(prefix: str, crew: Crew) -> Iterator[tuple[str, float, str]]:
    begun = time.perf_counter()
    tally: Tally = asyncio.run(work(crew))
    seconds = time.perf_counter() - begun
    # Where nobody gets anybody to call, everything is quick and nothing is lost: that measures nothing.
    assert tally.acknowledged
    for what, taken in sorted(tally.seconds.items()):
        taken.sort()
        yield f"{prefix}{what}_count", len(taken), "requests"
        yield f"{prefix}{what}_median", statistics.median(taken) * 1000, "ms"
        yield f"{prefix}{what}_p95", taken[int(len(taken) * 0.95)] * 1000, "ms"
        yield f"{prefix}{what}_p99", taken[int(len(taken) * 0.99)] * 1000, "ms"
    yield f"{prefix}rate", sum(map(len, tally.seconds.values())) / seconds, "requests/s"
    yield f"{prefix}errors", len(tally.errors), "requests"
    there = set(Attempt.objects.filter(client_id__in=tally.acknowledged).values_list("client_id", flat=True))
    yield f"{prefix}outcomes_acknowledged", len(tally.acknowledged), "outcomes"
    yield f"{prefix}outcomes_lost", len(set(tally.acknowledged) - there), "outcomes"
    if tally.vanished:
        yield f"{prefix}vanished", len(tally.vanished), "callers"
        yield f"{prefix}vanished_gave_back_after_at_most", _gave_back(tally), "s"
        yield f"{prefix}vanished_not_given_back", _kept(tally), "callers"


def _gave_back(tally: Tally) -> float:
    """Return the longest time from the last sign of life to the end of a lease whose caller vanished."""
    sql = "SELECT coalesce(max(extract(epoch FROM ended_at - heartbeat_at)), 0) FROM volunteers_lease WHERE id = ANY (%s)"
    return _number(sql, [tally.vanished])


def _kept(tally: Tally) -> float:
    sql = "SELECT count(*) FROM volunteers_lease WHERE id = ANY (%s) AND ended_at IS NULL"
    return _number(sql, [tally.vanished])


def _number(sql: str, values: list[Any]) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return float(cursor.fetchone()[0])


def _afternoon() -> datetime:
    """Return the next Wednesday at 19:00 UTC: calls are allowed in every province."""
    day = now().date()
    while day.weekday() != 2 or (day.month, day.day) in {(12, 25), (1, 1)}:
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, 19, tzinfo=UTC)


def _log_in() -> list[str]:
    """Make the crew, members of the phone team, and return their session keys as the web processes read them."""
    settings.SECRET_KEY = "bench"
    phone_team = Team.objects.filter(riding_number=None).first() or team(None)
    keys = []
    for number in range(CALLERS):
        user = trained(f"caller{number}.{time.time_ns()}@bench.example.org", phone_team)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        keys.append(str(session.session_key))
    return keys
