"""What who leads a team does with events: write them, their shifts, and check people in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from coop4canada.kit import clock
from volunteers.enums import MembershipState
from volunteers.forms.events import CheckInForm, EventForm, ShiftForm
from volunteers.forms.teams import MemberForm
from volunteers.models import Shift, Team
from volunteers.queries import events as queries
from volunteers.queries.names import team_name
from volunteers.queries.teams import members_of, membership_of_team, zone_of
from volunteers.services.attendance import check_in, walk_in
from volunteers.services.event_ends import cancel_event, cancel_shift
from volunteers.services.events import add_shift, change_event, change_shift, write_event
from volunteers.views.doors import member, status_of
from volunteers.views.team_doors import back, event_or_404, for_leaders, shift_or_404


@for_leaders
def events(request: HttpRequest, team: Team) -> HttpResponse:
    """List what the team plans and did."""
    context = {
        "number": team.riding_number,
        "name": team_name(team),
        "events": queries.all_events(team, now=clock.now()),
    }
    return render(request, "volunteers/teams/lead/events.html", context)


@for_leaders
def new_event(request: HttpRequest, team: Team) -> HttpResponse:
    """Write an event down; its shifts come next."""
    form = EventForm(request.POST if request.method == "POST" else None, initial={"zone": zone_of(team)})
    if form.is_valid():
        made = write_event(team=team, details=form.details(), host=member(request), now=clock.now())
        return back("event", team, made.pk)
    context = {"form": form, "number": team.riding_number, "event": None}
    return render(request, "volunteers/teams/lead/event_form.html", context, status=status_of(request))


@for_leaders
def event(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Show an event with its shifts and what can be done with them."""
    row = event_or_404(team, pk)
    now = clock.now()
    context = {
        "card": queries.event_card(row, now=now, user=member(request)),
        "number": team.riding_number,
        "form": ShiftForm(zone=row.zone, now=now),
    }
    return render(request, "volunteers/teams/lead/event.html", context)


@for_leaders
def edit_event(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Write an event anew; whoever signed up is told where it takes place now."""
    row = event_or_404(team, pk)
    if row.cancelled_at is not None:
        raise Http404
    form = EventForm(request.POST if request.method == "POST" else None, initial=EventForm.initial_of(row))
    if form.is_valid():
        change_event(event=row, details=form.details(), now=clock.now())
        return back("event", team, pk)
    context = {"form": form, "number": team.riding_number, "event": row}
    return render(request, "volunteers/teams/lead/event_form.html", context, status=status_of(request))


@for_leaders
def cancel(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Ask, then call an event off."""
    row = event_or_404(team, pk)
    if request.method == "POST":
        cancel_event(event=row, now=clock.now())
        return back("event", team, pk)
    context = {"title": row.title, "number": team.riding_number, "event": pk}
    return render(request, "volunteers/teams/lead/cancel.html", context)


@for_leaders
def new_shift(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Add a time to an event."""
    row = event_or_404(team, pk)
    if row.cancelled_at is not None:
        raise Http404
    now = clock.now()
    form = ShiftForm(request.POST if request.method == "POST" else None, zone=row.zone, now=now)
    if form.is_valid():
        add_shift(event=row, times=form.times(), now=now)
        return back("event", team, pk)
    context = {"form": form, "number": team.riding_number, "event": row, "shift": None}
    return render(request, "volunteers/teams/lead/shift_form.html", context, status=status_of(request))


@for_leaders
def edit_shift(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Move a shift or change its seats; people are told at once of another time."""
    row = _changeable(team, pk)
    now = clock.now()
    form = ShiftForm(
        request.POST if request.method == "POST" else None,
        zone=row.event.zone,
        now=now,
        initial=ShiftForm.initial_of(row),
    )
    if form.is_valid():
        change_shift(shift=row, times=form.times(), now=now)
        return back("event", team, row.event_id)
    context = {"form": form, "number": team.riding_number, "event": row.event, "shift": row}
    return render(request, "volunteers/teams/lead/shift_form.html", context, status=status_of(request))


@for_leaders
def cancel_one(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Ask, then call one shift off."""
    row = shift_or_404(team, pk)
    if request.method == "POST":
        cancel_shift(shift=row, now=clock.now())
        return back("event", team, row.event_id)
    context = {
        "title": row.event.title,
        "number": team.riding_number,
        "event": row.event_id,
        "when": queries.when_of(row),
    }
    return render(request, "volunteers/teams/lead/cancel.html", context)


@for_leaders
def people(request: HttpRequest, team: Team, pk: int) -> HttpResponse:
    """Check people in: who signed up, and members who just came."""
    row = shift_or_404(team, pk)
    everybody = queries.signups_for(row)
    signed = {signup.user_id for signup in everybody}
    others = tuple(one for one in members_of(team, MembershipState.ACTIVE) if one.user_id not in signed)
    mark = CheckInForm(request.POST if "signup" in request.POST else None)
    came = MemberForm(request.POST if "member" in request.POST else None, members=others)
    if mark.is_valid():
        found = next((one for one in everybody if one.pk == mark.cleaned_data["signup"]), None)
        if found is None:
            raise Http404
        check_in(signup=found, mark=mark.mark(), by=member(request), now=clock.now())
        return back("people", team, pk)
    if came.is_valid():
        _walk_in(request, team, row, came.cleaned_data["member"])
        return back("people", team, pk)
    context = {
        "number": team.riding_number,
        "event": row.event,
        "when": queries.when_of(row),
        "signups": everybody,
        "others": others,
        "mark": mark,
        "form": came,
    }
    return render(request, "volunteers/teams/lead/people.html", context, status=status_of(request))


def _walk_in(request: HttpRequest, team: Team, shift: Shift, membership_pk: int) -> None:
    membership = membership_of_team(team, membership_pk)
    if membership is None:
        raise Http404
    walk_in(shift=shift, user=membership.user, by=member(request), now=clock.now())


def _changeable(team: Team, pk: int) -> Shift:
    row = shift_or_404(team, pk)
    if row.cancelled_at is not None or row.starts_at <= clock.now():
        raise Http404
    return row
