"""A captain hands a team on, and what waits there with it."""

from datetime import datetime

from django.db import transaction

from supporters.models import User
from supporters.services.roles import end_role, grant_role
from volunteers.enums import MembershipState
from volunteers.models import Event, Membership, Team, TurfCheckout
from volunteers.queries.leaders import captain_kind, leading_roles
from volunteers.services.signups import NotMember
from volunteers.services.team_mails import Note, post
from volunteers.services.teams import lock_team


class NotCaptain(Exception):
    """Only a captain of the team hands it over."""


@transaction.atomic
def hand_over(*, team: Team, from_user: User, to_user: User, now: datetime) -> None:
    """Let another member be captain instead: the role, turfs given out, events to come. Again it changes nothing.

    Whoever asked to join waits for the new captain, for the wish is the team's. The former captain stays a member.
    Raises: NotMember, NotCaptain.
    """
    row = lock_team(team)
    if not Membership.objects.filter(team=row, user=to_user, state=MembershipState.ACTIVE).exists():
        raise NotMember
    held = leading_roles(row).filter(user=from_user, role=captain_kind(row)).first()
    if held is None or from_user == to_user:
        raise NotCaptain
    appoint_captain(team=row, user=to_user, by=from_user, now=now)
    end_role(role_id=held.pk, now=now)
    Event.objects.filter(team=row, host=from_user, cancelled_at__isnull=True).update(host=to_user)
    TurfCheckout.objects.filter(turf__team=row, given_by=from_user, ended_at__isnull=True).update(
        given_by=to_user
    )


@transaction.atomic
def appoint_captain(*, team: Team, user: User, by: User | None, now: datetime) -> None:
    """Make a member captain, and mail them what waits for them. Again it changes nothing.

    Raises: NotMember.
    """
    if not Membership.objects.filter(team=team, user=user, state=MembershipState.ACTIVE).exists():
        raise NotMember
    role = grant_role(user=user, riding_number=team.riding_number, role=captain_kind(team), by=by, now=now)
    waiting = Membership.objects.filter(team=team, state=MembershipState.ASKED).count()
    post(Note("team_captain", str(role.pk), {"waiting": waiting}), to=user, about=team, now=now)
