"""Who of a team did how much lately: those who want to be shown, in teams that show it; and what somebody did themself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from supporters.models import User
from volunteers.enums import CONVERSATIONS, Channel, MembershipState, Outcome
from volunteers.models import Attempt, Membership, Team
from volunteers.queries.results import WEEK, Counts, counted, counts_of
from volunteers.rules.leaderboard import Deed, Standing, standings

MOST_SHOWN = 20


@dataclass(frozen=True)
class Place:
    """A line of the leaderboard."""

    name: str
    is_self: bool
    calls: int
    doors: int
    conversations: int


@dataclass(frozen=True)
class OwnStatistics:
    """What somebody did in the last day, in a week, in all."""

    day: Counts
    week: Counts
    all: Counts


def leaderboard(team: Team, *, reader: User, now: datetime) -> tuple[Place, ...]:
    """Return the last seven days' leaderboard as members see it; empty where the team shows none."""
    if not team.shows_leaderboard:
        return ()
    shown = Membership.objects.filter(team=team, state=MembershipState.ACTIVE, on_leaderboard=True)
    names = {row.user_id: row.user.name for row in shown.select_related("user")}
    places = (
        _place(standing, names[standing.person], reader)
        for standing in standings(_deeds(team, names, now - WEEK))
    )
    return tuple(places)[:MOST_SHOWN]


def own_statistics(user: User, channel: Channel, now: datetime) -> OwnStatistics:
    """Return what somebody did by one way: in the last day, the last week, in all."""
    mine = Attempt.objects.filter(by=user, channel=channel)
    day = mine.filter(happened_at__gt=now - timedelta(days=1))
    return OwnStatistics(counts_of(day), counts_of(mine.filter(happened_at__gt=now - WEEK)), counts_of(mine))


def _deeds(team: Team, people: Iterable[int], since: datetime) -> Iterable[Deed]:
    rows = counted(
        Attempt.objects.filter(team=team, by__in=list(people), happened_at__gt=since, is_late=False)
    ).select_related("lease", "contact")
    for row in rows.order_by("happened_at", "pk"):
        thing = _thing(row)
        if thing and row.by_id:
            yield Deed(
                person=row.by_id,
                thing=thing,
                happened_at=row.happened_at,
                dialled_at=row.lease.dialled_at if row.lease else None,
                ended_at=row.received_at,
                is_call=row.channel == Channel.PHONE,
                is_conversation=Outcome(row.outcome) in CONVERSATIONS,
            )


def _thing(row: Attempt) -> str:
    """Return what was tried: a phone or a door; nothing where the list was deleted."""
    if row.channel == Channel.DOOR:
        return f"door {row.door_id}" if row.door_id else ""
    phone = row.lease.phone_digest if row.lease else row.contact.phone_digest if row.contact else ""
    return f"phone {phone}" if phone else ""


def _place(standing: Standing, name: str, reader: User) -> Place:
    return Place(
        name or "—", standing.person == reader.pk, standing.calls, standing.doors, standing.conversations
    )
