"""The calendar file of a drive."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from pledges.models import PartyMembershipDrive
from pledges.rules.calendar import AllDay, write_calendar

# At nine in the morning of the day before.
ALARM = timedelta(hours=15)


def calendar_of(drive: PartyMembershipDrive) -> str:
    """Return the last day to join and the days of the vote as a calendar file in the active language."""
    names = {"party": drive.party.phrase, "title": drive.title, "zone": drive.get_zone_display()}
    site = settings.SITE_URL.rstrip("/")
    host = urlsplit(site).hostname
    link = site + reverse("pledges:drive-page", args=[drive.slug])
    deadline = AllDay(
        uid=f"drive-{drive.pk}-join@{host}",
        first=drive.joins_by,
        last=drive.joins_by,
        summary=_("Last day to join %(party)s: %(title)s") % names,
        description=_("Until the end of the day, %(zone)s.") % names + f"\n{link}",
        url=link,
        alarm=ALARM,
    )
    vote = AllDay(
        uid=f"drive-{drive.pk}-vote@{host}",
        first=drive.vote_opens_on,
        last=drive.vote_closes_on,
        summary=_("Vote: %(title)s") % names,
        description=_("Until the end of the last day, %(zone)s.") % names + f"\n{link}",
        url=link,
        alarm=ALARM,
    )
    return write_calendar((deadline, vote), name=drive.title, changed_at=drive.changed_at)
