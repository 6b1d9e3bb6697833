"""Where payment providers send their notices."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse

from coop4canada.kit import clock
from coop4canada.kit.http import machine_form
from polls.gateways import BadEvent, card_gateway
from polls.services.provider_events import note_event

# Notices are a few kB; a larger body is none.
LARGEST_BODY = 256 * 1024


@machine_form
def provider_events(request: HttpRequest, provider: str) -> HttpResponse:
    """Take a notice whose signature is genuine, once; what it says is looked up later."""
    gateway = card_gateway()
    if gateway is None or provider != gateway.name:
        raise Http404
    if len(request.body) > LARGEST_BODY:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    now = clock.now()
    try:
        event = gateway.read_event(body=request.body, headers=request.headers, now=now)
    except BadEvent:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    note_event(provider=gateway.name, event=event, now=now)
    return HttpResponse(status=HTTPStatus.OK)
