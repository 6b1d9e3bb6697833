"""The caller's pages: where one begins, the call under way, what came of it, help."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop4canada.kit import clock
from coop4canada.kit.db import database_now
from coop4canada.kit.http import see_other
from supporters.doors import signed_in
from volunteers import bridges
from volunteers.forms.calls import OUTCOMES, HelpForm, OutcomeForm, said_in, typed_answers
from volunteers.queries.call_page import CallPage, call_page, start_page
from volunteers.queries.calls import held_lease
from volunteers.rules.callbacks import BadCallback
from volunteers.services import help as helping
from volunteers.services import supervising
from volunteers.services.attempts import NotYourAttempt
from volunteers.services.calls import (
    Gone,
    NotYourCall,
    Offer,
    dial,
    next_contact,
    record_outcome,
    skip_contact,
)
from volunteers.services.calls.own_lease import WHY_GONE
from volunteers.views.doors import member


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Show what to do, why the queue may be empty, what one did."""
    page = start_page(member(request), now=clock.now(), done=_done(request))
    return render(request, "volunteers/phone/start.html", {"page": page})


@signed_in
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Take whom to call next."""
    return _next(request)


@signed_in
def call(request: HttpRequest, lease: UUID) -> HttpResponse:
    """Show the call; opened again it is the same call."""
    return _call(request, _page(request, lease, {}), OutcomeForm(initial={"client_id": uuid4()}))


@signed_in
@require_POST
def ring(request: HttpRequest, lease: UUID) -> HttpResponse:
    """Dial, if that may still be; then the number stands on the page."""
    user = member(request)
    try:
        dialled = dial(lease_id=lease, caller=user, now=database_now())
    except NotYourCall as error:
        raise Http404 from error
    if isinstance(dialled, Gone):
        context = {"reason": dialled.reason.label, "lease": lease}
        return render(request, "volunteers/phone/gone.html", context, status=HTTPStatus.CONFLICT)
    bridges.bridge().begin(call=lease, phone=dialled.phone, caller_id=user.pk)
    return see_other(reverse("phone:call", args=[lease]))


@signed_in
@require_POST
def outcome(request: HttpRequest, lease: UUID) -> HttpResponse:
    """Record what came of the call, then go on to the next; "step" only opens the next lines of the script."""
    answers = typed_answers(request.POST)
    page, form = _page(request, lease, answers), OutcomeForm(request.POST)
    if "step" in request.POST:
        return _call(request, page, OutcomeForm(initial=request.POST.dict()))
    if not form.is_valid() or not _is_recorded(request, page, form, answers):
        return _call(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if "pause" in request.POST or page.offer is None:
        return see_other(f"{reverse('phone:start')}?done={lease}")
    return _next(request, done=lease)


@signed_in
@require_POST
def skip(request: HttpRequest, lease: UUID) -> HttpResponse:
    """Give the voter back and take the next."""
    try:
        skip_contact(lease_id=lease, caller=member(request), now=database_now())
    except NotYourCall as error:
        raise Http404 from error
    return see_other(reverse("phone:start")) if "pause" in request.POST else _next(request)


@signed_in
@require_POST
def ask_help(request: HttpRequest) -> HttpResponse:
    """Call a trainer, or take that back."""
    user, form = member(request), HelpForm(request.POST)
    if "done" in request.POST:
        helping.close_own_request(caller=user, now=clock.now())
    elif form.is_valid():
        helping.ask_for_help(caller=user, message=form.cleaned_data["message"], now=clock.now())
    held = held_lease(user.pk)
    path = reverse("phone:call", args=[held.pk]) if held else reverse("phone:start")
    return see_other(f"{path}#help")


@signed_in
@require_POST
def show_me(request: HttpRequest) -> HttpResponse:
    """Show the caller on the phone team's leaderboard, or no longer."""
    supervising.show_on_leaderboard(user=member(request), riding_number=None, shows="show" in request.POST)
    return see_other(reverse("phone:start") + "#leaderboard")


def _next(request: HttpRequest, done: UUID | None = None) -> HttpResponse:
    offered = next_contact(caller=member(request), now=database_now())
    said = f"?done={done}" if done else ""
    if isinstance(offered, Offer):
        return see_other(reverse("phone:call", args=[offered.lease_id]) + said)
    return see_other(reverse("phone:start") + said)


def _page(request: HttpRequest, lease: UUID, answers: dict[str, str]) -> CallPage:
    page = call_page(member(request), lease, now=database_now(), answers=answers, done=_done(request))
    if page is None:
        raise Http404
    return page


def _call(
    request: HttpRequest, page: CallPage, form: OutcomeForm, status: int = HTTPStatus.OK
) -> HttpResponse:
    offer = page.offer
    context = {
        "page": page,
        "form": form,
        "gone": WHY_GONE[page.ended].label if page.ended else "",
        "outcomes": list(enumerate(OUTCOMES, start=1)),
        "way": bridges.bridge().way(offer.phone) if offer and offer.dialled_at else None,
        "server_now": clock.now(),
    }
    return render(request, "volunteers/phone/call.html", context, status=status)


def _is_recorded(request: HttpRequest, page: CallPage, form: OutcomeForm, answers: dict[str, str]) -> bool:
    submission = form.submission(said_in(page.conversation, answers))
    try:
        record_outcome(
            lease_id=page.lease_id, caller=member(request), submission=submission, now=database_now()
        )
    except BadCallback:
        form.add_error("callback_on", _("We can call back within the next 60 days: choose a time to come."))
        return False
    except NotYourAttempt as error:
        raise Http404 from error
    return True


def _done(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("done", ""))
    except ValueError:
        return None
