"""What a caller sees: the page to begin from, the call under way, and what was said of the last one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from ridings.queries.for_people import name_of_riding
from ridings.rules import clocks
from ridings.rules.clocks import EASTERN
from supporters.models import User
from volunteers.enums import Channel, EndOfLease, Outcome
from volunteers.models import Attempt, HelpRequest, Lease, Membership, Team, TrainerDuty
from volunteers.queries.callers import teams_of_caller
from volunteers.queries.calls import Offer, held_lease, offer_of
from volunteers.queries.leaderboard import OwnStatistics, Place, leaderboard, own_statistics
from volunteers.queries.queue import QueueState, remembered_queue_of
from volunteers.queries.scripts import Conversation, ShownLine, conversation, shown_lines
from volunteers.queries.training import holds_certificate
from volunteers.rules.calling_hours import ZONES, is_open, next_opening, province_of_riding

# So far back a caller may still say what came of a call.
STILL_TOLD = timedelta(days=2)
MOST_UNFINISHED = 5
_NAMES: dict[str, StrPromise] = {
    clocks.NEWFOUNDLAND.zone: _("Newfoundland"),
    clocks.LABRADOR.zone: _("Labrador"),
    clocks.ATLANTIC.zone: _("New Brunswick, Nova Scotia, Prince Edward Island"),
    clocks.EASTERN.zone: _("Ontario, Quebec"),
    clocks.NUNAVUT.zone: _("Nunavut"),
    clocks.CENTRAL.zone: _("Manitoba"),
    clocks.SASKATCHEWAN.zone: _("Saskatchewan"),
    clocks.MOUNTAIN.zone: _("Alberta"),
    clocks.NORTH_WEST.zone: _("Northwest Territories"),
    clocks.PACIFIC.zone: _("British Columbia"),
    clocks.YUKON.zone: _("Yukon"),
}


@dataclass(frozen=True)
class Region:
    """A part of the country by its clock: what time it is there, and whether anybody may be called."""

    name: str
    local: datetime
    is_open: bool
    opens_at: datetime | None


@dataclass(frozen=True)
class Unfinished:
    """A call of which nobody told what came of it; the voter's name is no longer for this caller."""

    lease_id: UUID
    list_name: str
    riding: str
    dialled_at: datetime


@dataclass(frozen=True)
class Recorded:
    """What was recorded of the caller's former call. `is_final`: nobody can take that word back but an organizer."""

    lease_id: UUID
    label: str
    is_late: bool
    is_final: bool
    promised_at: datetime | None
    promised_there: datetime | None


@dataclass(frozen=True)
class HelpAtHand:
    """Trainers on duty with how they are reached, and the caller's open request."""

    trainers: tuple[TrainerDuty, ...]
    asked: HelpRequest | None


@dataclass(frozen=True)
class StartPage:
    """Everything that the page to begin from shows."""

    is_member: bool
    is_certified: bool
    held: UUID | None
    queue: QueueState | None
    regions: tuple[Region, ...]
    unfinished: tuple[Unfinished, ...]
    statistics: OwnStatistics
    team: Team | None
    on_leaderboard: bool
    places: tuple[Place, ...]
    help: HelpAtHand
    recorded: Recorded | None


@dataclass(frozen=True)
class Former:
    """An earlier attempt to reach somebody; no notes."""

    happened_at: datetime
    label: str


@dataclass(frozen=True)
class CallPage:
    """The call under way. `offer` None: it is over, only its outcome may still be told."""

    lease_id: UUID
    offer: Offer | None
    ended: EndOfLease | None
    riding: str
    zone: str
    now_there: datetime
    is_open_now: bool
    former: tuple[Former, ...]
    conversation: Conversation | None
    lines: tuple[ShownLine, ...]
    help: HelpAtHand
    recorded: Recorded | None


def start_page(user: User, *, now: datetime, done: UUID | None) -> StartPage:
    """Return the page to begin from."""
    teams = teams_of_caller(user)
    held = held_lease(user.pk)
    national = Team.objects.filter(riding_number=None, closed_at=None).first()
    mine = national and Membership.objects.filter(team=national, user=user, ended_at=None).first()
    return StartPage(
        is_member=bool(teams),
        is_certified=holds_certificate(user, Channel.PHONE),
        held=held.pk if held else None,
        queue=remembered_queue_of(user, now) if teams else None,
        regions=regions(now),
        unfinished=_unfinished(user, now),
        statistics=own_statistics(user, Channel.PHONE, now),
        team=national if mine else None,
        on_leaderboard=bool(mine and mine.on_leaderboard),
        places=leaderboard(national, reader=user, now=now) if national and mine else (),
        help=help_at_hand(user),
        recorded=recorded_of(user, done),
    )


def call_page(
    user: User, lease_id: UUID, *, now: datetime, answers: Mapping[str, str], done: UUID | None
) -> CallPage | None:
    """Return a call of this caller, and nobody else's; None where there is no such call."""
    rows = Lease.objects.select_related("contact__contact_list", "script_version__script")
    lease = rows.filter(pk=lease_id, caller=user).first()
    if lease is None:
        return None
    contact = lease.contact
    zone = contact.zone if contact.zone in ZONES else EASTERN.zone
    spoken = conversation(lease.script_version, caller=user.name or "…") if lease.script_version else None
    return CallPage(
        lease_id=lease.pk,
        offer=offer_of(lease, is_resumed=True, now=now) if lease.ended_at is None else None,
        ended=EndOfLease(lease.end_reason) if lease.ended_at else None,
        riding=name_of_riding(contact.riding_number),
        zone=zone,
        now_there=now.astimezone(ZoneInfo(zone)),
        is_open_now=is_open(contact.zone, province_of_riding(contact.riding_number), now),
        former=_former(lease),
        conversation=spoken,
        lines=shown_lines(spoken, answers) if spoken else (),
        help=help_at_hand(user),
        recorded=recorded_of(user, done),
    )


def regions(now: datetime) -> tuple[Region, ...]:
    """Return the parts of the country from east to west, with the hours in which people there are called."""
    return tuple(_region(zone, name, now) for zone, name in _NAMES.items())


def help_at_hand(user: User) -> HelpAtHand:
    """Return who can help a caller now."""
    duties = TrainerDuty.objects.filter(ended_at=None).select_related("trainer").order_by("began_at")
    asked = HelpRequest.objects.filter(caller=user, closed_at=None).select_related("taken_by").first()
    return HelpAtHand(tuple(duties), asked)


def recorded_of(user: User, lease_id: UUID | None) -> Recorded | None:
    """Return what the caller said last of a call of theirs."""
    if lease_id is None:
        return None
    rows = Attempt.objects.filter(lease_id=lease_id, by=user).select_related("contact")
    attempt = rows.order_by("-pk").first()
    if attempt is None:
        return None
    contact = attempt.contact
    promised = contact.callback_at if contact and attempt.outcome == Outcome.CALL_BACK else None
    zone = contact.zone if contact and contact.zone in ZONES else EASTERN.zone
    return Recorded(
        lease_id=lease_id,
        label=attempt.get_outcome_display(),
        is_late=attempt.is_late,
        is_final=attempt.outcome == Outcome.DO_NOT_CONTACT,
        promised_at=promised,
        promised_there=promised.astimezone(ZoneInfo(zone)) if promised else None,
    )


def _region(zone: str, name: StrPromise, now: datetime) -> Region:
    province = next(iter(ZONES[zone])) if len(ZONES[zone]) == 1 else None
    opens_at = next_opening(zone, province, now)
    clock = ZoneInfo(zone)
    return Region(
        str(name),
        now.astimezone(clock),
        is_open(zone, province, now),
        opens_at.astimezone(clock) if opens_at else None,
    )


def _unfinished(user: User, now: datetime) -> tuple[Unfinished, ...]:
    lapsed = Lease.objects.filter(
        caller=user, end_reason=EndOfLease.EXPIRED, dialled_at__isnull=False, ended_at__gt=now - STILL_TOLD
    ).exclude(attempts__in=Attempt.objects.exclude(outcome=Outcome.UNKNOWN))
    rows = lapsed.select_related("contact__contact_list").order_by("-dialled_at")[:MOST_UNFINISHED]
    return tuple(
        Unfinished(
            row.pk,
            row.contact.contact_list.name,
            name_of_riding(row.contact.riding_number),
            row.dialled_at,  # type: ignore[arg-type]  # filtered above
        )
        for row in rows
    )


def _former(lease: Lease) -> tuple[Former, ...]:
    rows = Attempt.objects.filter(contact=lease.contact).exclude(lease=lease).order_by("-happened_at")
    return tuple(Former(row.happened_at, row.get_outcome_display()) for row in rows[:5])
