"""What who leads a team does: members, invitations, settings, handing over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit import clock
from supporters.enums import RidingRoleKind
from supporters.queries.roles import has_role
from volunteers.enums import MembershipState
from volunteers.forms.teams import InviteForm, MemberForm, SettingsForm
from volunteers.models import Membership, Team
from volunteers.queries import teams as queries
from volunteers.queries.names import team_name
from volunteers.services.handing_over import NotCaptain, appoint_captain, hand_over
from volunteers.services.letters_to_leaders import invite_to_team
from volunteers.services.memberships import LeaderStays, decide_membership, remove_member
from volunteers.services.teams import describe_team
from volunteers.views.doors import member, status_of
from volunteers.views.team_doors import back, for_leaders


@for_leaders
def members(request: HttpRequest, team: Team) -> HttpResponse:
    """Show who asks, who is in, with hours, and what there is to do."""
    context = {
        "number": team.riding_number,
        "name": team_name(team),
        "asked": queries.members_of(team, MembershipState.ASKED),
        "active": queries.members_of(team, MembershipState.ACTIVE),
        "may_appoint": _may_appoint(request, team),
        "is_captain": _is_captain(request, team),
    }
    return render(request, "volunteers/teams/lead/members.html", context)


@for_leaders
def decide(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Let somebody in who asked, or not."""
    membership = _membership_or_404(team, pk)
    if request.method == "POST":
        lets_in = "approve" in request.POST
        if lets_in or "decline" in request.POST:
            decide_membership(membership=membership, lets_in=lets_in, by=member(request), now=clock.now())
    return back("lead", team)


@for_leaders
def remove(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Ask, then take somebody out of the team."""
    membership = _membership_or_404(team, pk)
    stays = False
    if request.method == "POST":
        try:
            remove_member(membership=membership, by=member(request), now=clock.now())
        except LeaderStays:
            stays = True
        else:
            return back("lead", team)
    context = {"membership": membership, "number": team.riding_number, "stays": stays}
    return render(request, "volunteers/teams/lead/remove.html", context, status=status_of(request))


@for_leaders
def appoint(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Ask, then make a member captain; local organizers do."""
    if not _may_appoint(request, team):
        raise Http404
    membership = _membership_or_404(team, pk)
    if membership.state != MembershipState.ACTIVE:
        raise Http404
    if request.method == "POST":
        appoint_captain(team=team, user=membership.user, by=member(request), now=clock.now())
        return back("lead", team)
    context = {"membership": membership, "number": team.riding_number}
    return render(request, "volunteers/teams/lead/appoint.html", context)


@for_leaders
def invite(request: HttpRequest, team: Team) -> HttpResponse:
    """Mail somebody the way into the team."""
    form = InviteForm(
        request.POST if request.method == "POST" else None, initial={"language": active_language()}
    )
    if form.is_valid():
        values = form.cleaned_data
        invite_to_team(
            team=team, address=values["email"], name=values["name"], language=values["language"],
            by=member(request), now=clock.now(),
        )  # fmt: skip
        return back("lead", team)
    context = {"form": form, "number": team.riding_number}
    return render(request, "volunteers/teams/lead/invite.html", context, status=status_of(request))


@for_leaders
def settings(request: HttpRequest, team: Team) -> HttpResponse:
    """Take the team's name, words of welcome, and how people join."""
    initial = SettingsForm.initial_of(team)
    form = SettingsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        describe_team(team=team, settings=form.settings())
        return back("lead", team)
    context = {"form": form, "number": team.riding_number}
    return render(request, "volunteers/teams/lead/settings.html", context, status=status_of(request))


@for_leaders
def hand_on(request: HttpRequest, team: Team) -> HttpResponse:
    """Let another member be captain instead of oneself."""
    if not _is_captain(request, team):
        raise Http404
    user = member(request)
    others = tuple(row for row in queries.members_of(team, MembershipState.ACTIVE) if row.user_id != user.pk)
    form = MemberForm(request.POST if request.method == "POST" else None, members=others)
    if form.is_valid():
        chosen = _membership_or_404(team, form.cleaned_data["member"])
        try:
            hand_over(team=team, from_user=user, to_user=chosen.user, now=clock.now())
        except NotCaptain:
            form.add_error("member", _("You are no longer captain of this team."))
        else:
            return back("inside", team)
    context = {"form": form, "number": team.riding_number, "has_others": bool(others)}
    return render(request, "volunteers/teams/lead/hand_over.html", context, status=status_of(request))


def _membership_or_404(team: Team, pk: int) -> Membership:
    membership = queries.membership_of_team(team, pk)
    if membership is None:
        raise Http404
    return membership


def _may_appoint(request: HttpRequest, team: Team) -> bool:
    """Say whether whoever asks names captains: the riding's local organizers; of the phone team organizers, in admin."""
    number = team.riding_number
    return number is not None and has_role(request.user, number, RidingRoleKind.LOCAL_ORGANIZER)


def _is_captain(request: HttpRequest, team: Team) -> bool:
    kinds = (RidingRoleKind.CAPTAIN, RidingRoleKind.PHONE_CAPTAIN)
    return has_role(request.user, team.riding_number, *kinds)
