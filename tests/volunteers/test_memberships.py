"""Joining, deciding, leaving, removing, closing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from campaign.models import OrganizerAlert
from supporters.enums import RidingRoleKind
from supporters.models import OutgoingMessage, RidingRole, User
from tests import people
from tests.volunteers import contacting
from tests.volunteers.contacting import NOON, RIDING, team, volunteer
from tests.volunteers.gatherings import course, event, shift, signup, state_of
from volunteers.apps import VolunteersConfig
from volunteers.enums import (
    Channel,
    ContactState,
    EndOfCheckout,
    EndOfLease,
    EndOfMembership,
    JoinMode,
    MembershipState,
    SignupState,
)
from volunteers.models import Contact, Event, Lease, Membership, Team, TurfCheckout
from volunteers.queries.leaders import without_leader
from volunteers.services.memberships import (
    LeaderStays,
    Wish,
    ask_to_join,
    decide_membership,
    join_team,
    leave_team,
    remove_member,
)
from volunteers.services.teams import TeamClosed, close_team, open_team
from volunteers.services.training import grant_certificate, revoke_certificate

pytestmark = pytest.mark.django_db
WISH = Wish("fr", "I have time")


def kinds() -> list[tuple[str, str, str]]:
    rows = OutgoingMessage.objects.order_by("pk")
    return [(row.kind.removeprefix("volunteers/"), row.to, row.language) for row in rows]


def test_an_open_team_takes_people_in_at_once_and_welcomes_them_once() -> None:
    user, of = volunteer(), team()

    first = join_team(team=of, user=user, wish=WISH, now=NOON)
    again = join_team(team=of, user=user, wish=WISH, now=NOON)

    assert (first.pk, first.state, first.joined_at) == (again.pk, MembershipState.ACTIVE, NOON)
    assert kinds() == [("team_answer", "bruno@example.org", "fr")]


def test_a_captain_is_asked_once_and_lets_somebody_in() -> None:
    captain, user = people.chantal(RIDING), volunteer()
    of = open_team(riding_number=RIDING, now=NOON)
    membership = join_team(team=of, user=user, wish=WISH, now=NOON)
    join_team(team=of, user=user, wish=WISH, now=NOON)

    answers = [decide_membership(membership=membership, lets_in=True, by=captain, now=NOON) for _ in range(2)]

    membership.refresh_from_db()
    assert (answers, membership.state, membership.decided_by) == ([True, False], "active", captain)
    assert kinds() == [
        ("team_asked", "chantal@example.org", "en"),
        ("team_answer", "bruno@example.org", "fr"),
    ]


def test_somebody_declined_may_ask_again() -> None:
    of, user = team(join_mode=JoinMode.APPROVAL), volunteer()
    membership = join_team(team=of, user=user, wish=WISH, now=NOON)
    decide_membership(membership=membership, lets_in=False, by=None, now=NOON)
    membership.refresh_from_db()

    again = join_team(team=of, user=user, wish=WISH, now=NOON)

    assert (membership.state, membership.end_reason) == ("ended", EndOfMembership.DECLINED)
    assert (again.pk != membership.pk, again.state) == (True, MembershipState.ASKED)


def test_the_first_to_ask_forms_a_team_that_organizers_see_without_a_captain() -> None:
    ask_to_join(riding_number=RIDING, user=volunteer(), wish=WISH, now=NOON)
    ask_to_join(riding_number=None, user=volunteer(), wish=WISH, now=NOON)
    people.chantal(59003)

    alone = without_leader(Team.objects.all())

    assert Membership.objects.filter(state=MembershipState.ASKED).count() == 2
    assert OrganizerAlert.objects.filter(key__startswith="volunteers.leaderless:").count() == 2
    assert sorted(str(number) for number in alone.values_list("riding_number", flat=True)) == [
        "35075",
        "None",
    ]


def test_becoming_captain_forms_the_team_and_joins_it() -> None:
    chantal, nora = people.chantal(RIDING), people.nora()
    people.oscar(59003)

    rows = Membership.objects.order_by("pk").values_list("user_id", "team__riding_number", "state")

    assert list(rows) == [(chantal.pk, RIDING, "active"), (nora.pk, None, "active")]


def test_a_closed_team_takes_nobody() -> None:
    of = team()
    close_team(team=of, now=NOON)

    with pytest.raises(TeamClosed):
        join_team(team=of, user=volunteer(), wish=WISH, now=NOON)


def test_removing_somebody_ends_shifts_and_all_they_hold_in_one_transaction(
    monkeypatch: pytest.MonkeyPatch, listeners: list[Any]
) -> None:
    captain = people.chantal(RIDING)
    of = open_team(riding_number=RIDING, now=NOON)
    full = shift(event(of), capacity=1)
    mine, waiting = signup(full), signup(full, "wanda@example.org")
    membership = Membership.objects.get(user__email="bruno@example.org")

    removed = [remove_member(membership=membership, by=captain, now=NOON) for _ in range(2)]

    membership.refresh_from_db()
    assert (removed, membership.end_reason, membership.decided_by) == ([True, False], "removed", captain)
    assert (state_of(mine), state_of(waiting)) == (SignupState.CANCELLED, SignupState.REGISTERED)
    assert listeners == [(membership.user, of, NOON)]
    assert ("team_answer", "bruno@example.org", "en") in kinds()


def test_calls_and_turfs_end_with_the_membership_that_allowed_them() -> None:
    """Case 11: the voter returns to the queue, the turf to the team, in the same transaction."""
    captain, of = people.chantal(RIDING), open_team(riding_number=RIDING, now=NOON)
    user = volunteer(of=of)
    lease, checkout = held_by(user, of)

    remove_member(membership=Membership.objects.get(user=user), by=captain, now=NOON)

    lease.refresh_from_db()
    checkout.refresh_from_db()
    assert (lease.ended_at, lease.end_reason) == (NOON, EndOfLease.REVOKED)
    assert (checkout.ended_at, checkout.end_reason) == (NOON, EndOfCheckout.REVOKED)
    assert Contact.objects.get().state == ContactState.READY


@pytest.mark.parametrize(("channel", "ends"), [(Channel.DOOR, (False, True)), (Channel.PHONE, (True, False))])
def test_what_a_revoked_certificate_allowed_ends_with_it(channel: Channel, ends: tuple[bool, bool]) -> None:
    user = volunteer(of=team())
    lease, checkout = held_by(user, Team.objects.get())
    certificate = grant_certificate(user=user, course=course(channel), now=NOON)

    revoke_certificate(certificate=certificate, reason="Argued", by=None, now=NOON)

    lease.refresh_from_db()
    checkout.refresh_from_db()
    assert (lease.ended_at is not None, checkout.ended_at is not None) == ends


def held_by(user: User, of: Team) -> tuple[Lease, TurfCheckout]:
    """Let somebody hold a voter on the phone and a turf."""
    voter = contacting.contact(contacting.contact_list())
    lease = Lease.objects.create(
        contact=voter, caller=user, phone_digest=voter.phone_digest, household_key=voter.household_key,
        issued_at=NOON, heartbeat_at=NOON, expires_at=NOON + timedelta(minutes=5),
    )  # fmt: skip
    turf = contacting.turf(contacting.contact_list(Channel.DOOR), of)
    checkout = TurfCheckout.objects.create(
        turf=turf, holder=user, checked_out_at=NOON, due_at=NOON + timedelta(days=7)
    )
    return lease, checkout


@pytest.fixture
def listeners(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Hear what the app is told when a membership ends."""
    heard: list[Any] = []

    def listen(*, user: User, team: Team, now: Any) -> None:
        heard.append((user, team, now))

    monkeypatch.setattr(
        "volunteers.services.membership_ends.functions_of",
        lambda slot: [listen] if slot == "member_end_listeners" else [],
    )
    return heard


def test_the_slots_of_what_ends_with_a_membership_are_lists_of_paths() -> None:
    assert isinstance(VolunteersConfig.member_end_listeners, list)
    assert isinstance(VolunteersConfig.certificate_end_listeners, list)


def test_who_leads_is_not_removed_by_another_leader() -> None:
    oscar, chantal = people.oscar(RIDING), people.chantal(RIDING)
    membership = Membership.objects.get(user=chantal)

    with pytest.raises(LeaderStays):
        remove_member(membership=membership, by=oscar, now=NOON)

    membership.refresh_from_db()
    assert membership.state == MembershipState.ACTIVE


def test_members_are_told_when_the_last_captain_leaves() -> None:
    chantal = people.chantal(RIDING)
    of = open_team(riding_number=RIDING, now=NOON)
    volunteer(of=of)

    left = [leave_team(team=of, user=chantal, now=NOON) for _ in range(2)]

    assert left == [True, False]
    assert RidingRole.objects.filter(ended_at__isnull=True).count() == 0
    assert kinds() == [("team_alone", "bruno@example.org", "en")]
    assert list(without_leader(Team.objects.all())) == [of]


def test_a_local_organizer_still_leads_when_the_captain_leaves() -> None:
    chantal, _oscar = people.chantal(RIDING), people.oscar(RIDING)
    of = open_team(riding_number=RIDING, now=NOON)

    leave_team(team=of, user=chantal, now=NOON)

    assert (kinds(), without_leader(Team.objects.all()).count()) == ([], 0)
    assert RidingRole.objects.get(ended_at__isnull=True).role == RidingRoleKind.LOCAL_ORGANIZER


def test_taking_a_wish_back_keeps_the_team() -> None:
    of, user = team(join_mode=JoinMode.APPROVAL), volunteer()
    join_team(team=of, user=user, wish=WISH, now=NOON)

    assert leave_team(team=of, user=user, now=NOON)
    assert Membership.objects.get().end_reason == EndOfMembership.LEFT


def test_closing_a_team_ends_everything_and_tells_who_signed_up() -> None:
    of = team()
    row = signup(shift(event(of)))

    closed = [close_team(team=of, now=NOON) for _ in range(2)]

    assert closed == [True, False]
    assert Event.objects.get().cancelled_at == NOON
    assert Membership.objects.get().end_reason == EndOfMembership.CLOSED
    assert (state_of(row), kinds()[-1]) == ("cancelled", ("shift_change", "bruno@example.org", "en"))
    assert open_team(riding_number=RIDING, now=NOON + timedelta(days=1)).pk != of.pk


def together(*calls: Any) -> list[Any]:
    """Run the calls at the same moment, each with a connection of its own."""
    barrier = Barrier(len(calls))

    def run(call: Any) -> Any:
        barrier.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True)
def test_a_double_click_joins_once() -> None:
    user = volunteer()

    def click() -> int:
        return ask_to_join(riding_number=RIDING, user=user, wish=WISH, now=NOON).pk

    assert len(set(together(*[click] * 4))) == 1
    assert (Team.objects.count(), Membership.objects.count()) == (1, 1)
