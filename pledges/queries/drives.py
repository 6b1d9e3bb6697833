"""Drives as pages and the public interface show them, neutral between parties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from campaign.enums import ShareTopic
from campaign.queries import ShareBox, share_box
from coop4canada.templatetags.formats import count, full_address
from pledges.models import PartyMembershipDrive
from pledges.rules.deadlines import (
    ONE_DAY,
    Phase,
    Standing,
    end_of,
    ending_of,
    standing,
    takes_reminders,
    takes_reports,
)

# Until this phase is over, what presses most is the last day to join.
BEFORE_THE_DEADLINE = frozenset({Phase.UPCOMING, Phase.JOINING})


@dataclass(frozen=True)
class DriveCard:
    """A drive at one moment.

    `ends_at`: when its phase ends, UTC; None once it is over.
    `joined`: how many told us that they joined, as of the last counting.
    """

    drive: PartyMembershipDrive
    standing: Standing
    ends_at: datetime | None
    joined: int

    @property
    def takes_reports(self) -> bool:
        """One can say “I joined”."""
        return takes_reports(self.standing.phase)

    @property
    def takes_reminders(self) -> bool:
        """One can ask for reminders."""
        return takes_reminders(self.standing.phase)

    @property
    def is_joinable(self) -> bool:
        """One can join today."""
        return self.standing.phase == Phase.JOINING


@dataclass(frozen=True)
class DrivesPage:
    """What is to come or under way, the soonest deadline first; and what is over, the latest first."""

    current: tuple[DriveCard, ...]
    past: tuple[DriveCard, ...]


def drives_page(now: datetime) -> DrivesPage:
    """Return every published drive."""
    cards = _cards(_published(), now)
    current = [card for card in cards if card.standing.phase != Phase.OVER]
    past = [card for card in cards if card.standing.phase == Phase.OVER]
    past.sort(key=lambda card: card.drive.vote_closes_on, reverse=True)
    return DrivesPage(tuple(current), tuple(past))


def joinable(now: datetime, most: int | None = None) -> tuple[DriveCard, ...]:
    """Return the drives that one can join today, the soonest deadline first."""
    # In UTC it may be tomorrow already.
    recent = _published().filter(joins_by__gte=now.date() - ONE_DAY)
    return tuple(card for card in _cards(recent, now) if card.is_joinable)[:most]


def drive_at(slug: str) -> PartyMembershipDrive | None:
    """Return the published drive with this slug, of whichever language; the active one comes first."""
    found = list(_published().filter(Q(slug_en=slug) | Q(slug_fr=slug)).order_by("pk")[:2])
    found.sort(key=lambda drive: drive.slug != slug)
    return found[0] if found else None


def drive_by_id(pk: int) -> PartyMembershipDrive | None:
    """Return a drive, published or not: for organizers."""
    return _with_counts().filter(pk=pk).first()


def drive_card(drive: PartyMembershipDrive, now: datetime) -> DriveCard:
    """Return what there is to say of a drive at this moment."""
    where = standing(drive.dates, now)
    joined: int = getattr(drive, "joined", 0)
    return DriveCard(drive, where, ending_of(drive.dates, where.phase), joined)


def share_of(card: DriveCard) -> ShareBox:
    """Return what is passed on about a drive."""
    drive = card.drive
    return share_box(
        ShareTopic.DRIVE,
        title=f"{drive.title}, {drive.party.name}",
        count=count(card.joined),
        link=full_address(drive.get_absolute_url()),
    )


def public_drives(now: datetime) -> list[dict[str, Any]]:
    """Return the public facts of every published drive, as the interface gives them."""
    page = drives_page(now)
    return [_public(card) for card in (*page.current, *page.past)]


def _with_counts() -> QuerySet[PartyMembershipDrive]:
    rows = PartyMembershipDrive.objects.select_related("party")
    return rows.annotate(joined=Coalesce(F("count__joined"), 0))


def _published() -> QuerySet[PartyMembershipDrive]:
    return _with_counts().filter(is_published=True)


def _cards(drives: Iterable[PartyMembershipDrive], now: datetime) -> list[DriveCard]:
    return sorted((drive_card(drive, now) for drive in drives), key=_urgency)


def _urgency(card: DriveCard) -> tuple[bool, datetime, int, str, int]:
    """Order by what presses most, then as parties are ordered everywhere; never by anything about the parties."""
    drive = card.drive
    is_before = card.standing.phase in BEFORE_THE_DEADLINE
    last_day = drive.joins_by if is_before else drive.vote_closes_on
    deadline = end_of(last_day, drive.zone)
    return (not is_before, deadline, drive.party.display_order, drive.party.code, drive.pk)


def _public(card: DriveCard) -> dict[str, Any]:
    drive = card.drive
    fields = ("slug", "title", "decision", "eligibility", "fee")
    texts = {
        f"{field}_{lang}": getattr(drive, f"{field}_{lang}") for field in fields for lang in ("en", "fr")
    }
    return {
        **texts,
        "party": drive.party.code,
        "join_url": drive.join_url,
        "opens_on": drive.opens_on,
        "joins_by": drive.joins_by,
        "vote_opens_on": drive.vote_opens_on,
        "vote_closes_on": drive.vote_closes_on,
        "zone": drive.zone,
        "phase": card.standing.phase.value,
        "days_left": card.standing.days_left,
        "joined": card.joined,
        "is_demonstration": drive.is_demonstration,
    }
