"""The real web, worker, beat, PostgreSQL and Redis: whatever dies, the map is right again by itself."""

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from coop4canada.local import LocalStack
from coop4canada.local.ports import free_port
from tests.stack.organizer import Organizer

pytestmark = [pytest.mark.stack, pytest.mark.enable_socket, pytest.mark.xdist_group("recovery")]

RECOVERY_SECONDS = 60


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    with LocalStack(tmp_path_factory.mktemp("site"), port=free_port()) as stack:
        stack.manage("migrate")
        stack.manage("load_demo", "--fixtures-only")
        stack.start("web", "worker", "beat")
        yield stack


@pytest.fixture(scope="module")
def edith(stack: LocalStack) -> Organizer:
    note = stack.manage("ensure_organizer")
    email, password = note.removeprefix("Organizer log-in: ").split(" / ")
    return Organizer(stack.url, email, password.strip())


def rows(stack: LocalStack, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stack.env["DATABASE_URL"]) as connection:
        return connection.execute(query.encode()).fetchall()


def ridings_of_class(stack: LocalStack, kind: str, count: int) -> dict[int, int]:
    """Return {FED number: key} of ridings that have a class and no override."""
    colours = colours_of(stack)
    keys = rows(
        stack,
        "SELECT number, id FROM ridings_riding WHERE id NOT IN (SELECT riding_id FROM ridings_classoverride) ORDER BY 1",
    )
    return dict([(number, key) for number, key in keys if colours[str(number)] == kind][:count])


def colours_of(stack: LocalStack) -> dict[str, str]:
    with urllib.request.urlopen(f"{stack.url}api/v1/map/colours", timeout=10) as answer:
        classes: dict[str, str] = json.load(answer)["classes"]
        return classes


def wait_for(condition: Callable[[], bool], seconds: float = RECOVERY_SECONDS) -> float:
    """Return how long it took until the condition held."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s"
        time.sleep(0.25)
    return time.monotonic() - begun


def shows(stack: LocalStack, ridings: dict[int, int], kind: str) -> Callable[[], bool]:
    return lambda: {colours_of(stack)[str(number)] for number in ridings} == {kind}


def test_an_edit_in_admin_recolours_the_map_within_seconds(stack: LocalStack, edith: Organizer) -> None:
    ridings = ridings_of_class(stack, "other", 1)

    edith.override(next(iter(ridings.values())), "swing")

    wait_for(shows(stack, ridings, "swing"))


def test_a_dead_redis_loses_no_edit_and_keeps_nobody_waiting(stack: LocalStack, edith: Organizer) -> None:
    ridings = ridings_of_class(stack, "other", 2)
    stack.kill("redis")

    begun = time.monotonic()
    for key in ridings.values():
        edith.override(key, "swing")
    answered = time.monotonic() - begun
    assert set(colours_of(stack).values()) >= {"swing", "other"}
    stack.start("redis")

    assert answered < 20
    wait_for(shows(stack, ridings, "swing"))


def test_redis_then_the_worker_die_during_edits_and_the_map_heals_after_their_return(
    stack: LocalStack, edith: Organizer
) -> None:
    ridings = ridings_of_class(stack, "other", 3)
    first, second, third = ridings.values()
    stack.kill("redis")
    edith.override(first, "emerging")
    stack.kill("worker")
    edith.override(second, "emerging")
    stack.start("redis")
    edith.override(third, "emerging")

    stack.start("worker")

    wait_for(shows(stack, ridings, "emerging"))
    wait_for(
        lambda: rows(stack, "SELECT count(*) FROM ridings_recomputerequest WHERE done_at IS NULL") == [(0,)]
    )


def test_a_killed_database_comes_back_and_the_edits_with_it(stack: LocalStack, edith: Organizer) -> None:
    ridings = ridings_of_class(stack, "other", 2)
    first, second = ridings.values()
    edith.override(first, "swing")
    stack.kill("postgres")
    stack.start("postgres")
    edith.override(second, "swing")

    wait_for(shows(stack, ridings, "swing"))


ASK_100_TIMES = """
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from ridings.models import ClassOverride
from ridings.services import request_recompute

def ask(number):
    with transaction.atomic():
        ClassOverride.objects.filter(riding_id={key}).update(riding_class=["swing", "emerging"][number % 2])
        request_recompute(cause=f"trigger {{number}}")
    connection.close()

with ThreadPoolExecutor(100) as threads:
    list(threads.map(ask, range(100)))
"""


def test_a_hundred_triggers_at_once_make_one_or_two_runs_and_the_last_word_counts(
    stack: LocalStack, edith: Organizer
) -> None:
    ((number, key),) = ridings_of_class(stack, "other", 1).items()
    edith.override(key, "swing")
    wait_for(shows(stack, {number: key}, "swing"))
    ((before,),) = rows(stack, "SELECT count(*) FROM ridings_classificationrun")

    stack.manage("shell", "-c", ASK_100_TIMES.format(key=key))

    pending = "SELECT count(*) FROM ridings_recomputerequest WHERE done_at IS NULL"
    wait_for(lambda: rows(stack, pending) == [(0,)])
    time.sleep(3)  # stragglers, if any, would come now
    ((after,),) = rows(stack, "SELECT count(*) FROM ridings_classificationrun")
    assert after - before <= 2
    assert rows(stack, "SELECT count(*) FROM ridings_recomputerequest WHERE cause LIKE 'trigger %'") == [
        (100,)
    ]
    decided = rows(stack, f"SELECT riding_class FROM ridings_classoverride WHERE riding_id = {key}")
    assert [(colours_of(stack)[str(number)],)] == decided


STORE = """
import datetime as dt
from ridings.models import Riding
from ridings.services.local_polls import LocalPollReading, store_local_poll

day = dt.date(2026, 11, 20)
store_local_poll(
    reading=LocalPollReading("test:1", {key}, day, day, 2000, {shares}, "Oracle Poll"),
    now=dt.datetime.now(dt.UTC),
)
"""
REMOVE = """
import datetime as dt
from ridings.services.local_polls import remove_local_poll

remove_local_poll(key="test:1", now=dt.datetime.now(dt.UTC))
"""


def test_a_local_poll_moves_the_map_within_a_minute_and_its_retraction_restores_it(stack: LocalStack) -> None:
    before = colours_of(stack)
    ((number, key),) = ridings_of_class(stack, "swing", 1).items()

    stack.manage("shell", "-c", STORE.format(key=key, shares={"CPC": 0.02, "LPC": 0.9}))
    wait_for(lambda: colours_of(stack)[str(number)] != "swing")
    polled = colours_of(stack)
    stack.manage("shell", "-c", REMOVE)
    wait_for(lambda: colours_of(stack) == before)

    assert {other: kind for other, kind in polled.items() if other != str(number)} == {
        other: kind for other, kind in before.items() if other != str(number)
    }


def test_the_log_of_each_process_shows_no_trace_of_a_bug(stack: LocalStack) -> None:
    for name in ("web", "beat"):
        text = Path(stack.state, "log", f"{name}.log").read_text(encoding="utf-8")
        assert "KeyError" not in text
        assert "TypeError" not in text
