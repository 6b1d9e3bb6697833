"""What the caller's page asks while it is open, as JSON: the next call, dialling, signs of life, the outcome.

Session and CSRF token as with any form. Whoever belongs to no team finds nothing here; of a call only its holder does.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coop4canada.kit.db import database_now
from coop4canada.kit.http import View
from supporters.doors import signed_in
from supporters.models import User
from volunteers.enums import NothingToCall
from volunteers.forms.call_messages import BadMessage, LeaseMessage, OutcomeMessage, read_message
from volunteers.queries.queue import QueueState
from volunteers.rules.callbacks import BadCallback
from volunteers.services.attempts import NotYourAttempt
from volunteers.services.calls import (
    Gone,
    Nothing,
    NotYourCall,
    dial,
    heartbeat,
    next_contact,
    record_outcome,
    skip_contact,
)

Answer = tuple[HTTPStatus, dict[str, Any]]
Act = Callable[[HttpRequest, User, datetime], Answer]


def _call_view(act: Act) -> View:
    """Make a view of something a caller does: by the database's clock, garbled messages answered with 422."""

    @wraps(act)
    def view(request: HttpRequest) -> HttpResponse:
        now = database_now()
        try:
            status, body = act(request, cast("User", request.user), now)
        except NotYourCall:
            status, body = HTTPStatus.NOT_FOUND, {"message": _("There is no such call.")}
        except NotYourAttempt:
            status, body = _unprocessable("client_id")
        except BadCallback:
            words = _("Choose a time in the next 60 days.")
            status, body = HTTPStatus.UNPROCESSABLE_ENTITY, {"message": words, "fields": "callback"}
        except BadMessage as wrong:
            status, body = _unprocessable(str(wrong))
        return JsonResponse({**body, "now": now}, status=status)

    return signed_in(require_POST(view))


def _unprocessable(fields: str) -> Answer:
    words = _("What was sent cannot be read: %(fields)s") % {"fields": fields}
    return HTTPStatus.UNPROCESSABLE_ENTITY, {"message": words, "fields": fields}


def _gone(gone: Gone, status: HTTPStatus) -> Answer:
    return status, {"reason": gone.reason.value, "message": str(gone.reason.label)}


def _queue(queue: QueueState | None) -> dict[str, Any] | None:
    if queue is None:
        return None
    rows = [{"why": why.value, "label": str(why.label), "count": count} for why, count in queue.blocked]
    return {"blocked": rows, "next_ready_at": queue.next_ready_at}


def _next(_request: HttpRequest, caller: User, now: datetime) -> Answer:
    """Hand out whom to call, or say why there is nobody."""
    found = next_contact(caller=caller, now=now)
    if not isinstance(found, Nothing):
        return HTTPStatus.OK, {"call": asdict(found)}
    is_stranger = found.reason == NothingToCall.NO_MEMBER
    status = HTTPStatus.NOT_FOUND if is_stranger else HTTPStatus.OK
    words = {"reason": found.reason.value, "message": str(found.reason.label)}
    return status, {"call": None, **words, "queue": _queue(found.queue)}


def _dial(request: HttpRequest, caller: User, now: datetime) -> Answer:
    """Note that the number is dialled, or say why it must not be."""
    lease_id = read_message(LeaseMessage, request.body).lease
    dialled = dial(lease_id=lease_id, caller=caller, now=now)
    if isinstance(dialled, Gone):
        return _gone(dialled, HTTPStatus.CONFLICT)
    return HTTPStatus.OK, asdict(dialled)


def _heartbeat(request: HttpRequest, caller: User, now: datetime) -> Answer:
    """Keep the call, or say with 410 that it is gone."""
    lease_id = read_message(LeaseMessage, request.body).lease
    sign = heartbeat(lease_id=lease_id, caller=caller, now=now)
    if isinstance(sign, Gone):
        return _gone(sign, HTTPStatus.GONE)
    return HTTPStatus.OK, asdict(sign)


def _outcome(request: HttpRequest, caller: User, now: datetime) -> Answer:
    """Record what came of the call."""
    message = read_message(OutcomeMessage, request.body)
    result = record_outcome(lease_id=message.lease, caller=caller, submission=message.submission(), now=now)
    return HTTPStatus.OK, {
        "client_id": result.attempt.client_id,
        "outcome": result.attempt.outcome,
        "kept": result.kept.value,
        "message": str(result.kept.label),
        "promised_at": result.promised_at,
        "was_moved": result.was_moved,
    }


def _skip(request: HttpRequest, caller: User, now: datetime) -> Answer:
    """Give the contact back."""
    lease_id = read_message(LeaseMessage, request.body).lease
    return HTTPStatus.OK, {"was_held": skip_contact(lease_id=lease_id, caller=caller, now=now)}


next_call = _call_view(_next)
dial_call = _call_view(_dial)
keep_call = _call_view(_heartbeat)
end_call = _call_view(_outcome)
skip_call = _call_view(_skip)
