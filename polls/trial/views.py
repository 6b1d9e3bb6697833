"""The trial provider's page for givers, and its desk for developers."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import public_form, see_other
from polls.trial import trial_provider
from polls.trial.cards import TrialCard
from polls.trial.delivery import deliver_soon
from polls.trial.forms import CardForm, TroublesForm
from polls.trial.provider import TrialProvider
from polls.trial.things import (
    State,
    TrialDispute,
    TrialPayment,
    TrialRefund,
    TrialRefused,
    TrialSession,
)

MOST_SHOWN = 50

Act = Callable[[TrialProvider, str, datetime], object]
ACTS: dict[str, Act] = {
    "expire": lambda provider, ref, now: provider.expire(ref, now=now),
    "dispute": lambda provider, ref, now: provider.open_dispute(ref, now=now),
    "win": lambda provider, ref, now: provider.decide_dispute(ref, is_won=True, now=now),
    "lose": lambda provider, ref, now: provider.decide_dispute(ref, is_won=False, now=now),
    "send_back": lambda provider, ref, now: provider.send_back(ref, now=now),
    "fail_refund": lambda provider, ref, now: provider.fail_refund(ref, now=now),
    "send_again": lambda provider, ref, now: provider.send_again(ref, now=now),
    "hurry": lambda provider, _ref, now: provider.hurry(now=now),
}


@public_form
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """Let the giver choose a trial card, and pay with it or save it."""
    form = CardForm(request.POST if request.method == "POST" else None)
    error = _pay(ref, form) if form.is_bound else ""
    session = _session(ref)
    if form.is_bound and session.state == State.COMPLETE and not error:
        return see_other(_within_this_site(session.success_url))
    context = {
        "session": session,
        "cancel_url": _within_this_site(session.cancel_url),
        "form": form,
        "cards": TrialCard.choices,
        "error": error,
        "is_open": session.state == State.OPEN,
    }
    return render(request, "polls/trial/page.html", context, status=_status(error))


@public_form
def desk(request: HttpRequest) -> HttpResponse:
    """Show what the provider knows, and let a developer do what providers, banks and bad networks do."""
    provider = trial_provider()
    error = _act(provider, request) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return see_other(reverse("trial-pay:desk"))
    context = {
        "error": error,
        "troubles": TroublesForm.showing(provider.troubles),
        "sessions": provider.newest(TrialSession, MOST_SHOWN),
        "payments": provider.newest(TrialPayment, MOST_SHOWN),
        "refunds": provider.newest(TrialRefund, MOST_SHOWN),
        "disputes": provider.newest(TrialDispute, MOST_SHOWN),
        "notices": provider.notices(MOST_SHOWN),
    }
    return render(request, "polls/trial/desk.html", context, status=_status(error))


def _pay(ref: str, form: CardForm) -> str:
    """Return why it did not work, in words; nothing where it did."""
    if not form.is_valid():
        return " ".join(str(error) for error in form.errors["card"])
    try:
        code = trial_provider().pay(ref, card=form.cleaned_data["card"], now=clock.now())
    except LookupError as unknown:
        raise Http404 from unknown
    except TrialRefused:
        return _("This page is over. Begin again where you came from.")
    deliver_soon()
    return _("This card was declined. Nothing was taken; choose another.") if code else ""


def _act(provider: TrialProvider, request: HttpRequest) -> str:
    """Do what was asked at the desk; return why it could not be done, in words."""
    wanted, ref, now = request.POST.get("act", ""), request.POST.get("ref", ""), clock.now()
    form = TroublesForm(request.POST)
    if wanted == "trouble" and form.is_valid():
        provider.trouble(form.troubles())
        deliver_soon()
        return ""
    if wanted not in ACTS:
        return _("The desk does not know what to do.")
    try:
        ACTS[wanted](provider, ref, now)
    except (TrialRefused, LookupError):
        return _("That cannot be done: it was done already, or there is no such thing.")
    deliver_soon()
    return ""


def _session(ref: str) -> TrialSession:
    try:
        return trial_provider().session_on_page(ref, now=clock.now())
    except LookupError as unknown:
        raise Http404 from unknown


def _within_this_site(url: str) -> str:
    """Return an address of this site without its host: it may have been entered by another of its names."""
    parts, own = urlsplit(url), urlsplit(settings.SITE_URL)
    is_own = (parts.scheme, parts.netloc) == (own.scheme, own.netloc)
    return parts._replace(scheme="", netloc="").geturl() if is_own else url


def _status(error: str) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
