"""Reminders to vote: what stands in them, under which key each is sent once, and when one is of no use any more."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format, time_format

from coop4canada.kit.panels import functions_of
from coop4canada.kit.signing import seal
from pledges.enums import UNKNOWN_RIDING, VoteReminder
from pledges.models import ElectionCalendar, Pledge
from pledges.queries.voting import RidingVote, current_calendar, pledges_to_remind
from pledges.rules.voting import VoteMail
from supporters.models import OutgoingMessage, Supporter
from supporters.rules.person_name import given_name
from supporters.services import Draft
from supporters.services.outbox import PRIORITY_BULK

# Purposes of the links in these mails.
VOTED = "pledges.voted"
STOP_VOTING = "pledges.stop-voting"

KINDS = {
    VoteReminder.ADVANCE: "pledges/vote_advance",
    VoteReminder.EVE: "pledges/vote_eve",
    VoteReminder.DAY: "pledges/vote_day",
}


def vote_draft(
    pledge: Pledge, supporter: Supporter, mail: VoteMail, polling_on: date, facts: dict[str, Any]
) -> Draft:
    """Return the mail of a reminder for a person; its key makes it the same mail however often it is queued."""
    day = polling_on.isoformat()
    with translation.override(supporter.language):
        voted = reverse("voting:voted", args=[seal(VOTED, pledge.pk, day)])
        stop = reverse("voting:stop", args=[seal(STOP_VOTING, pledge.pk, day)])
    return Draft(
        kind=KINDS[mail.reminder],
        key=f"{KINDS[mail.reminder]}:{day}:{pledge.pk}",
        supporter=supporter,
        context={
            **facts,
            "name": given_name(supporter.name),
            "pledge_id": pledge.pk,
            "polling_on": day,
            "until": mail.until.isoformat(),
            "voted_path": voted,
            "one_click_path": stop,
        },
        priority=PRIORITY_BULK,
    )


def vote_facts(
    calendar: ElectionCalendar, vote: RidingVote | None, recommendation: dict[str, Any]
) -> dict[str, Any]:
    """Return what a mail says of the election in a riding, in both languages; without hours where it is not known."""
    days = calendar.days
    values: dict[str, Any] = {
        "riding_number": vote.riding.number if vote else UNKNOWN_RIDING,
        "recommendation": recommendation,
        "advance_is_one_day": days.advance_first_on == days.advance_last_on,
    }
    for language in ("en", "fr"):
        with translation.override(language):
            values |= {
                f"polling_day_{language}": date_format(days.polling_on, "DATE_FORMAT"),
                f"advance_first_{language}": date_format(days.advance_first_on, "DATE_FORMAT"),
                f"advance_last_{language}": date_format(days.advance_last_on, "DATE_FORMAT"),
                f"advance_hours_{language}": getattr(calendar, f"advance_hours_{language}"),
                f"where_url_{language}": getattr(calendar, f"where_url_{language}"),
                f"proof_url_{language}": getattr(calendar, f"proof_url_{language}"),
                f"riding_{language}": getattr(vote.riding, f"name_{language}") if vote else "",
                f"band_{language}": str(vote.riding.clock.band.label) if vote else "",
                f"opens_{language}": time_format(vote.hours.opens_at, "TIME_FORMAT") if vote else "",
                f"closes_{language}": time_format(vote.hours.closes_at, "TIME_FORMAT") if vote else "",
            }
    return values


def recommendation_for(number: int, mail: VoteMail, calendar: ElectionCalendar, zone: str) -> dict[str, Any]:
    """Return what the community recommends in a riding, as another part of the site tells it; empty if it does not.

    AppConfigs list functions under `recommendation_words`; each takes `riding_numbers` and `published_before` and returns
    {riding_number: {"text_en", "text_fr", "path_en", "path_fr"}}. On polling day nothing new is sent: what was published
    before that day began.
    """
    if number == UNKNOWN_RIDING:
        return {}
    moment = mail.at
    if mail.reminder == VoteReminder.DAY:
        moment = datetime.combine(calendar.polling_on, time.min, ZoneInfo(zone))
    return _recommendations([number], moment).get(number, {})


def _recommendations(numbers: Collection[int], published_before: datetime) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for reader in functions_of("recommendation_words"):
        found |= reader(riding_numbers=numbers, published_before=published_before)
    return found


def veto(*, message: OutgoingMessage, now: datetime) -> str:
    """Say why a reminder to vote must not leave now, right before it would; empty if it may, or is another mail."""
    if message.kind not in KINDS.values():
        return ""
    about = message.context
    if now >= datetime.fromisoformat(about["until"]):
        return "too late"
    calendar = current_calendar()
    if calendar is None or not calendar.is_called or calendar.polling_on.isoformat() != about["polling_on"]:
        return "the election moved"
    wanted = pledges_to_remind(calendar.polling_on)
    if not wanted.filter(pk=about["pledge_id"], supporter=message.supporter_id).exists():
        return "voted or withdrawn"
    return ""
