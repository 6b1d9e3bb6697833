"""What people wrote is forgotten in time, and counts hold."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from petitions.models import PetitionCount, Signature
from petitions.rules.forgetting import forgets_names
from petitions.services import count_signatures, forget_what_is_old
from petitions.tasks import forget_what_is_old as forget_job
from supporters.models import Supporter
from supporters.services.forgetting_entries import forget_origins
from tests import make
from tests.crowd import make_signatures
from tests.plans import plans

pytestmark = pytest.mark.django_db

FAR = timedelta(hours=1)


def forget(now: datetime, batch: int = 2) -> None:
    forget_what_is_old(clock=lambda: now, until=now + FAR, batch=batch)


def days(count: int) -> datetime:
    return make.NOON + timedelta(days=count)


def test_internet_addresses_go_after_thirty_days() -> None:
    petition = make.petition()
    for index in range(5):
        make.signed(petition, f"p{index}@example.org", f"Person {index}", now=days(index))

    forget(days(33))

    assert (
        list(Signature.objects.order_by("pk").values_list("origin", flat=True))
        == [""] * 3 + ["192.0.2.1/32"] * 2
    )


@pytest.mark.parametrize(
    ("fields", "age", "is_left"),
    [
        ({}, 61, False),
        ({}, 59, True),
        ({"state": "confirmed", "confirmed_at": make.NOON}, 900, True),
        ({"state": "held"}, 900, True),
        ({"state": "withdrawn"}, 900, True),
        ({"mailed_at": days(30)}, 61, True),
        ({"mailed_at": days(30)}, 91, False),
        ({"mailed_at": None}, 61, False),
    ],
)
def test_what_nobody_confirmed_is_deleted_after_two_months(
    fields: dict[str, object], age: int, is_left: bool
) -> None:
    signature = make.signed(make.petition())
    Signature.objects.update(**fields)

    forget(days(age))

    assert Signature.objects.filter(pk=signature.pk).exists() is is_left


def test_unconfirmed_ones_that_count_stay() -> None:
    make.signed(make.petition(counts_unconfirmed=True))

    forget(days(900))

    assert Signature.objects.count() == 1


def test_counts_follow_what_is_deleted_and_referrals_end() -> None:
    petition = make.petition()
    first = make.signed(petition)
    second = make.signed(petition, "b@example.org", "Bruno", referred_by=first.pk, now=days(30))

    forget(days(61))

    count_signatures(now=days(61))
    second.refresh_from_db()
    assert (PetitionCount.objects.get().pending, second.referred_by) == (1, None)


@pytest.mark.parametrize(
    ("closes", "delivered", "is_due"),
    [(None, None, False), (0, None, False), (None, 0, False), (0, 0, True), (1, 0, False), (0, 1, False)],
)
def test_names_wait_for_delivery_and_closing(closes: int | None, delivered: int | None, is_due: bool) -> None:
    closes_at = None if closes is None else days(closes)
    delivered_at = None if delivered is None else days(delivered)

    assert forgets_names(closes_at=closes_at, delivered_at=delivered_at, now=days(182)) is is_due


def test_names_under_a_delivered_petition_go_and_counts_stay() -> None:
    petition = make.petition(closes_at=days(1), delivered_at=days(2))
    for index in range(5):
        make.signed(
            petition, f"p{index}@example.org", f"Person {index}", riding_number=35075, postal_code="K1A0B1"
        )
    Signature.objects.update(state="confirmed", confirmed_at=make.NOON)

    forget(days(200))

    count_signatures(now=days(200))
    petition.refresh_from_db()
    rows: set[Any] = set(
        Signature.objects.values_list("name", "postal_code", "email_domain", "supporter", "riding_number")
    )
    assert rows == {("", "", "", None, 35075)}
    assert (petition.count.confirmed, petition.forgotten_at, Supporter.objects.count()) == (5, days(200), 5)


def test_forgetting_stops_in_time_and_goes_on_later() -> None:
    make.signed(make.petition())

    forget_what_is_old(clock=lambda: days(31), until=days(31))
    before = Signature.objects.get().origin
    forget(days(31))

    assert (before, Signature.objects.get().origin) == ("192.0.2.1/32", "")


def test_the_job_keeps_what_is_new() -> None:
    make.signed(make.petition(), now=datetime.now(UTC))

    forget_job()

    assert Signature.objects.get().origin == "192.0.2.1/32"


def test_only_what_is_old_is_read() -> None:
    make_signatures(50_000, days=60)

    with plans() as seen:
        forget_origins(Signature, now=make.NOON, batch=5000)

    assert ["Index Scan using signature_origin_age" in seen[0], "Seq Scan" in "".join(seen)] == [True, False]
