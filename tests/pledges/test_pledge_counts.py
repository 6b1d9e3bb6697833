"""Counts of pledges follow the rows, whatever writes them; milestones are noted once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaign.models import OrganizerAlert
from pledges.models import Pledge, PledgeChange, PledgeTally, ReachedMilestone
from pledges.queries.pledges import (
    country_count,
    own_pledge,
    own_riding_pledges,
    riding_pledges,
    told_preferences,
)
from pledges.services import PledgeDrift, count_pledges, recount_pledges, withdraw_pledge
from ridings.queries.margins import Margin, last_margins
from tests import make
from tests.pledges.build_pledges import confirmed, pledged

pytestmark = pytest.mark.django_db


def counts() -> list[tuple[int, ...]]:
    count_pledges(now=make.NOON)
    rows = PledgeTally.objects.order_by("riding_number")
    return list(rows.values_list("riding_number", "voters", "others", "pending"))


def many(count: int, riding: int = 35001) -> None:
    rows = [
        Pledge(state="confirmed", confirmed_at=make.NOON, riding_number=riding, created_at=make.NOON)
        for _ in range(count)
    ]
    Pledge.objects.bulk_create(rows)


def test_counts_follow_pledging_confirming_changing_and_taking_back() -> None:
    first = pledged("a@example.org", riding_number=35001)
    seen = [counts()]
    confirmed("b@example.org", riding_number=35001, voter_status="young")
    mine = confirmed("c@example.org")
    seen.append(counts())
    withdraw_pledge(pledge_id=mine.pk, now=make.NOON)
    Pledge.objects.filter(pk=first.pk).update(riding_number=59001)
    seen.append(counts())
    Pledge.objects.all().delete()
    seen.append(counts())

    assert seen == [
        [(35001, 0, 0, 1)],
        [(0, 1, 0, 0), (35001, 0, 1, 1)],
        [(0, 0, 0, 0), (35001, 0, 1, 0), (59001, 0, 0, 1)],
        [(0, 0, 0, 0), (35001, 0, 0, 0), (59001, 0, 0, 0)],
    ]
    assert PledgeChange.objects.count() == 0


def test_other_columns_note_nothing_and_held_ones_do_not_count() -> None:
    pledged(riding_number=35001, suspicion=frozenset({"honeypot"}))
    many(1)
    count_pledges(now=make.NOON)
    Pledge.objects.update(mail_count=7, language="fr")

    assert PledgeChange.objects.count() == 0
    assert counts() == [(35001, 1, 0, 0)]


def test_a_recount_finds_mends_and_reports_what_is_wrong() -> None:
    many(3)
    right = recount_pledges(now=make.NOON)
    PledgeTally.objects.update(voters=9)
    wrong = recount_pledges(now=make.NOON)

    assert (right, wrong) == ([], [PledgeDrift(35001, -6, 0, 0)])
    assert counts() == [(35001, 3, 0, 0)]
    assert OrganizerAlert.objects.get().key == "pledges.drift"


def test_milestones_are_noted_when_they_are_first_reached(no_country: None) -> None:
    country = make.small_country()
    assert last_margins([35001, 35002, 1]) == {35001: Margin(300, 2025), 35002: Margin(5000, 2025)}
    many(60)
    count_pledges(now=make.NOON)
    many(240)
    count_pledges(now=make.NOON + timedelta(days=1))
    Pledge.objects.all().delete()
    many(60)
    count_pledges(now=make.NOON + timedelta(days=2))

    noted = ReachedMilestone.objects.order_by("reached_at", "riding_number", "number")
    days = [(row.riding_number, row.number, (row.reached_at - make.NOON).days) for row in noted]
    assert days == [
        (35001, 10, 0),
        (35001, 50, 0),
        (0, 100, 1),
        (35001, 100, 1),
        (35001, 250, 1),
        (35001, 300, 1),
    ]
    assert country["ridings"]


def test_the_count_of_a_riding_stands_against_the_votes_that_decided_it() -> None:
    many(300)
    many(20, 35002)
    count_pledges(now=make.NOON)

    here, there = riding_pledges(35001, Margin(300, 2025)), riding_pledges(35002, None)

    assert (here.count.voters, here.percent, here.covers_margin) == (300, "100.00", True)
    assert (there.count.voters, there.percent, there.covers_margin) == (20, "100.00", False)
    assert riding_pledges(35002, Margin(80, 2025)).percent == "25.00"
    assert country_count().total == 320


def test_reading_counts_costs_one_query_each_however_many_pledged() -> None:
    many(50)
    count_pledges(now=make.NOON)

    with CaptureQueriesContext(connection) as queries:
        country_count()
        riding_pledges(35001, Margin(300, 2025))

    assert len(queries) == 2


def test_first_preferences_are_added_up_only_where_many_told_theirs() -> None:
    party = make.parties()["NDP"]
    other = make.parties()["GPC"]
    many(19)
    Pledge.objects.update(preference=party)
    few = told_preferences(35001)
    Pledge.objects.create(
        state="confirmed", confirmed_at=make.NOON, riding_number=35001, created_at=make.NOON, preference=other
    )

    assert (few, told_preferences(35001)) == ([], [("NDP", 19), ("Greens", 1)])


def test_the_interface_tells_counts_and_no_person(client: Client) -> None:
    many(2)
    confirmed(riding_number=59001, voter_status="newcomer")
    pledged("waits@example.org", riding_number=24001)
    count_pledges(now=make.NOON)

    facts = client.get("/api/v1/pledges").json()

    assert facts == {
        "total": 3,
        "voters": 2,
        "others": 1,
        "next_milestone": 100,
        "ridings": [
            {"riding": 35001, "voters": 2, "others": 0},
            {"riding": 59001, "voters": 0, "others": 1},
        ],
    }


@pytest.mark.parametrize(("status", "shown"), [("voter", (1, 0)), ("young", (0, 1))])
def test_whoever_has_just_confirmed_is_among_those_counted_in_their_riding(
    country: object, status: str, shown: tuple[int, int]
) -> None:
    pledge = confirmed(riding_number=35079, voter_status=status)
    own = own_pledge(pledge.pk)
    assert own is not None

    before = own_riding_pledges(own)
    count_pledges(now=make.NOON)
    after = own_riding_pledges(own)

    assert before is not None
    assert after is not None
    assert [(one.count.voters, one.count.others) for one in (before, after)] == [shown, shown]
