"""Joining a team and leaving it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.services.setup import alert_organizers
from supporters.models import User
from supporters.services.roles import end_role
from volunteers.enums import EndOfMembership, JoinMode, MembershipState
from volunteers.models import Membership, Team
from volunteers.queries.leaders import CAPTAINS, leaders_of, leading_roles
from volunteers.queries.names import team_name
from volunteers.services.membership_ends import end_membership
from volunteers.services.team_mails import Note, post, post_all
from volunteers.services.teams import lock_team, open_team


class LeaderStays(Exception):
    """Somebody who leads the team is not removed by another leader: the role ends first."""


@dataclass(frozen=True)
class Wish:
    """What somebody says who wants to join, and in which language we write to them."""

    language: str
    message: str = ""


@transaction.atomic
def ask_to_join(*, riding_number: int | None, user: User, wish: Wish, now: datetime) -> Membership:
    """Join the team of a riding, or the phone team; the first to ask forms it, and organizers find it a captain."""
    return join_team(team=open_team(riding_number=riding_number, now=now), user=user, wish=wish, now=now)


@transaction.atomic
def join_team(*, team: Team, user: User, wish: Wish, now: datetime) -> Membership:
    """Make somebody a member where everybody may join, else ask the captains. Asked twice it is once.

    Raises: TeamClosed.
    """
    row = lock_team(team)
    is_open = row.join_mode == JoinMode.OPEN
    membership, is_new = Membership.objects.get_or_create(
        team=row,
        user=user,
        ended_at=None,
        defaults={
            "state": MembershipState.ACTIVE if is_open else MembershipState.ASKED,
            "joined_at": now if is_open else None,
            "asked_at": now,
            "message": wish.message,
            "language": wish.language,
        },
    )
    if is_new and is_open:
        _mail_answer(membership, "welcome", now)
    elif is_new:
        alert_if_nobody_leads(row, now=now)
        note = Note(
            "team_asked", str(membership.pk), {"who": user.name or user.email, "message": wish.message}
        )
        post_all(note, to=leaders_of(row), about=row, now=now)
    return membership


@transaction.atomic
def decide_membership(*, membership: Membership, lets_in: bool, by: User | None, now: datetime) -> bool:
    """Let somebody in who asked, or not, and mail them; say whether it was still open."""
    row = _locked(membership)
    if row.state != MembershipState.ASKED:
        return False
    if lets_in:
        row.state, row.joined_at, row.decided_by = MembershipState.ACTIVE, now, by
        row.save(update_fields=["state", "joined_at", "decided_by"])
    else:
        end_membership(row, EndOfMembership.DECLINED, by=by, now=now)
    _mail_answer(row, "welcome" if lets_in else "declined", now)
    return True


@transaction.atomic
def leave_team(*, team: Team, user: User, now: datetime) -> bool:
    """End somebody's own membership, or their wish for one, and their captaincy; say whether there was one.

    Members are told when nobody leads the team any more.
    """
    row = Membership.objects.filter(team=team, user=user, ended_at__isnull=True).first()
    if row is None:
        return False
    row = _locked(row)
    if row.state == MembershipState.ENDED:
        return False
    end_membership(row, EndOfMembership.LEFT, by=user, now=now)
    end_captaincy(team=team, user=user, now=now)
    return True


@transaction.atomic
def remove_member(*, membership: Membership, by: User, now: datetime) -> bool:
    """Take somebody out of the team, with all they hold of it, and tell them; say whether they were in.

    Raises: LeaderStays.
    """
    row = _locked(membership)
    if row.state != MembershipState.ACTIVE:
        return False
    if leading_roles(row.team).filter(user_id=row.user_id).exists():
        raise LeaderStays
    end_membership(row, EndOfMembership.REMOVED, by=by, now=now)
    _mail_answer(row, "removed", now)
    return True


@transaction.atomic
def end_captaincy(*, team: Team, user: User, now: datetime) -> None:
    """End somebody's role as captain of the team; tell members and organizers' list if it was the last."""
    roles = leading_roles(team).filter(user=user, role__in=CAPTAINS)
    ended = [end_role(role_id=pk, now=now) for pk in roles.values_list("pk", flat=True)]
    if any(ended) and not leaders_of(team):
        tell_no_captain(team=team, now=now)


def tell_no_captain(*, team: Team, now: datetime) -> None:
    """Mail every member that the team looks for a captain; once a day at most."""
    members = User.objects.filter(
        memberships__team=team, memberships__state=MembershipState.ACTIVE, is_active=True
    )
    note = Note("team_alone", f"{team.pk}:{now:%Y%m%d}")
    post_all(note, to=members.order_by("pk"), about=team, now=now)
    alert_if_nobody_leads(team, now=now)


def alert_if_nobody_leads(team: Team, *, now: datetime) -> None:
    """Tell organizers of a team that waits for somebody to lead it, once as long as the alert is open."""
    if leaders_of(team):
        return
    message = _("%(team)s has nobody who leads it: appoint a captain.") % {"team": team_name(team)}
    link = reverse("admin:volunteers_team_change", args=[team.pk])
    alert_organizers(key=f"volunteers.leaderless:{team.pk}", message=message, link=link, now=now)


def _mail_answer(membership: Membership, answer: str, now: datetime) -> None:
    note = Note("team_answer", f"{membership.pk}:{answer}", {"answer": answer}, language=membership.language)
    post(note, to=membership.user, about=membership.team, now=now)


def _locked(membership: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("team", "user")
    return rows.get(pk=membership.pk)
