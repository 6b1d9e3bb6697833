"""Making lists, changing them, putting them to work."""

from datetime import timedelta
from typing import Any

import pytest

from tests.volunteers import contacting
from volunteers.enums import Channel, EndOfLease, ListState
from volunteers.models import ContactList, Lease
from volunteers.rules.lists import Obstacle
from volunteers.services.lists import ListDetails, ListMoveRefused, change_list, make_list, move_list

pytestmark = [pytest.mark.django_db]
NOON = contacting.NOON
LATER = NOON.date() + timedelta(days=30)


def details(**fields: Any) -> ListDetails:
    given = {"name": "Elm", "source": "The city", "basis": "Public", "purge_on": LATER}
    return ListDetails(**{**given, **fields})


def test_a_form_sent_twice_makes_one_list() -> None:
    user = contacting.volunteer()
    told = details(riding_number=contacting.RIDING)

    made = [make_list(channel=Channel.DOOR, details=told, by=user, now=NOON) for _time in range(2)]

    row = ContactList.objects.get()
    assert made == [row, row]
    assert (row.state, row.created_by, row.source, row.purge_on) == (ListState.DRAFT, user, "The city", LATER)


def test_the_riding_stays_once_somebody_is_in_the_list() -> None:
    people = contacting.contact_list(Channel.PHONE)
    change_list(contact_list=people, details=details(riding_number=contacting.RIDING))
    contacting.contact(people)

    changed = change_list(contact_list=people, details=details(name="New", riding_number=None))

    assert (changed.name, changed.riding_number) == ("New", contacting.RIDING)


def test_an_empty_list_is_not_put_to_work() -> None:
    doors = contacting.contact_list(Channel.DOOR, state=ListState.DRAFT)

    with pytest.raises(ListMoveRefused) as caught:
        move_list(contact_list=doors, target=ListState.ACTIVE, now=NOON)

    assert caught.value.obstacle == Obstacle.EMPTY


def test_a_list_is_put_to_work_paused_and_closed() -> None:
    doors = contacting.contact_list(Channel.DOOR, state=ListState.DRAFT)
    contacting.door(doors)

    for state in (ListState.ACTIVE, ListState.ACTIVE, ListState.PAUSED, ListState.CLOSED):
        move_list(contact_list=doors, target=state, now=NOON)
        doors.refresh_from_db()
        assert doors.state == state

    with pytest.raises(ListMoveRefused):
        move_list(contact_list=doors, target=ListState.ACTIVE, now=NOON)


def test_closing_a_list_ends_calls_that_nobody_dialled() -> None:
    people = contacting.contact_list(Channel.PHONE)
    lease = Lease.objects.create(
        contact=contacting.contact(people), caller=contacting.volunteer(), phone_digest="a", household_key="b",
        issued_at=NOON, heartbeat_at=NOON, expires_at=NOON + timedelta(hours=1),
    )  # fmt: skip

    move_list(contact_list=people, target=ListState.CLOSED, now=NOON)

    lease.refresh_from_db()
    assert (lease.ended_at, lease.end_reason) == (NOON, EndOfLease.CLOSED)
