"""Notices of providers: written down first, once each, then followed by looking up what they speak of.

A notice is a hint: its words are not kept and not believed. It may come twice, late, in any order, or never.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from coop4canada.kit.jobs import enqueue
from polls.gateways import Event, GatewayDown, gateway_of
from polls.models import ProviderEvent
from polls.rules.pauses import is_given_up, pause_before
from polls.services.claiming import claim
from polls.services.settling import alert
from polls.services.taking_in import Unknown, take_in

logger = logging.getLogger(__name__)


@transaction.atomic
def note_event(*, provider: str, event: Event, now: datetime) -> None:
    """Write a notice down, unless it is there already, and wake the job that follows it."""
    row = ProviderEvent(
        provider=provider,
        event_id=event.id,
        kind=event.kind,
        object_ref=event.object_ref,
        received_at=now,
        done_at=None if event.kind else now,
    )
    ProviderEvent.objects.bulk_create([row], ignore_conflicts=True)
    enqueue("polls.tasks.follow_events")


def follow_events(*, now: datetime) -> int:
    """Follow the notices that wait; return how many are done with."""
    return sum(_follow(event, now) for event in claim(_waiting(), now=now))


def _waiting() -> QuerySet[ProviderEvent]:
    return ProviderEvent.objects.filter(done_at__isnull=True)


def _follow(event: ProviderEvent, now: datetime) -> bool:
    try:
        take_in(gateway_of(event.provider), event.kind, event.object_ref, now=now)
    except GatewayDown as error:
        return _put_off(event, f"no answer: {error}", now)
    except LookupError as error:
        # A notice may overtake the transaction that writes down what it speaks of.
        if not is_given_up(since=event.received_at, now=now):
            return _put_off(event, f"unknown: {error}", now)
        _tell(event, error, now)
    except Exception:
        logger.exception("notice %s could not be followed", event)
        return _put_off(event, "failed, see the log", now)
    ProviderEvent.objects.filter(pk=event.pk).update(done_at=now, leased_until=None, error="")
    return True


def _put_off(event: ProviderEvent, error: str, now: datetime) -> bool:
    tries = event.tries + 1
    ProviderEvent.objects.filter(pk=event.pk).update(
        tries=tries, leased_until=now + pause_before(tries), error=error[:300]
    )
    return False


def _tell(event: ProviderEvent, error: LookupError, now: datetime) -> None:
    if isinstance(error, Unknown) and not error.is_money:
        return
    alert(f"event:{event.pk}", f"The provider speaks of {error}, of which we know nothing.", now=now)
