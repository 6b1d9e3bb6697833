"""What follows an outcome."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridings.enums import Province
from volunteers.enums import CALL_OUTCOMES, ContactState, Outcome
from volunteers.rules.calling_hours import ZONES, is_open
from volunteers.rules.retries import DAYPARTS, DEFAULTS, Decision, Rule, Voter, decide, other_daypart

NOON = datetime(2026, 11, 25, 19, tzinfo=UTC)
VOTER = Voter("America/Toronto", Province.ON, 0)


def test_every_outcome_of_a_call_has_one_default() -> None:
    assert sorted(rule.outcome for rule in DEFAULTS) == sorted(CALL_OUTCOMES)


def test_a_rule_of_organizers_takes_the_place_of_the_default() -> None:
    rules = {Outcome.VOICEMAIL: Rule(Outcome.VOICEMAIL, ContactState.DONE)}
    assert decide(outcome=Outcome.VOICEMAIL, rules=rules, voter=VOTER, now=NOON) == Decision(
        ContactState.DONE, 1, NOON
    )
    assert decide(outcome=Outcome.VOICEMAIL, rules={}, voter=VOTER, now=NOON) == Decision(
        ContactState.READY, 1, NOON + timedelta(hours=48)
    )


@pytest.mark.parametrize(("attempts", "state"), [(2, "ready"), (3, "exhausted"), (9, "exhausted")])
def test_tried_as_often_as_allowed_it_is_exhausted(attempts: int, state: str) -> None:
    voter = Voter("America/Toronto", Province.ON, attempts)
    decision = decide(outcome=Outcome.NO_ANSWER, rules={}, voter=voter, now=NOON)
    assert (decision.state, decision.attempts) == (state, attempts + 1)


def test_without_a_limit_it_goes_on() -> None:
    rules = {Outcome.BUSY: Rule(Outcome.BUSY, retry_after=timedelta(minutes=5))}
    voter = Voter("America/Toronto", Province.ON, 500)
    assert decide(outcome=Outcome.BUSY, rules=rules, voter=voter, now=NOON).state == ContactState.READY


@pytest.mark.parametrize(
    ("tried", "next_at"),
    [
        ((25, 15, 0), (26, 17, 0)),  # 10:00 on Wednesday → noon on Thursday
        ((25, 19, 0), (26, 22, 0)),  # afternoon → 17:00
        ((25, 23, 0), (27, 14, 0)),  # evening, a day later still evening → Friday at 9:00
        ((27, 19, 0), (28, 22, 0)),  # Friday afternoon → Saturday at 17:00, open until 18:00
    ],
)
def test_the_next_try_is_at_another_time_of_day(
    tried: tuple[int, int, int], next_at: tuple[int, int, int]
) -> None:
    at = datetime(2026, 11, *tried, tzinfo=UTC)
    found = other_daypart("America/Toronto", Province.ON, tried=at, earliest=at + timedelta(days=1))
    assert found == datetime(2026, 11, *next_at, tzinfo=UTC)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, st.sampled_from(["", *sorted(ZONES)]))
def test_another_time_of_day_is_open_later_and_differs(tried: datetime, zone: str) -> None:
    earliest = tried + timedelta(hours=24)
    found = other_daypart(zone, None, tried=tried, earliest=earliest)
    part = [
        sum(begin <= one.astimezone(ZoneInfo(zone or "America/Toronto")).time() for begin in DAYPARTS)
        for one in (tried, found)
    ]
    assert found >= earliest
    assert is_open(zone, None, found)
    assert part[0] != part[1]


def test_where_nothing_opens_for_weeks_it_is_tried_after_the_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("volunteers.rules.retries.next_opening", lambda *_args: None)
    assert other_daypart("America/Toronto", None, tried=NOON, earliest=NOON) == NOON
