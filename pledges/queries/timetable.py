"""What goes out when, for organizers: ridings that live and vote by the same clock together."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from pledges.enums import UNKNOWN_RIDING, VoteReminder
from pledges.models import ElectionCalendar, VotingRound
from pledges.queries.voting import RidingVote, mails_by_riding, pledgers_by_riding, riding_votes
from pledges.rules.voting import VoteMail


@dataclass(frozen=True)
class PlannedMail:
    """A reminder of a group: due at `local` by its own clock and `at` in UTC, of no use from `until` (local).

    `queued`: mails so far; `finished`: rounds that are over, of as many as there are ridings with people to remind.
    """

    label: str
    local: datetime
    at: datetime
    until: datetime
    queued: int
    finished: int


@dataclass(frozen=True)
class Group:
    """Ridings with one clock and the same hours; those whose riding is not known are a group of their own."""

    zone: str
    opens: str
    closes: str
    ridings: int
    inhabited: int
    pledgers: int
    mails: tuple[PlannedMail, ...]


def timetable(calendar: ElectionCalendar) -> tuple[Group, ...]:
    """Return every group, the earliest mail first."""
    votes = riding_votes(calendar.polling_on)
    members: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, vote in votes.items():
        members[_key(vote)].append(number)
    members["UTC", "", ""] = [UNKNOWN_RIDING]
    plans = mails_by_riding(calendar.days, votes)
    pledgers = pledgers_by_riding(calendar.polling_on, votes)
    groups = [_group(calendar, key, numbers, plans[numbers[0]], pledgers) for key, numbers in members.items()]
    return tuple(
        sorted(groups, key=lambda group: (group.opens == "", group.mails[-1:] and group.mails[-1].at))
    )


def _key(vote: RidingVote) -> tuple[str, str, str]:
    return (vote.hours.zone, f"{vote.hours.opens_at:%H:%M}", f"{vote.hours.closes_at:%H:%M}")


def _group(
    calendar: ElectionCalendar,
    key: tuple[str, str, str],
    numbers: list[int],
    plan: tuple[VoteMail, ...],
    pledgers: "Counter[int]",
) -> Group:
    zone = ZoneInfo(key[0])
    rounds = VotingRound.objects.filter(polling_on=calendar.polling_on, riding_number__in=numbers)
    totals = rounds.values("reminder").annotate(mails=Sum("queued"), over=Count("finished_at"))
    state = {row["reminder"]: (row["mails"], row["over"]) for row in totals.order_by("reminder")}
    planned = []
    for mail in plan:
        queued, over = state.get(mail.reminder, (0, 0))
        label = str(VoteReminder(mail.reminder).label)
        times = (mail.at.astimezone(zone), mail.at, mail.until.astimezone(zone))
        planned.append(PlannedMail(label, *times, queued=queued, finished=over))
    counts = [pledgers[number] for number in numbers if pledgers[number]]
    return Group(*key, len(numbers), len(counts), sum(counts), tuple(planned))
