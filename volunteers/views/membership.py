"""Joining and leaving a team, and what members see."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from campaign.models import active_language
from coop4canada.kit import clock
from coop4canada.kit.panels import panels_for
from supporters.doors import signed_in
from volunteers.access import leads_team
from volunteers.forms.teams import JoinForm, MessageForm
from volunteers.models import Team
from volunteers.queries import teams as queries
from volunteers.queries.learning import missing_training
from volunteers.queries.names import team_name
from volunteers.services.letters_to_leaders import NobodyLeads, TooManyMessages, write_to_leaders
from volunteers.services.memberships import Wish, ask_to_join, leave_team
from volunteers.views.doors import member, status_of
from volunteers.views.team_doors import back, for_members, team_or_404


@signed_in
def join(request: HttpRequest, number: int | None) -> HttpResponse:
    """Take somebody's wish to join; where everybody may, they are in at once."""
    page = queries.team_page(number, now=clock.now())
    if page is None:
        raise Http404
    team, user = queries.live_team(number), member(request)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wish = Wish(active_language(), form.cleaned_data["message"])
        membership = ask_to_join(riding_number=number, user=user, wish=wish, now=clock.now())
        return back("inside" if membership.joined_at else "join", membership.team)
    held = queries.open_membership(team, user) if team else None
    context = {"form": form, "page": page, "membership": held}
    return render(request, "volunteers/teams/join.html", context, status=status_of(request))


@signed_in
def leave(request: HttpRequest, number: int | None) -> HttpResponse:
    """Ask, then end one's membership or wish for one."""
    team = team_or_404(number)
    user = member(request)
    if queries.open_membership(team, user) is None:
        raise Http404
    if request.method != "POST":
        context = {"number": number, "name": team_name(team), "leads": leads_team(user, team)}
        return render(request, "volunteers/teams/leave.html", context)
    leave_team(team=team, user=user, now=clock.now())
    return back("team", team)


@for_members
def inside(request: HttpRequest, team: Team) -> HttpResponse:
    """Show members their team: welcome, who leads, what is next, what they still have to learn."""
    user = member(request)
    context = {
        "page": queries.inside_page(team, user, now=clock.now()),
        "leads": leads_team(user, team),
        "missing": missing_training(user),
        "panels": panels_for("member_panels", team=team),
    }
    return render(request, "volunteers/teams/inside.html", context)


@for_members
def write(request: HttpRequest, team: Team) -> HttpResponse:
    """Send a message to who leads the team; no address is shown to anybody before it is answered."""
    form = MessageForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            write_to_leaders(
                team=team, sender=member(request), text=form.cleaned_data["text"], now=clock.now()
            )
        except TooManyMessages:
            form.add_error("text", _("That is enough for one day: write again tomorrow."))
        except NobodyLeads:
            form.add_error(
                "text", _("Nobody leads this team at the moment: write to us on the contact page.")
            )
        else:
            return render(request, "volunteers/teams/written.html", {"number": team.riding_number})
    context = {"form": form, "number": team.riding_number, "name": team_name(team)}
    return render(request, "volunteers/teams/write.html", context, status=status_of(request))
