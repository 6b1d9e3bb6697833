"""What teams have done, counted; and who did how much."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ridings.models import Riding
from supporters.models import User
from tests.volunteers import contacting
from tests.volunteers.contacting import NOON, OTHER_RIDING, RIDING
from volunteers.enums import Channel, Outcome
from volunteers.models import Attempt, Event, Lease, Membership, Shift, Team
from volunteers.queries.leaderboard import leaderboard, own_statistics
from volunteers.queries.local import at_work_in
from volunteers.queries.results import Counts, TeamOfRiding, country_totals, totals_of

pytestmark = pytest.mark.django_db

LONG_AGO = NOON - timedelta(days=8)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """Counts of a week end now."""
    with time_machine.travel(NOON, tick=False):
        yield


def visit(team: Team, number: int, **fields: Any) -> Attempt:
    doors = fields.pop("doors", None) or contacting.contact_list(Channel.DOOR)
    door = contacting.door(doors, number=number)
    return contacting.attempt(Channel.DOOR, team=team, door=door, **fields)


def called(team: Team, by: User, number: int, *, seconds: int = 60, **fields: Any) -> Attempt:
    contact = contacting.contact(contacting.contact_list(), f"+1613555{number:04}")
    lease = Lease.objects.create(
        contact=contact, caller=by, phone_digest=contact.phone_digest, household_key=contact.phone_digest,
        issued_at=NOON, heartbeat_at=NOON, expires_at=NOON + timedelta(hours=1), dialled_at=NOON, ended_at=NOON,
    )  # fmt: skip
    ended = NOON + timedelta(seconds=seconds)
    given = {"team": team, "by": by, "contact": contact, "lease": lease, "received_at": ended}
    return contacting.attempt(**{**given, **fields})


def test_a_door_counts_once_and_what_was_corrected_not_at_all() -> None:
    team = contacting.team()
    first = visit(team, 1, outcome=Outcome.NOT_HOME)
    contacting.attempt(Channel.DOOR, team=team, door=first.door, took_pledge=True, is_success=True)
    wrong = visit(team, 2)
    contacting.attempt(Channel.DOOR, team=team, door=wrong.door, outcome=Outcome.NOT_HOME, corrects=wrong)
    contacting.attempt(outcome=Outcome.UNKNOWN, team=team)
    contacting.attempt(team=team, happened_at=LONG_AGO)

    totals = totals_of(Attempt.objects.all(), NOON)

    assert totals.week == Counts(doors=2, calls=0, conversations=1, successes=1, pledges=1)
    assert totals.all == Counts(doors=2, calls=1, conversations=2, successes=1, pledges=1)


def test_counts_outlive_a_purged_list() -> None:
    team = contacting.team()
    row = visit(team, 1)
    assert row.door
    row.door.contact_list.delete()

    assert totals_of(Attempt.objects.all(), NOON).all == Counts(doors=1, conversations=1)


def public_team() -> TeamOfRiding | None:
    riding = Riding.objects.get(number=RIDING, boundary_set__status="live")
    return at_work_in(riding, NOON).team


def gathering(
    team: Team, visibility: str, starts_at: datetime = NOON + timedelta(days=1), **fields: Any
) -> Shift:
    event = Event.objects.create(
        team=team,
        visibility=visibility,
        title_en=visibility,
        title_fr="",
        zone="America/Toronto",
        created_at=NOON,
    )
    ends = starts_at + timedelta(hours=2)
    return Shift.objects.create(event=event, starts_at=starts_at, ends_at=ends, changed_at=NOON, **fields)


def test_a_riding_shows_its_own_team_in_one_query(country: Any, django_assert_num_queries: Any) -> None:
    here, there = contacting.team(name_en="Here"), contacting.team(OTHER_RIDING)
    contacting.volunteer(of=here)
    contacting.volunteer("ana@example.org", of=here)
    visit(here, 1)
    contacting.attempt(Channel.DOOR, team=there, riding_number=OTHER_RIDING)
    contacting.attempt(team=there)  # another team's work in this riding is not this team's
    riding = Riding.objects.get(number=RIDING, boundary_set__status="live")

    with django_assert_num_queries(1):
        found = at_work_in(riding, NOON).team

    assert found
    assert (found.name, found.members, found.events) == ("Here", 2, ())
    assert found.totals.all == Counts(doors=1, conversations=1)


def test_only_public_events_to_come_are_shown(country: Any) -> None:
    team = contacting.team()
    gathering(team, "members")
    gathering(team, "public", NOON - timedelta(days=1))
    gathering(team, "public", cancelled_at=NOON)
    gathering(team, "public")

    found = public_team()

    assert found
    assert [(event.title, event.begins.isoformat()) for event in found.events] == [
        ("public", "2026-11-26T14:00:00-05:00")
    ]


def test_a_riding_without_a_team_or_with_an_idle_one(country: Any) -> None:
    assert public_team() is None
    team = contacting.team(closed_at=NOON)
    assert public_team() is None
    Team.objects.filter(pk=team.pk).update(closed_at=None)
    idle = public_team()
    assert idle
    assert (idle.members, idle.totals.all.has_any) == (0, False)


def test_the_public_api_tells_counts_and_nobodys_name(client: Client, country: Any) -> None:
    team = contacting.team(name_en="Here")
    ana = contacting.volunteer("ana@example.org", of=team)
    visit(team, 1, by=ana, note="Private", took_pledge=True)

    answer = client.get(f"/api/v1/ridings/{RIDING}")

    counts = {"doors": 1, "calls": 0, "conversations": 1, "successes": 0, "pledges": 1}
    assert answer.json()["teams"] == [
        {"name_en": "Here", "name_fr": "", "members": 1, "all": counts, "last_seven_days": counts}
    ]
    assert client.get(f"/api/v1/ridings/{OTHER_RIDING}").json()["teams"] == []


def test_the_country_counts_every_team() -> None:
    visit(contacting.team(), 1)
    contacting.attempt(team=contacting.team(None))

    assert country_totals().all == Counts(doors=1, calls=1, conversations=2)


def test_the_leaderboard_shows_who_wants_to_be_shown() -> None:
    team = contacting.team()
    ana, ben = (contacting.volunteer(f"{name}@example.org", of=team) for name in ("ana", "ben"))
    Membership.objects.filter(user=ana).update(on_leaderboard=True)
    called(team, ana, 1)
    called(team, ana, 2, seconds=3)
    called(team, ben, 3)

    places = leaderboard(team, reader=ana, now=NOON)

    assert [(place.name, place.is_self, place.calls, place.conversations) for place in places] == [
        ("ana", True, 1, 1)
    ]


def test_a_team_turns_its_leaderboard_off() -> None:
    team = contacting.team(shows_leaderboard=False)
    ana = contacting.volunteer(of=team)
    Membership.objects.update(on_leaderboard=True)
    called(team, ana, 1)

    assert leaderboard(team, reader=ana, now=NOON) == ()


def test_late_attempts_and_other_teams_count_for_no_place() -> None:
    team, other = contacting.team(), contacting.team(None)
    ana = contacting.volunteer(of=team)
    Membership.objects.update(on_leaderboard=True)
    called(team, ana, 1, is_late=True)
    called(other, ana, 2)
    called(team, ana, 3, happened_at=LONG_AGO)

    assert leaderboard(team, reader=ana, now=NOON) == ()


def test_own_statistics() -> None:
    team = contacting.team(None)
    ana, ben = (contacting.volunteer(f"{name}@example.org", of=team) for name in ("ana", "ben"))
    called(team, ana, 1)
    called(team, ana, 2, happened_at=NOON - timedelta(days=2), outcome=Outcome.NO_ANSWER)
    called(team, ana, 3, happened_at=LONG_AGO)
    called(team, ben, 4)

    found = own_statistics(ana, Channel.PHONE, NOON)

    assert [(one.calls, one.conversations) for one in (found.day, found.week, found.all)] == [
        (1, 1), (2, 1), (3, 2),
    ]  # fmt: skip
