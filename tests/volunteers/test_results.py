"""What teams have done, counted; and who did how much."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from coop4canada.kit.memory import forget_everything
from supporters.models import User
from tests.volunteers import contacting
from tests.volunteers.contacting import NOON, OTHER_RIDING, RIDING
from volunteers.enums import Channel, Outcome
from volunteers.models import Attempt, Lease, Membership, Team
from volunteers.queries.leaderboard import leaderboard, own_statistics
from volunteers.queries.results import Counts, country_totals, team_of_riding, totals_of

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


def test_a_riding_shows_its_own_team_in_one_query(django_assert_num_queries: Any) -> None:
    here, there = contacting.team(name_en="Here"), contacting.team(OTHER_RIDING)
    contacting.volunteer(of=here)
    contacting.volunteer("ana@example.org", of=here)
    visit(here, 1)
    contacting.attempt(Channel.DOOR, team=there, riding_number=OTHER_RIDING)
    contacting.attempt(team=there)  # the phone team's work in this riding is not this team's

    forget_everything()
    with django_assert_num_queries(1):
        found = [team_of_riding(RIDING), team_of_riding(RIDING)]

    assert found[0] == found[1] is not None
    assert (found[0].name_en, found[0].members) == ("Here", 2)
    assert found[0].totals.all == Counts(doors=1, conversations=1)


def test_a_riding_without_a_team_or_with_an_idle_one() -> None:
    assert team_of_riding(RIDING) is None
    forget_everything()
    contacting.team(closed_at=NOON)
    assert team_of_riding(RIDING) is None
    forget_everything()
    contacting.team()
    idle = team_of_riding(RIDING)
    assert idle
    assert (idle.members, idle.totals.all.has_any) == (0, False)


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
