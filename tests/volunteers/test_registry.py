"""The Voter Contact Registry: the first call of an election period starts the clock (failure case 43)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from campaign.models import OrganizerAlert
from coop4canada.kit.memory import forget_everything
from tests.volunteers import contacting
from tests.volunteers.contacting import NOON
from volunteers.models import ElectionPeriod, Lease, RegistryFiling
from volunteers.services.registry import Filed, IncompleteFiling, note_call, record_filing, sweep_registry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOON.date()


def period(begins: date = TODAY, **fields: object) -> ElectionPeriod:
    kept = {"name": "46th general election", "begins_on": begins, "polling_on": begins + 37 * DAY}
    return ElectionPeriod.objects.create(**{**kept, **fields})


def lease(issued_at: datetime = NOON) -> Lease:
    contact = contacting.contact(contacting.contact_list())
    return Lease.objects.create(
        contact=contact, caller=contacting.volunteer(), phone_digest="p", household_key="h",
        issued_at=issued_at, heartbeat_at=NOON, expires_at=NOON + DAY,
    )  # fmt: skip


def test_before_the_writ_nothing_happens_and_at_midnight_the_clock_arms_itself() -> None:
    row = period(begins=NOON.date() + DAY)

    note_call(now=NOON)
    assert not RegistryFiling.objects.exists()
    forget_everything()
    note_call(now=NOON + DAY)

    filing = RegistryFiling.objects.get()
    assert (filing.period, filing.first_call_at, filing.due_at) == (row, NOON + DAY, NOON + 3 * DAY)
    alert = OrganizerAlert.objects.get(key=f"registry.{row.pk}")
    assert "2026-11-28 19:00" in alert.message


def test_further_calls_move_nothing() -> None:
    period()

    for minutes in (0, 1, 60):
        forget_everything()
        note_call(now=NOON + timedelta(minutes=minutes))

    assert RegistryFiling.objects.get().first_call_at == NOON


def test_the_sweep_finds_the_first_call_that_nobody_noted() -> None:
    row = period()
    lease(issued_at=NOON)

    assert [sweep_registry(now=NOON + DAY), sweep_registry(now=NOON + DAY)] == [1, 0]
    assert RegistryFiling.objects.get(period=row).due_at == NOON + 2 * DAY


def test_a_call_before_the_writ_is_no_first_call() -> None:
    period(begins=NOON.date() + DAY)
    lease(issued_at=NOON)

    assert sweep_registry(now=NOON + DAY) == 0


def test_a_recorded_filing_takes_the_alert_away() -> None:
    row, by = period(), contacting.volunteer()
    note_call(now=NOON)
    filing = RegistryFiling.objects.get()

    for filed in (
        Filed(NOON.date(), " ", "Ana"),
        Filed(NOON.date(), "N-1", ""),
        Filed(NOON.date() + DAY, "N", "A"),
    ):
        with pytest.raises(IncompleteFiling):
            record_filing(filing=filing, filed=filed, by=by, now=NOON)
    record_filing(filing=filing, filed=Filed(NOON.date(), "N-1", "Ana Silva"), by=by, now=NOON)

    filing.refresh_from_db()
    assert (filing.filed_on, filing.number, filing.representative) == (NOON.date(), "N-1", "Ana Silva")
    assert OrganizerAlert.objects.get(key=f"registry.{row.pk}").resolved_at == NOON


@pytest.mark.django_db(transaction=True)
def test_two_first_calls_at_once_start_one_clock() -> None:
    period()

    def call(_number: int) -> None:
        try:
            sweep_registry(now=NOON)
        finally:
            connection.close()

    lease()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(call, range(4)))

    assert (RegistryFiling.objects.count(), OrganizerAlert.objects.count()) == (1, 1)
