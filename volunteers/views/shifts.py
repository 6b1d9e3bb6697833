"""Signing up for shifts, the links in mails about them, and calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from campaign.models import active_language
from coop4canada.kit import clock
from coop4canada.kit.http import mailed_page, personal_page, see_other
from coop4canada.kit.signing import BadToken, unseal
from supporters.doors import signed_in
from volunteers.access import leads_team, membership_in
from volunteers.forms.teams import LanguageForm
from volunteers.models import Shift, ShiftSignup
from volunteers.queries import calendars
from volunteers.queries import events as queries
from volunteers.queries.names import language_of
from volunteers.queries.teams import open_membership
from volunteers.services.attendance import say_attended
from volunteers.services.feeds import choose_language, renew_feed
from volunteers.services.joining_shifts import join_and_sign_up
from volunteers.services.shift_mails import SIGNUP_LINK
from volunteers.services.signups import ShiftGone, Who, cancel_signup, confirm_signup
from volunteers.services.teams import TeamClosed
from volunteers.views.doors import member, status_of

CALENDAR = "text/calendar; charset=utf-8"


@signed_in
def shift(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a shift; sign up for it or give the seat back. Who is not in the team yet joins with the same button."""
    row = _shift_or_404(request, pk)
    user = member(request)
    gone = False
    if request.method == "POST" and "cancel" in request.POST:
        signup = queries.signup_of(row, user)
        if signup is not None:
            cancel_signup(signup=signup, now=clock.now())
        return see_other(request.path)
    if request.method == "POST":
        try:
            join_and_sign_up(shift=row, who=Who(user, active_language()), now=clock.now())
        except (ShiftGone, TeamClosed):
            gone = True
        else:
            return see_other(request.path)
    return render(
        request, "volunteers/teams/shift.html", _context(request, row, gone=gone), status=422 if gone else 200
    )


@signed_in
def my_shifts(request: HttpRequest) -> HttpResponse:
    """Show one's shifts, the private address of one's calendar and the language of mails; change the latter two."""
    user = member(request)
    form = LanguageForm(
        request.POST if "language" in request.POST else None, initial={"language": language_of(user)}
    )
    if form.is_valid():
        choose_language(user=user, language=form.cleaned_data["language"])
        return see_other(request.path)
    if request.method == "POST" and not form.is_bound:
        renew_feed(user=user, now=clock.now())
        return see_other(request.path)
    secret = calendars.feed_secret(user.pk)
    context = {
        "shifts": queries.my_shifts(user, now=clock.now()),
        "feed_path": reverse("teams:feed", args=[secret]) if secret else "",
        "form": form,
    }
    return render(request, "volunteers/teams/my.html", context, status=status_of(request))


@personal_page
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """Give a calendar program somebody's shifts; the address itself is the key."""
    text = calendars.calendar_of_feed(secret, now=clock.now())
    if text is None:
        raise Http404
    return HttpResponse(text, content_type=CALENDAR)


@mailed_page
def signup_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a sign-up behind a link in a mail; its buttons confirm, cancel, or tell whether one was there."""
    signup = _signup_or_404(token)
    if request.method == "POST":
        _act(signup, request.POST.get("act", ""))
        return see_other(request.path)
    context = {"signup": signup, "card": _card(signup), "token": token}
    return render(request, "volunteers/teams/signup.html", context)


@personal_page
def signup_calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """Give one shift as a calendar file, behind a link in a mail."""
    return HttpResponse(calendars.calendar_of_signup(_signup_or_404(token)), content_type=CALENDAR)


def _act(signup: ShiftSignup, act: str) -> None:
    now = clock.now()
    if act == "confirm":
        confirm_signup(signup=signup, now=now)
    elif act == "cancel":
        cancel_signup(signup=signup, now=now)
    elif act in {"there", "missed"}:
        say_attended(signup=signup, was_there=act == "there", now=now)


def _shift_or_404(request: HttpRequest, pk: int) -> Shift:
    """Return a shift that the reader may see: a public one, or one of a team they are in."""
    row = queries.shift_by_id(pk)
    if row is None:
        raise Http404
    user, team = member(request), row.event.team
    if row.event.visibility != "public" and membership_in(user, team) is None and not leads_team(user, team):
        raise Http404
    return row


def _signup_or_404(token: str) -> ShiftSignup:
    try:
        values = unseal(SIGNUP_LINK, token, max_age=None).values
    except BadToken as error:
        raise Http404 from error
    signup = queries.signup_by_id(int(values[0]))
    if signup is None:
        raise Http404
    return signup


def _card(signup: ShiftSignup) -> queries.EventCard:
    card = queries.event_card(signup.shift.event, now=clock.now(), user=signup.user)
    return queries.only_shift(card, signup.shift_id)


def _context(request: HttpRequest, row: Shift, *, gone: bool) -> dict[str, object]:
    user = member(request)
    card = queries.only_shift(queries.event_card(row.event, now=clock.now(), user=user), row.pk)
    is_member = membership_in(user, row.event.team) is not None or leads_team(user, row.event.team)
    return {
        "card": card,
        "shift": card.shifts[0],
        "gone": gone,
        "is_member": is_member,
        "has_asked": not is_member and open_membership(row.event.team, user) is not None,
        "may_ask": row.event.team.join_mode,
    }
