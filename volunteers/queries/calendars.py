"""Somebody's shifts as a calendar file."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from volunteers.enums import SignupState
from volunteers.models import CalendarFeed, ShiftSignup
from volunteers.queries.events import place_of
from volunteers.rules.event_calendar import Appointment, write_appointments

# Shifts that are over stay in the feed for so long, so that a program does not take them out of the past week.
KEPT = timedelta(days=90)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def calendar_of_signup(signup: ShiftSignup) -> str:
    """Return one shift as a calendar file, in the active language."""
    return write_appointments([_appointment(signup)], name=signup.shift.event.title)


def calendar_of_feed(secret: str, *, now: datetime) -> str | None:
    """Return the shifts of whoever has this private address; None if it is no address of ours any more."""
    feed = CalendarFeed.objects.filter(secret=secret, user__is_active=True).first()
    if feed is None:
        return None
    rows = ShiftSignup.objects.filter(user_id=feed.user_id, shift__ends_at__gt=now - KEPT)
    found = rows.select_related("shift__event__team").order_by("shift__starts_at", "pk")
    return write_appointments(_appointments(found), name=_("My volunteering"))


def feed_secret(user_id: int) -> str:
    """Return the secret of somebody's private address; empty before they asked for one."""
    return CalendarFeed.objects.filter(user_id=user_id).values_list("secret", flat=True).first() or ""


def _appointments(signups: Iterable[ShiftSignup]) -> Iterable[Appointment]:
    return (_appointment(signup) for signup in signups)


def _appointment(signup: ShiftSignup) -> Appointment:
    shift, event = signup.shift, signup.shift.event
    site = settings.SITE_URL.rstrip("/")
    link = site + reverse("teams:shift", args=[shift.pk])
    is_off = shift.cancelled_at is not None or signup.state == SignupState.CANCELLED
    changed_at = max(shift.changed_at, signup.changed_at)
    words = [event.text, event.online_link, link]
    return Appointment(
        uid=f"shift-{shift.pk}-{signup.pk}@{urlsplit(site).hostname}",
        # Cancelling and signing up again change the entry as much as moving the shift does: what changed last counts.
        sequence=max(int((changed_at - FIRST).total_seconds()), 0),
        changed_at=changed_at,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        summary=event.title,
        place=place_of(event),
        description="\n".join(word for word in words if word),
        url=link,
        is_cancelled=is_off,
        is_tentative=signup.state == SignupState.WAITLISTED,
    )
