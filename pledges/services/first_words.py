"""Drives that come with the program, to show what the pages look like."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from campaign.models import Party
from pledges.models import PartyMembershipDrive

DAY_FIELDS = ("joins_by", "vote_opens_on", "vote_closes_on")


@transaction.atomic
def install_drives(*, rows: Iterable[Mapping[str, Any]], today: date) -> int:
    """Create the demonstration drives that are missing and return how many; those there stay as organizers edited them.

    Args:
        rows: columns of the drive; `party` is a code, days are numbers of days from today.
        today: the day from which they count.
    """
    parties = Party.objects.in_bulk(field_name="code")
    known = set(PartyMembershipDrive.objects.values_list("slug_en", flat=True))
    new = [
        _drive(row, parties[row["party"]], today)
        for row in rows
        if row["slug_en"] not in known and row["party"] in parties
    ]
    PartyMembershipDrive.objects.bulk_create(new)
    return len(new)


def _drive(row: Mapping[str, Any], party: Party, today: date) -> PartyMembershipDrive:
    days = {field: today + timedelta(days=row[field]) for field in DAY_FIELDS}
    return PartyMembershipDrive(**{**row, **days, "party": party}, is_published=True, is_demonstration=True)
