"""Why a queue hands out nobody, and when it will again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.crowd_of_voters import make_voters
from tests.plans import plans
from tests.volunteers import calling as c
from tests.volunteers.contacting import NOON, OTHER_RIDING, RIDING, contact, contact_list, team, volunteer
from volunteers.enums import Blocked, ListState, Need
from volunteers.models import Contact, ContactList
from volunteers.queries.queue import QueueState, queue_state

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # 22:00 in Ottawa, 20:00 in Vancouver


def test_every_contact_is_counted_once_under_what_stands_in_its_way() -> None:
    bruno, eve, list_ = c.caller(), c.caller("eve@example.org"), c.phone_list()
    made = iter(c.voters(12, list_))
    for word in ("held", "done", "exhausted", "invalid", "suppressed"):
        Contact.objects.filter(pk=next(made).pk).update(state=word)
    Contact.objects.filter(pk=next(made).pk).update(next_at=NOON + timedelta(hours=3))
    Contact.objects.filter(pk=next(made).pk).update(callback_at=NOON + timedelta(hours=2), next_at=NOON)
    Contact.objects.filter(pk=next(made).pk).update(callback_at=NOON, callback_owner=eve, next_at=NOON)
    Contact.objects.filter(pk=next(made).pk).update(priority=Need.EMERGING)
    asleep = next(made)
    Contact.objects.filter(pk=asleep.pk).update(zone="America/Nowhere")
    c.claim(bruno)
    contact(c.paused(c.phone_list()), "+16135550001")
    contact(contact_list(), "+16135550002")
    contact(c.phone_list(state=ListState.CLOSED), "+16135550003")
    state = queue_state(bruno, now=NOON)
    assert state.counts == {
        "held": 1, "done": 1, "exhausted": 1, "invalid": 1, "suppressed": 1, "cooldown": 1, "callback": 1,
        "allocated": 2, "no_need": 1, "hours": 1, "ready": 1, "paused": 1, "no_script": 1,
    }  # fmt: skip
    assert (state.ready, len(state.blocked), state.next_ready_at) == (1, 12, NOON)


def test_what_waits_says_when_it_is_ready_by_the_voters_clock() -> None:
    list_ = c.phone_list()
    assert queue_state(list_, now=NOON) == QueueState()
    contact(list_)
    in_hours, closed = queue_state(list_, now=NOON), queue_state(list_, now=EVENING)
    assert (in_hours.ready, in_hours.next_ready_at) == (1, NOON)
    assert closed == QueueState({Blocked.OUTSIDE_HOURS: 1}, datetime(2026, 11, 26, 14, 0, tzinfo=UTC))
    Contact.objects.update(next_at=EVENING + timedelta(days=2))
    rests = queue_state(list_, now=NOON)
    assert rests == QueueState({Blocked.COOLDOWN: 1}, datetime(2026, 11, 28, 15, 0, tzinfo=UTC))
    Contact.objects.update(state="done")
    assert queue_state(list_, now=NOON) == QueueState({Blocked.DONE: 1}, None)


def test_a_team_sees_its_own_lists_alone() -> None:
    contact(c.phone_list(riding_number=RIDING))
    contact(c.phone_list(), "+16135550002")
    of_riding, elsewhere = team(RIDING), team(OTHER_RIDING)
    assert queue_state(of_riding, now=NOON).counts == {"ready": 1}
    assert queue_state(c.phone_team(), now=NOON).counts == {"ready": 1}
    assert queue_state(elsewhere, now=NOON).counts == {}
    assert queue_state(volunteer("eve@example.org", of=of_riding), now=NOON).counts == {"ready": 1}


def test_it_costs_two_queries_whatever_the_number_of_lists() -> None:
    lists = [c.phone_list() for _list in range(3)]
    for one in lists:
        c.voters(3, one)
    phone_team = c.phone_team()
    with CaptureQueriesContext(connection) as captured:
        assert queue_state(phone_team, now=NOON).ready == 9
    assert len(captured) == 2


def test_a_claim_reads_the_index_and_no_whole_table() -> None:
    bruno = c.caller()
    make_voters(20_000, at=NOON, zone="America/Toronto", of=c.phone_list())
    asleep = make_voters(5_000, at=NOON - timedelta(days=90), zone="America/Vancouver", first=50_000)
    at = datetime(2026, 11, 25, 14, 30, tzinfo=UTC)
    Contact.objects.update(next_at=at - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE volunteers_contact")
    with plans() as collected:
        offer = c.claim(bruno, at)
    searches = [plan for plan in collected if "volunteers_contact" in plan]
    assert any("contact_ready" in plan for plan in searches)
    assert not [plan for plan in searches if "Seq Scan on volunteers_contact " in plan]
    assert Contact.objects.get(pk=offer.contact_id).contact_list != asleep
    assert ContactList.objects.count() == 2
