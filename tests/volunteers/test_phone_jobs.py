"""What happens by itself: lapsed calls end, priorities follow the map, the register is purged."""

from datetime import timedelta

import pytest

from ridings.enums import RidingClass
from ridings.models import BoundarySet
from ridings.queries.classes import classes_in_force
from tests.volunteers import calling as c
from tests.volunteers.contacting import NOON, RIDING, contact
from volunteers import tasks
from volunteers.enums import Need
from volunteers.models import CalledNumber, Contact, Lease, RetryRule
from volunteers.queries.retries import retry_rules
from volunteers.rules.retries import DEFAULTS
from volunteers.services.phone_lists import refresh_priorities

pytestmark = pytest.mark.django_db


def test_the_rules_installed_are_the_defaults() -> None:
    assert sorted(retry_rules().values(), key=str) == sorted(DEFAULTS, key=str)
    assert {str(row) for row in RetryRule.objects.all()} >= {"busy", "voicemail"}


def test_the_sweeper_ends_what_lapsed() -> None:
    bruno = c.caller()
    contact(c.phone_list())
    c.call(bruno, NOON)
    Lease.objects.update(issued_at=NOON - timedelta(days=900), expires_at=NOON - timedelta(days=899))
    tasks.sweep_leases()
    assert Lease.objects.get().end_reason == "expired"


def test_priorities_follow_the_classes_in_force(country: BoundarySet) -> None:
    by_class: dict[RidingClass, list[int]] = {kind: [] for kind in RidingClass}
    for number, kind in classes_in_force().items():
        by_class[RidingClass(kind)].append(number)
    list_ = c.phone_list()
    wanted = {"swing": Need.SWING, "emerging": Need.EMERGING, "other": Need.ANY}
    for place, (kind, numbers) in enumerate(by_class.items()):
        if numbers:
            contact(list_, f"+1613555000{place}", name=kind, riding_number=numbers[0], priority=Need.ANY)
    changed = refresh_priorities()
    rows = dict(Contact.objects.values_list("name", "priority"))
    assert rows == {kind: wanted[kind] for kind in rows}
    assert changed == sum(need != Need.ANY for need in rows.values())
    assert changed > 0
    tasks.refresh_priorities()
    assert refresh_priorities(contact_list=list_) == 0


def test_without_a_run_nothing_is_in_need(no_country: None) -> None:
    row = contact(c.phone_list())
    assert refresh_priorities() == 1
    row.refresh_from_db()
    assert row.priority == Need.ANY


def test_the_register_is_purged_after_its_date() -> None:
    today = NOON.date()
    for number, kept in enumerate([today - timedelta(days=900), today + timedelta(days=9000)]):
        CalledNumber.objects.create(
            e164=f"+1613555000{number}", called_on=today, riding_number=RIDING, kept_until=kept
        )
    tasks.purge_called_numbers()
    assert list(CalledNumber.objects.values_list("e164", flat=True)) == ["+16135550001"]
    assert str(CalledNumber.objects.get()).startswith("2026-11-25")
