"""Mails about turfs: given to you, due soon, past its day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from coop4canada.kit.senders import Letter
from ridings.enums import Province
from ridings.queries.clocks import riding_clocks
from ridings.rules.clocks import EASTERN
from ridings.rules.fed_number import BadFedNumber, province_of
from supporters.models import Supporter
from supporters.rules.email import BadAddress, read_address
from supporters.services.outbox import queue_letter
from volunteers.models import TurfCheckout


def queue_given(*, checkout: TurfCheckout, now: datetime) -> None:
    """Tell somebody that a captain gave them a turf."""
    _queue("turf_given", checkout, now)


def queue_reminder(*, checkout: TurfCheckout, now: datetime) -> None:
    """Remind somebody of the turf they hold; queued twice it is one mail."""
    _queue("turf_due", checkout, now)


def queue_expired(*, checkout: TurfCheckout, now: datetime) -> None:
    """Tell somebody that the turf is no longer theirs, and that what they noted still counts."""
    _queue("turf_expired", checkout, now)


def _queue(name: str, checkout: TurfCheckout, now: datetime) -> None:
    try:
        address = read_address(checkout.holder.email)
    except BadAddress:
        return  # an account that an organizer entered with an address of this machine only
    riding = checkout.turf.team.riding_number or 0
    clock = riding_clocks().get(riding)
    due_on = checkout.due_at.astimezone(ZoneInfo((clock.clock if clock else EASTERN).zone)).date()
    known = Supporter.objects.filter(email_key=address.key).values_list("language", flat=True).first()
    letter = Letter(
        kind=f"volunteers/{name}",
        key=f"volunteers/{name}:{checkout.pk}",
        to=address,
        language=known or ("fr" if _is_in_quebec(riding) else "en"),
        context={
            "turf": checkout.turf.name,
            "door_count": checkout.turf.doors.filter(suppressed_at__isnull=True).count(),
            **_in_both(checkout, due_on),
        },
    )
    queue_letter(letter=letter, now=now)


def _is_in_quebec(riding: int) -> bool:
    try:
        return province_of(riding) is Province.QC
    except BadFedNumber:
        return False


def _in_both(checkout: TurfCheckout, due_on: date) -> dict[str, str]:
    """Return the day and the addresses as each language writes them; the mail takes those of its own."""
    words = {}
    for language in ("en", "fr"):
        with override(language):
            words[f"due_{language}"] = date_format(due_on, "DATE_FORMAT")
            words[f"doors_path_{language}"] = reverse("doors:walk", args=[checkout.pk])
            turfs_path = reverse("canvass:turfs", args=[checkout.turf.team.riding_number])
            words[f"turfs_path_{language}"] = turfs_path
    return words
