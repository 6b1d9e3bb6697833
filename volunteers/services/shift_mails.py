"""Mails about one shift: what stands in them, and whether one is still of use."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.translation import override

from coop4canada.kit.signing import seal
from supporters.models import OutgoingMessage
from volunteers.enums import COMING, SignupState
from volunteers.models import Shift, ShiftSignup
from volunteers.services.team_mails import LANGUAGES, Note, post

# Purpose of the link in these mails; it opens one sign-up and nothing else.
SIGNUP_LINK = "volunteers.signup"
REMINDERS = ("volunteers/shift_reminder", "volunteers/shift_after")


def mail_signup(signup: ShiftSignup, *, now: datetime) -> None:
    """Tell somebody where they stand: signed up, on the waiting list, or moved up from it."""
    key = f"{signup.pk}:{signup.state}:{signup.changed_at.timestamp():.6f}"
    _post("shift_signup", key, signup, {}, now)


def mail_reminder(signup: ShiftSignup, rung: str, *, until: datetime, now: datetime) -> None:
    """Remind somebody; `until` says how long the mail is of use."""
    facts = {
        "rung": rung,
        "signup_id": signup.pk,
        "starts_at": signup.shift.starts_at.isoformat(),
        "until": until.isoformat(),
    }
    kind = "shift_after" if rung == "after" else "shift_reminder"
    _post(kind, f"{signup.pk}:{rung}:{signup.shift.starts_at.timestamp():.0f}", signup, facts, now)


def mail_change(signup: ShiftSignup, *, is_cancelled: bool, now: datetime) -> None:
    """Tell somebody at once that time or place changed, or that nothing takes place."""
    key = f"{signup.pk}:{signup.shift.sequence}:{'off' if is_cancelled else 'moved'}"
    _post("shift_change", key, signup, {"is_cancelled": is_cancelled}, now)


def veto(*, message: OutgoingMessage, now: datetime) -> str:
    """Say why a reminder must not leave now, right before it would; empty if it may, or is another mail.

    The row is read anew: the shift may have been moved or cancelled, or the person may have said no, since it was queued.
    """
    if message.kind not in REMINDERS:
        return ""
    about = message.context
    if now >= datetime.fromisoformat(about["until"]):
        return "too late"
    signup = ShiftSignup.objects.filter(pk=about["signup_id"]).select_related("shift").first()
    if signup is None or not wants_reminder(signup, is_over=about["rung"] == "after"):
        return "not coming"
    if signup.shift.starts_at != datetime.fromisoformat(about["starts_at"]):
        return "the shift moved"
    return ""


def wants_reminder(signup: ShiftSignup, *, is_over: bool) -> bool:
    """Say whether the state of a sign-up and its shift allow a reminder, or thanks once it is over."""
    if signup.shift.cancelled_at is not None:
        return False
    return signup.state in COMING or (is_over and signup.state == SignupState.ATTENDED)


def _post(kind: str, key: str, signup: ShiftSignup, more: dict[str, Any], now: datetime) -> None:
    context = {**shift_facts(signup.shift), "state": signup.state, **_paths(signup), **more}
    note = Note(kind, key, context, language=signup.language)
    post(note, to=signup.user, about=signup.shift.event.team, now=now)


def shift_facts(shift: Shift) -> dict[str, str]:
    """Return what a mail says of a shift, in both languages, by the clock of its place."""
    event, clock = shift.event, ZoneInfo(shift.event.zone)
    starts, ends = shift.starts_at.astimezone(clock), shift.ends_at.astimezone(clock)
    facts = {"place": ", ".join(part for part in (event.place_name, event.address) if part)}
    facts["link"] = event.online_link
    for language in LANGUAGES:
        with override(language):
            facts |= {
                f"title_{language}": event.title,
                f"day_{language}": date_format(starts, "l, j F Y" if language == "en" else "l j F Y"),
                f"begins_{language}": time_format(starts, "TIME_FORMAT"),
                f"ends_{language}": time_format(ends, "TIME_FORMAT"),
                f"zone_{language}": starts.tzname() or "",
            }
    return facts


def _paths(signup: ShiftSignup) -> dict[str, str]:
    token = seal(SIGNUP_LINK, signup.pk)
    with override(signup.language):
        return {
            "signup_path": reverse("teams:signup-link", args=[token]),
            "calendar_path": reverse("teams:signup-calendar", args=[token]),
        }
