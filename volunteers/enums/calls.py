"""Vocabulary of the phone team's queue."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Need(IntegerChoices):
    """How much a riding needs calls, by its class on the map; also which ridings a list is called in."""

    ANY = 0, _("every riding, those in need first")
    EMERGING = 1, _("swing ridings and emerging battlegrounds")
    SWING = 2, _("swing ridings only")


class NothingToCall(TextChoices):
    """Why a caller is given nobody."""

    SUSPENDED = "suspended", _("This account is suspended.")
    NO_MEMBER = "no_member", _("You are in no team that calls.")
    NO_CERTIFICATE = "no_certificate", _("Please pass the short training for calls first.")
    CLOCKS = (
        "clocks",
        _("The site’s time zone data is out of date, so nobody is called. Organizers must update it."),
    )
    NO_LIST = "no_list", _("No list with a script in use is being called right now.")
    EMPTY = "empty", _("Nobody can be called right now.")


class NoCall(TextChoices):
    """Why a number is not dialled, or a call must end."""

    OUTSIDE_HOURS = "hours", _("It is outside of calling hours where this person lives.")
    DO_NOT_CALL = "dnc", _("Do not call: this person wants no contact.")
    REVOKED = "revoked", _("You may not call any more: this call was taken from you.")
    CLOSED = "closed", _("The list was closed.")
    LAPSED = "lapsed", _("Your time for this call ran out.")
    RECORDED = "recorded", _("The outcome of this call is recorded.")
    SKIPPED = "skipped", _("You gave this person back.")
    CLOCKS = "clocks", NothingToCall.CLOCKS.label


class Kept(TextChoices):
    """How what a caller sent in was kept."""

    COUNTED = "counted", _("recorded")
    CORRECTION = "correction", _("recorded as a correction")
    LATE = "late", _("kept as late: the call had been taken over or ended meanwhile")


class Blocked(TextChoices):
    """Why a contact is not called now; `READY`: nothing is in the way."""

    READY = "ready", _("can be called now")
    OUTSIDE_HOURS = "hours", _("outside of calling hours")
    COOLDOWN = "cooldown", _("tried lately: rests before the next call")
    CALLBACK = "callback", _("asked to be called later")
    ALLOCATED = "allocated", _("with a caller now")
    NOT_IN_NEED = "no_need", _("in a riding that the list is not called in")
    PAUSED = "paused", _("list paused")
    NO_SCRIPT = "no_script", _("list without a script in use")
    HELD = "held", _("waits for an organizer")
    DONE = "done", _("done")
    EXHAUSTED = "exhausted", _("tried as often as allowed")
    INVALID = "invalid", _("wrong number")
    SUPPRESSED = "suppressed", _("do not contact")
