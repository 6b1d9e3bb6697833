"""Vocabulary of events, shifts and who signs up for them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EventKind(TextChoices):
    """What a team does together."""

    CANVASS = "canvass", _("canvass")
    PHONE = "phone", _("phone bank")
    TRAINING = "training", _("training")
    MEETING = "meeting", _("meeting")


class Visibility(TextChoices):
    """Who sees an event."""

    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members of the team")


class SignupState(TextChoices):
    """Where somebody stands with a shift; the allowed moves are in `rules/signups.py`."""

    REGISTERED = "registered", _("signed up")
    WAITLISTED = "waitlisted", _("on the waiting list")
    CONFIRMED = "confirmed", _("said again that they come")
    CANCELLED = "cancelled", _("cancelled")
    ATTENDED = "attended", _("was there")
    MISSED = "missed", _("was not there")


class ShiftMail(TextChoices):
    """What is mailed to whoever signed up, by the clock; each once for a person and a time of the shift."""

    EVE = "eve", _("the day before")
    DAY = "day", _("on the day")
    AFTER = "after", _("thank you")


# They hold a seat.
SEATED = frozenset({SignupState.REGISTERED, SignupState.CONFIRMED, SignupState.ATTENDED, SignupState.MISSED})
# They mean to come.
COMING = frozenset({SignupState.REGISTERED, SignupState.CONFIRMED})
