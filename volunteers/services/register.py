"""The register of numbers called, which the law wants kept when everything else about a voter is deleted."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from ridings.rules.clocks import EASTERN
from volunteers.models import CalledNumber, Lease
from volunteers.rules.calling_hours import ZONES

# One year after the end of the election period, which ends at most 51 days after any call within it; a day for leap years.
# Source: Canada Elections Act, S.C. 2000, c. 9, sections 57 and 348.19.
KEPT_FOR = timedelta(days=51 + 366)
_PURGED_AT_ONCE = 5_000


def note_called(*, lease: Lease, now: datetime) -> None:
    """Enter the number of a call that is being dialled; once a day and script."""
    contact = lease.contact
    clock = ZoneInfo(contact.zone if contact.zone in ZONES else EASTERN.zone)
    day = now.astimezone(clock).date()
    row = CalledNumber(
        e164=contact.phone,
        called_on=day,
        script_version_id=lease.script_version_id,
        riding_number=contact.riding_number,
        kept_until=day + KEPT_FOR,
    )
    CalledNumber.objects.bulk_create([row], ignore_conflicts=True)


def purge_called_numbers(*, now: datetime) -> int:
    """Delete what need not be kept any more; return how many."""
    old = CalledNumber.objects.filter(kept_until__lt=now.astimezone(UTC).date())
    count = 0
    while ids := list(old.order_by("pk").values_list("pk", flat=True)[:_PURGED_AT_ONCE]):
        with transaction.atomic():
            count += CalledNumber.objects.filter(pk__in=ids).delete()[0]
    return count
