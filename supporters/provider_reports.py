"""Anymail's signal for what the mail provider reports; it is handed on to a service."""

from typing import Any

from anymail.signals import AnymailTrackingEvent, tracking
from django.dispatch import receiver

from coop4canada.kit.clock import now
from supporters.services import Report, note_report

# Where providers say what kind of bounce it was.
DETAILS = ("Type", "event", "bounce_class")


@receiver(tracking)
def take_report(event: AnymailTrackingEvent, esp_name: str, **_kwargs: Any) -> None:  # noqa: ANN401 — a signal's own
    """Hand a report on."""
    at = now()
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    report = Report(
        provider=esp_name,
        kind=event.event_type or "unknown",
        event_id=event.event_id or "",
        message_id=str(event.message_id or ""),
        message_key=str((event.metadata or {}).get("key", "")),
        recipient=event.recipient or "",
        reason=event.reject_reason or "",
        detail=" ".join(str(told.get(name, "")) for name in DETAILS),
        at=event.timestamp or at,
    )
    note_report(report=report, now=at)
