"""Builders of an election and of those who pledged to vote in it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from campaign.models import Campaign
from pledges.models import ElectionCalendar, Pledge
from supporters.models import OutgoingMessage, Supporter

POLLING = dt.date(2029, 10, 15)
LONG_BEFORE = dt.datetime(2029, 9, 1, tzinfo=dt.UTC)
TORONTO, VANCOUVER, ST_JOHNS = "America/Toronto", "America/Vancouver", "America/St_Johns"
OAKVILLE, VANCOUVER_EAST, AVALON = 35075, 59036, 10001


def at(day: int, hour: int, minute: int = 5, zone: str = TORONTO) -> dt.datetime:
    """Return a time in October 2029, by the clock of a zone: 15 is polling day."""
    return dt.datetime(2029, 10, day, hour, minute, tzinfo=ZoneInfo(zone))


def election(*, is_called: bool = True, **fields: Any) -> ElectionCalendar:
    """Enter the election of the active campaign, confirmed by an organizer."""
    campaign = Campaign.objects.filter(is_active=True).first() or Campaign.objects.create(
        name_en="Cooperate", name_fr="Coopérer", election_on=POLLING, is_active=True
    )
    calendar = ElectionCalendar.objects.create(campaign=campaign, moved_to=POLLING, **fields)
    if is_called:
        ElectionCalendar.objects.filter(pk=calendar.pk).update(called_for=POLLING, called_at=LONG_BEFORE)
        calendar.refresh_from_db()
    return calendar


def voter(email: str = "amara@example.org", riding: int | None = OAKVILLE, **fields: Any) -> Pledge:
    """Make a confirmed pledge of somebody who can vote."""
    since = fields.pop("since", LONG_BEFORE)
    language = fields.pop("language", "en")
    person = Supporter.objects.create(
        email=email,
        email_key=email,
        name=email.partition("@")[0].title(),
        search_text=email,
        language=language,
        email_confirmed_at=fields.pop("email_confirmed_at", since),
        created_at=since,
    )
    defaults = {"state": "confirmed", "confirmed_at": since, "created_at": since, "language": language}
    return Pledge.objects.create(supporter=person, riding_number=riding, **{**defaults, **fields})


def many_voters(count: int, riding: int | None = OAKVILLE) -> None:
    """Make so many voters at once."""
    people = Supporter.objects.bulk_create(
        Supporter(
            email=f"p{number}@example.org",
            email_key=f"p{number}@example.org",
            name="P",
            search_text="p",
            email_confirmed_at=LONG_BEFORE,
            created_at=LONG_BEFORE,
        )
        for number in range(count)
    )
    Pledge.objects.bulk_create(
        Pledge(
            supporter=person,
            riding_number=riding,
            state="confirmed",
            confirmed_at=LONG_BEFORE,
            created_at=LONG_BEFORE,
        )
        for person in people
    )


def reminded() -> list[tuple[str, str]]:
    """Return which reminders were queued to whom, in order."""
    rows = OutgoingMessage.objects.filter(kind__startswith="pledges/vote_").order_by("pk")
    return [(kind.removeprefix("pledges/vote_"), to) for kind, to in rows.values_list("kind", "to")]
