"""What all web processes count together: it lies in the database, each thing counted once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from allauth.core import ratelimit
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory

from coop4canada.kit import clock
from supporters.models import SharedCount
from supporters.services import forget_sessions
from supporters.services.second_factors import use_code_once
from tests import make, people
from tests.supporters.logins import CODE, LOGIN, mailed_code, user_of

WRONG = {"code": "BBBB-BBBB"}


def ask(client: Client, email: str = "chantal@example.org") -> None:
    client.post(LOGIN, {"email": email})


@pytest.mark.django_db
def test_counts_are_rows_that_every_process_sees() -> None:
    cache.set("wrong:chantal", 3, 60)

    assert SharedCount.objects.get().cache_key.endswith("wrong:chantal")
    assert cache.get("wrong:chantal") == 3


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_as_many() -> None:
    def asks(_turn: int) -> bool:
        try:
            request = RequestFactory().post("/")
            return bool(ratelimit.consume(request, action="second_factor", key="77"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(asks, range(12)))

    assert allowed.count(True) == 5


@pytest.mark.django_db(transaction=True)
def test_a_code_of_an_app_is_spent_once_by_many_at_once() -> None:
    def spends(_turn: int) -> bool:
        try:
            return use_code_once(user_id=77, code="123456", now=make.NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(spends, range(8))).count(True) == 1


@pytest.mark.django_db
def test_wrong_codes_are_counted_for_the_address_whatever_the_browser() -> None:
    people.chantal()
    tried = 0
    for turn in range(6):
        with time_machine.travel(clock.now() + timedelta(minutes=2 * turn), tick=False):
            visitor = Client()
            ask(visitor)
            tried += sum(visitor.post(CODE, WRONG).status_code in {303, 422} for _ in range(3))
            if turn == 5:
                last = Client()
                ask(last)
                answer = last.post(CODE, {"code": mailed_code("chantal@example.org")})

    assert (tried, answer.status_code, user_of(last)) == (18, 422, None)
    assert "none is good now" in answer.content.decode()


@pytest.mark.django_db
def test_others_still_log_in_meanwhile() -> None:
    people.chantal()
    people.dev()
    for turn in range(6):
        with time_machine.travel(clock.now() + timedelta(minutes=2 * turn), tick=False):
            visitor = Client()
            ask(visitor)
            for _ in range(3):
                visitor.post(CODE, WRONG)
    other = Client()
    ask(other, "dev@example.org")

    assert other.post(CODE, {"code": mailed_code("dev@example.org")}).status_code == 303


@pytest.mark.django_db
def test_old_counts_are_forgotten_with_old_sessions() -> None:
    cache.set("old", 1, 60)
    cache.set("new", 1, 7200)

    forget_sessions(now=clock.now() + timedelta(hours=1))

    assert [row.cache_key.rpartition(":")[2] for row in SharedCount.objects.all()] == ["new"]
