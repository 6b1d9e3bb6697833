"""The canvasser's page: doors in walking order, one door without JavaScript, and what a phone sends when it can."""

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.http import public_page, see_other
from supporters.doors import not_theirs, signed_in
from volunteers.forms.visits import PLEDGE, QUESTION, BadBatch, BadVisit, read_batch, read_form
from volunteers.models import TurfCheckout
from volunteers.queries import walks
from volunteers.services.visits import Acknowledgement, Receipt, record_visits
from volunteers.views.door_words import WORDS, door_texts, outcome_words, pledge_panels, refusal
from volunteers.views.doors import member


def held_or_404(request: HttpRequest, pk: int) -> TurfCheckout:
    """Return the turf if it was given to whoever asks, be it in the past."""
    checkout = walks.held_checkout(member(request), pk)
    if checkout is None:
        raise not_theirs(request)
    return checkout


@signed_in
def walk(request: HttpRequest, checkout: int) -> HttpResponse:
    """Show the doors of the turf; after it was given back, only what waits on the phone."""
    held = held_or_404(request, checkout)
    if not walks.is_held(held):
        context: dict[str, Any] = {
            "checkout": held,
            "walk": None,
            "words": _words(),
            "doors": {},
            "seen": "",
            "now": clock.now(),
        }
        return render(request, "volunteers/doors/walk.html", context)
    walked = walks.walk_of(held)
    context = {
        "checkout": held,
        "walk": walked,
        "doors": door_texts(walked),
        "now": clock.now(),
        "seen": walks.fingerprint(walked),
        "words": _words(),
        **_form_context(held, {}),
    }
    return render(request, "volunteers/doors/walk.html", context)


@signed_in
def door(request: HttpRequest, checkout: int, door: int) -> HttpResponse:
    """Show one door, or record a visit there at once; a phone without JavaScript comes here."""
    held = held_or_404(request, checkout)
    if not walks.is_held(held):
        raise Http404
    walked = walks.walk_of(held)
    row = next((row for row in walked.rows if row.pk == door), None)
    if row is None:
        raise Http404
    problem = _record_form(request, held, door) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return see_other(f"{reverse('doors:walk', args=[checkout])}#door-{door}")
    typed = {name: request.POST.getlist(name) for name in request.POST}
    context = {"checkout": held, "walk": walked, "row": row, "problem": problem, **_form_context(held, typed)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "volunteers/doors/door.html", context, status=status)


@signed_in
def sync(request: HttpRequest, checkout: int) -> HttpResponse:
    """Take in what a phone recorded, say what became of each record, and tell what others recorded since."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    held = held_or_404(request, checkout)
    try:
        batch = read_batch(request.body)
    except BadBatch:
        return JsonResponse(
            {"problem": _("This was not understood.")}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    answers = record_visits(canvasser=member(request), checkout=held, visits=batch.visits, now=clock.now())
    receipts = [_receipt(answer) for answer in answers] + [_unreadable(one) for one in batch.unreadable]
    return JsonResponse(
        {"acknowledged": receipts, "now": clock.now().isoformat(), **_changes(held, batch.seen)}
    )


@public_page
def worker(_request: HttpRequest) -> HttpResponse:
    """Serve the service worker from below the pages that it keeps, so that it can keep no others."""
    response = HttpResponse(_worker_text(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = reverse("doors:worker").rpartition("/")[0] + "/"
    response["Cache-Control"] = "public, no-cache"
    return response


@cache
def _worker_text() -> str:
    found = finders.find("js/canvass-sw.js")
    assert isinstance(found, str)  # noqa: S101 — it is part of this repository
    return Path(found).read_text(encoding="utf-8")


def _changes(held: TurfCheckout, seen: str) -> dict[str, Any]:
    """Return what the doors show now, if it is not what the phone has seen; nothing once the turf is given back."""
    if not walks.is_held(held):
        return {"held": False, "seen": "", "doors": None}
    walked = walks.walk_of(held)
    now_seen = walks.fingerprint(walked)
    return {"held": True, "seen": now_seen, "doors": None if seen == now_seen else door_texts(walked)}


def _receipt(answer: Acknowledgement) -> dict[str, Any]:
    reason = refusal(answer.reason, answer.detail) if answer.receipt == Receipt.REFUSED else ""
    return {
        "id": str(answer.client_id),
        "receipt": answer.receipt.value,
        "reason": reason,
        "late": answer.is_late,
    }


def _unreadable(client_id: str) -> dict[str, Any]:
    return {
        "id": client_id,
        "receipt": Receipt.REFUSED.value,
        "reason": refusal("unreadable", ""),
        "late": False,
    }


def _record_form(request: HttpRequest, held: TurfCheckout, door: int) -> str:
    """Record what the form says; return what is wrong with it, or ""."""
    now = clock.now()
    try:
        visit = read_form(request.POST, door_id=door, now=now)
    except BadVisit:
        return _("Choose what came of the visit.")
    answer = record_visits(canvasser=member(request), checkout=held, visits=[visit], now=now)[0]
    if answer.receipt == Receipt.AGAIN:
        return _("This could not be written down just now. Send it again.")
    return refusal(answer.reason, answer.detail) if answer.receipt == Receipt.REFUSED else ""


def _form_context(held: TurfCheckout, typed: dict[str, list[str]]) -> dict[str, Any]:
    said = {name: values[-1] for name, values in typed.items() if name.startswith(QUESTION) and values}
    fields = {name.removeprefix(PLEDGE): values for name, values in typed.items() if name.startswith(PLEDGE)}
    return {
        "script": walks.script_of(held, said),
        "quick": outcome_words(walks.QUICK_OUTCOMES),
        "pledges": pledge_panels(fields),
        "note": (typed.get("note") or [""])[-1],
    }


def _words() -> dict[str, str]:
    return {name: str(text) for name, text in WORDS.items()} | {
        outcome.value: words for outcome, words in outcome_words(walks.ALL_OUTCOMES)
    }
