"""Signed cookies."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory

from coop4canada.kit.cookies import SignedCookie

KEPT = SignedCookie("kept", timedelta(hours=1))
OTHER = SignedCookie("other", timedelta(hours=1))
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def held(cookie: SignedCookie, *values: str | int) -> str:
    response = HttpResponse()
    cookie.write(response, *values)
    return response.cookies[cookie.name].value


def test_what_was_written_is_read(rf: RequestFactory) -> None:
    rf.cookies["kept"] = held(KEPT, "amara@example.org", 35001)

    assert KEPT.read(rf.get("/")) == ("amara@example.org", "35001")


def test_scripts_and_other_sites_get_nothing_of_it() -> None:
    response = HttpResponse()
    KEPT.write(response, 1)

    morsel = response.cookies["kept"]
    assert (morsel["httponly"], morsel["samesite"], morsel["max-age"], morsel["path"]) == (
        True,
        "Lax",
        3600,
        "/",
    )


@pytest.mark.parametrize("text", ["", "1", "\x00", "a.b.c", "é", "x" * 5_000])
def test_what_is_not_ours_is_nothing(rf: RequestFactory, text: str) -> None:
    request = rf.get("/")
    request.COOKIES["kept"] = text

    assert KEPT.read(request) is None


def test_another_cookie_of_ours_does_not_pass_for_it(rf: RequestFactory) -> None:
    rf.cookies["kept"] = held(OTHER, 1)

    assert KEPT.read(rf.get("/")) is None


@pytest.mark.parametrize(
    ("age", "values"), [(timedelta(minutes=59), ("1",)), (timedelta(hours=1, seconds=1), None)]
)
def test_it_is_good_for_its_life(rf: RequestFactory, age: timedelta, values: tuple[str] | None) -> None:
    with time_machine.travel(NOON, tick=False):
        rf.cookies["kept"] = held(KEPT, 1)

    with time_machine.travel(NOON + age, tick=False):
        assert KEPT.read(rf.get("/")) == values
