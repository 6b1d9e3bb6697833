"""What an outcome means for the next call. Pure; the rules themselves are rows that organizers edit."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ridings.enums import Province
from ridings.rules.clocks import EASTERN
from volunteers.enums import ContactState, Outcome
from volunteers.rules.calling_hours import ZONES, is_open, next_opening

# A call given up after dialling may have rung: the voter has peace for so long.
COOLDOWN = timedelta(minutes=60)
# The day as people live it: morning, afternoon, evening.
DAYPARTS = (time(0), time(12), time(17))
_DAYS_TRIED = 8


@dataclass(frozen=True)
class Rule:
    """What follows an outcome.

    Args:
        outcome: of the call.
        end_state: the contact is done with, in this state; None: it is called again.
        retry_after: how long until then.
        other_daypart: then at another time of day.
        most_attempts: after so many attempts that count, it is exhausted; None: no end.
        counts: whether this attempt counts towards that.
        everywhere: what ends here ends on every list with that number.
        rest_elsewhere: so long other lists leave that number in peace.
        again_as: the second time in a row it is treated like this outcome.
    """

    outcome: Outcome
    end_state: ContactState | None = None
    retry_after: timedelta = timedelta(0)
    other_daypart: bool = False
    most_attempts: int | None = None
    counts: bool = True
    everywhere: bool = False
    rest_elsewhere: timedelta = timedelta(0)
    again_as: Outcome | None = None


# Organizers start from these and change them in admin.
# Source: re-queue rules of published phone-bank software and of party training notes, compared in November 2026.
DEFAULTS: tuple[Rule, ...] = (
    Rule(Outcome.ANSWERED, ContactState.DONE, rest_elsewhere=timedelta(days=7)),
    Rule(Outcome.REFUSED, ContactState.DONE, everywhere=True),
    Rule(Outcome.DO_NOT_CONTACT, ContactState.SUPPRESSED, everywhere=True),
    Rule(Outcome.MOVED, ContactState.DONE),
    Rule(Outcome.DECEASED, ContactState.INVALID, everywhere=True),
    Rule(Outcome.LANGUAGE, retry_after=timedelta(hours=1), counts=False),
    Rule(Outcome.CALL_BACK, retry_after=timedelta(hours=24), counts=False),
    Rule(Outcome.NO_ANSWER, retry_after=timedelta(hours=24), other_daypart=True, most_attempts=4),
    Rule(Outcome.VOICEMAIL, retry_after=timedelta(hours=48), most_attempts=4),
    Rule(Outcome.BUSY, retry_after=timedelta(minutes=30), most_attempts=4, again_as=Outcome.NO_ANSWER),
    Rule(Outcome.WRONG_NUMBER, ContactState.INVALID, everywhere=True),
    Rule(Outcome.UNKNOWN, retry_after=COOLDOWN, most_attempts=4),
)


@dataclass(frozen=True)
class Voter:
    """What a decision needs to know about whom it is about. `attempts` before this one, `last` their outcome or empty."""

    zone: str
    province: Province | None
    attempts: int
    last: str = ""


@dataclass(frozen=True)
class Decision:
    """What becomes of a contact: its state, its attempts that count, and the earliest next call."""

    state: ContactState
    attempts: int
    next_at: datetime
    everywhere: bool = False
    rest_elsewhere_until: datetime | None = None


def decide(*, outcome: Outcome, rules: dict[Outcome, Rule], voter: Voter, now: datetime) -> Decision:
    """Return what an outcome makes of a contact; outcomes without a row follow the defaults."""
    rule = _rule(outcome, rules)
    if rule.again_as and voter.last == outcome:
        rule = _rule(rule.again_as, rules)
    attempts = voter.attempts + int(rule.counts)
    if rule.end_state:
        until = now + rule.rest_elsewhere if rule.rest_elsewhere else None
        return Decision(rule.end_state, attempts, now, rule.everywhere, until)
    if rule.most_attempts is not None and attempts >= rule.most_attempts:
        return Decision(ContactState.EXHAUSTED, attempts, now)
    earliest = now + rule.retry_after
    if rule.other_daypart:
        earliest = other_daypart(voter.zone, voter.province, tried=now, earliest=earliest)
    return Decision(ContactState.READY, attempts, earliest)


def other_daypart(zone: str, province: Province | None, *, tried: datetime, earliest: datetime) -> datetime:
    """Return the first moment within calling hours, `earliest` or later, at another time of day than `tried`."""
    clock = ZoneInfo(zone if zone in ZONES else EASTERN.zone)
    avoided = _daypart(tried.astimezone(clock).time())
    day = earliest.astimezone(clock).date()
    starts = [
        earliest,
        *(
            _start(day + timedelta(days=ahead), begin, clock)
            for ahead in range(_DAYS_TRIED)
            for begin in DAYPARTS
        ),
    ]
    for start in starts:
        at = next_opening(zone, province, max(start, earliest))
        if at and _daypart(at.astimezone(clock).time()) != avoided and is_open(zone, province, at):
            return at
    return earliest


def _rule(outcome: Outcome, rules: dict[Outcome, Rule]) -> Rule:
    return rules.get(outcome) or next(rule for rule in DEFAULTS if rule.outcome == outcome)


def _daypart(moment: time) -> int:
    return max(number for number, begin in enumerate(DAYPARTS) if begin <= moment)


def _start(day: date, begin: time, clock: ZoneInfo) -> datetime:
    return datetime.combine(day, begin, clock).astimezone(UTC)
