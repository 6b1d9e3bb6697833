"""Many at once, with real commits and through the real addresses: nobody votes twice, and what is acknowledged counts."""

import contextlib
import datetime as dt
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from queue import Empty, SimpleQueue
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from coop4canada.kit.clock import now
from pledges.models import Ballot, BallotSecret, RecommendationRound, RollEntry
from pledges.queries.ballots import ballot_key
from pledges.services import close_due_rounds, publish_due_rounds
from tests.pledges import build_rounds as build

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 24
CHOICES = ("ada", "ben", "cy", "none")


def send(entry: RollEntry, choice: str) -> int:
    """Send a ballot as a browser does; return the status."""
    return Client().post(build.link(entry), {"choice": choice}).status_code


def at_once(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all jobs from many threads; each closes its connection."""

    def run(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, jobs))


def test_two_hundred_voters_at_once_cast_two_hundred_ballots() -> None:
    row, entries = build.opened(people=200, method="single")
    jobs = [partial(send, entry, CHOICES[number % 4]) for number, entry in enumerate(entries)]

    assert at_once(jobs) == [303] * 200
    result = build.published(row).result
    assert (result.eligible, result.cast, result.valid) == (200, 200, 200)
    assert result.rounds[0]["votes"] == dict.fromkeys(CHOICES, 50)


def test_one_voter_two_hundred_times_at_once_casts_one_ballot() -> None:
    row, entries = build.opened(people=6, method="single")
    jobs = [partial(send, entries[0], CHOICES[number % 4]) for number in range(200)]

    assert at_once(jobs) == [303] * 200
    assert Ballot.objects.count() == 1
    build.vote_all(entries[1:], *["ada"] * 5)
    assert build.published(row).result.cast == 6


def test_two_tabs_and_the_same_link_opened_twice_are_one_ballot_and_the_last_one_counts() -> None:
    row, entries = build.opened(people=5, method="single")
    build.vote_all(entries[1:], *["none"] * 4)
    first, second = Client(), Client()
    path = build.link(entries[0])
    assert [tab.get(path).status_code for tab in (first, second)] == [200, 200]
    assert first.post(path, {"choice": "ada"}).status_code == 303
    assert second.post(path, {"choice": "ben"}).status_code == 303

    result = build.published(row).result
    assert (result.cast, result.rounds[0]["votes"]["ada"], result.rounds[0]["votes"]["ben"]) == (5, 0, 1)


def acknowledged_until_closed(entries: list[RollEntry]) -> tuple[dict[int, str], int]:
    """Let every place cast and change its ballot, from many threads, until it is refused, while the job closes the round.

    Return the last choice that each place was told is in, and how many ballots were taken.
    """
    told: dict[int, str] = {}
    taken = count()
    turns: SimpleQueue[tuple[RollEntry, int]] = SimpleQueue()
    for entry in entries:
        turns.put((entry, 0))

    def vote_on() -> None:
        with contextlib.suppress(Empty):
            while True:
                entry, turn = turns.get_nowait()
                choice = CHOICES[(entry.pk + turn) % 4]
                if send(entry, choice) == 303:
                    told[entry.pk] = choice
                    next(taken)
                    turns.put((entry, turn + 1))

    def close() -> None:
        while RecommendationRound.objects.filter(state="open").exists():
            close_due_rounds()
            time.sleep(0.02)

    at_once([close, *[vote_on] * (AT_ONCE - 1)])
    return told, next(taken)


def test_closing_while_ballots_arrive_counts_exactly_those_acknowledged() -> None:
    row, entries = build.opened(people=150, method="single", threshold_percent=0)
    soon = now() + dt.timedelta(seconds=4)
    RecommendationRound.objects.filter(pk=row.pk).update(closes_at=soon)
    told, taken = acknowledged_until_closed(entries)
    row.refresh_from_db()

    assert row.state == "closed"
    assert publish_due_rounds(now=now()) == 1
    result = RecommendationRound.objects.get(pk=row.pk).result
    counted = {key: votes for key, votes in result.rounds[0]["votes"].items() if votes}
    assert result.cast == len(told)
    assert taken > 100
    assert counted == {choice: n for choice in CHOICES if (n := list(told.values()).count(choice))}


def test_a_ballot_being_taken_makes_closing_wait_and_is_counted() -> None:
    row, entries = build.opened(people=5, method="single")
    secret = BallotSecret.objects.get(round=row).value
    taken, may_commit = threading.Event(), threading.Event()

    def slow_ballot() -> None:
        with transaction.atomic():
            build.vote(entries[0], "ada")
            taken.set()
            may_commit.wait(10)
        connection.close()

    voter = threading.Thread(target=slow_ballot)
    voter.start()
    taken.wait(10)
    build.let_time_pass(row)
    closer = threading.Thread(target=at_once, args=([close_due_rounds],))
    closer.start()
    closer.join(0.5)
    assert closer.is_alive()
    may_commit.set()
    voter.join()
    closer.join()

    assert RecommendationRound.objects.get(pk=row.pk).state == "closed"
    assert [ballot.marks for ballot in Ballot.objects.filter(round=row)] == [["ada"]]
    assert Ballot.objects.get().key != ballot_key(secret, entries[0].pk)


def test_two_workers_close_and_publish_once() -> None:
    row, entries = build.opened(people=6)
    build.vote_all(entries, *["ada"] * 6)
    build.let_time_pass(row)

    assert sum(at_once([close_due_rounds] * 4)) == 1
    assert sum(at_once([lambda: publish_due_rounds(now=now())] * 4)) == 1
    assert RecommendationRound.objects.get(pk=row.pk).result.cast == 6
