"""Made-up drives for the style guide, one in every phase."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext

from campaign.models import Party
from coop4canada.kit.clock import now
from pledges.models import PartyMembershipDrive
from pledges.queries import DriveCard, drive_card

register = template.Library()

# First and last day to join, first and last day of the vote, counted from today: one row for each phase.
PHASES = ((12, 40, 60, 67), (-9, 30, 60, 67), (-9, -1, 30, 37), (-30, -9, -1, 5), (-90, -60, -30, -23))


@register.simple_tag
def sample_drives() -> tuple[DriveCard, ...]:
    """Return a card for every phase; nothing of it is stored."""
    return tuple(_card(*days) for days in PHASES)


def _card(opens: int, joins_by: int, vote_opens: int, vote_closes: int) -> DriveCard:
    moment = now()
    opens_on, joins_by_on, vote_opens_on, vote_closes_on = (
        moment.date() + timedelta(days=days) for days in (opens, joins_by, vote_opens, vote_closes)
    )
    name = gettext("Party %(code)s") % {"code": "A"}
    title = gettext("Sample vote")
    drive = PartyMembershipDrive(
        party=Party(code="A", name_en=name, name_fr=name, colour="#D71920"),
        slug_en="sample",
        slug_fr="sample",
        title_en=title,
        title_fr=title,
        opens_on=opens_on,
        joins_by=joins_by_on,
        vote_opens_on=vote_opens_on,
        vote_closes_on=vote_closes_on,
    )
    return drive_card(drive, moment)
