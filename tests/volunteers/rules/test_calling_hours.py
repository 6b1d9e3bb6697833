"""When voters may be called, in every zone of the country and over every change of its clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ridings.enums import Province
from ridings.rules.clocks import CLOCK_OF_PROVINCE, EXCEPTIONS
from volunteers.rules import calling_hours as hours
from volunteers.rules.calling_hours import HoursRule, Window, closing, is_open, next_opening, open_zones

EVENING = time(21, 30)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from(sorted(hours.ZONES))
anywhere = st.sampled_from([*sorted(hours.ZONES), "", "America/Nowhere"])


def at(zone: str, *when: int) -> datetime:
    return datetime(*when, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc, arg-type]


def test_every_clock_of_a_riding_has_its_hours() -> None:
    clocks = {*CLOCK_OF_PROVINCE.values(), *EXCEPTIONS.values()}
    assert {clock.zone for clock in clocks} == set(hours.ZONES)


@pytest.mark.parametrize("zone", sorted(hours.ZONES))
@pytest.mark.parametrize(
    ("clock", "opened"),
    [
        ((25, 8, 59), False), ((25, 9, 0), True), ((25, 21, 29), True), ((25, 21, 30), False),
        ((28, 9, 59), False), ((28, 10, 0), True), ((29, 17, 59), True), ((29, 18, 0), False),
    ],
)  # fmt: skip
def test_hours_are_those_of_the_voters_clock(zone: str, clock: tuple[int, int, int], opened: bool) -> None:
    assert is_open(zone, None, at(zone, 2026, 11, *clock)) is opened


@pytest.mark.parametrize(
    ("zone", "utc_hour", "utc_minute"),
    [
        ("America/St_Johns", 12, 30), ("America/Halifax", 13, 0), ("America/Toronto", 14, 0),
        # No longer an hour later in winter: Manitoba, Alberta, the N.W.T. and B.C. kept summer time in 2026.
        ("America/Winnipeg", 14, 0), ("America/Regina", 15, 0), ("America/Edmonton", 15, 0),
        ("America/Inuvik", 15, 0), ("America/Vancouver", 16, 0), ("America/Whitehorse", 16, 0),
    ],
)  # fmt: skip
def test_the_phones_open_by_the_clocks_of_2026(zone: str, utc_hour: int, utc_minute: int) -> None:
    midnight = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
    assert next_opening(zone, None, midnight) == datetime(2027, 1, 12, utc_hour, utc_minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "opens_utc"),
    [(date(2027, 3, 13), 15), (date(2027, 3, 14), 14), (date(2027, 11, 6), 14), (date(2027, 11, 7), 15)],
)
def test_the_days_on_which_clocks_change_open_by_the_new_clock(day: date, opens_utc: int) -> None:
    night = datetime.combine(day, time(5), UTC)
    opening = next_opening("America/Toronto", Province.ON, night)
    assert opening == datetime.combine(day, time(opens_utc), UTC)


def test_an_unknown_zone_is_called_while_the_whole_country_may_be() -> None:
    morning = datetime(2026, 11, 25, 9, tzinfo=UTC)
    opens = next_opening("", None, morning)
    assert opens == at("America/Vancouver", 2026, 11, 25, 9, 0)
    assert closing("", None, opens) == at("America/St_Johns", 2026, 11, 25, 21, 30)
    saturday = next_opening("", None, datetime(2026, 11, 28, 4, tzinfo=UTC))
    assert saturday == at("America/Vancouver", 2026, 11, 28, 10, 0)
    assert closing("", None, saturday) == at("America/St_Johns", 2026, 11, 28, 18, 0)


@given(moments)
def test_the_unknown_zone_is_open_exactly_where_all_are(moment: datetime) -> None:
    assert is_open("", None, moment) == all(is_open(zone, None, moment) for zone in hours.ZONES)
    assert set(open_zones(moment)) - {""} == {zone for zone in hours.ZONES if is_open(zone, None, moment)}
    assert ("" in open_zones(moment)) == is_open("", None, moment)


@given(anywhere, moments)
def test_the_next_opening_is_open_and_the_first(zone: str, moment: datetime) -> None:
    opens = next_opening(zone, None, moment)
    assert opens is not None
    assert opens >= moment
    assert is_open(zone, None, opens)
    assert (opens == moment) == is_open(zone, None, moment)
    if opens > moment:
        between = [moment + (opens - moment) * part / 50 for part in range(50)]
        assert not any(is_open(zone, None, one) for one in between)


@given(anywhere, moments)
def test_a_window_is_open_until_just_before_it_closes(zone: str, moment: datetime) -> None:
    closes = closing(zone, None, moment)
    assert (closes is not None) == is_open(zone, None, moment)
    if closes:
        assert is_open(zone, None, closes - timedelta(microseconds=1))
        assert not is_open(zone, None, closes)


@given(zones, moments)
def test_nobody_is_ever_called_at_night_or_on_a_weekend_evening(zone: str, moment: datetime) -> None:
    local = moment.astimezone(ZoneInfo(zone))
    if is_open(zone, None, moment):
        weekend = local.weekday() > 4
        assert time(10 if weekend else 9) <= local.time() < (time(18) if weekend else EVENING)


def test_nobody_is_called_at_christmas_and_on_new_years_day() -> None:
    assert next_opening("America/Toronto", None, at("America/Toronto", 2026, 12, 24, 21, 30)) == at(
        "America/Toronto", 2026, 12, 26, 10, 0
    )
    assert not is_open("America/Toronto", None, at("America/Toronto", 2027, 1, 1, 12, 0))


def test_rules_of_a_province_narrow_its_hours_alone_and_from_their_day_on() -> None:
    early = HoursRule(date(2027, 1, 1), Window(time(9), time(20)), hours.WEEKDAYS, Province.QC)
    rules = (*hours.RULES, early)
    evening = at("America/Toronto", 2027, 2, 3, 20, 30)
    assert not is_open("America/Toronto", Province.QC, evening, rules)
    assert is_open("America/Toronto", Province.ON, evening, rules)
    assert not is_open("America/Toronto", None, evening, rules)
    assert is_open("America/Toronto", Province.QC, at("America/Toronto", 2026, 12, 3, 20, 30), rules)
    assert "America/Toronto" in open_zones(evening, rules)
    assert hours.shut_provinces(["America/Toronto", ""], evening, rules) == (("America/Toronto", 24),)


def test_rules_that_leave_nothing_open_say_so() -> None:
    never = (*hours.RULES, HoursRule(date(2026, 1, 1), None))
    noon = datetime(2026, 11, 25, 18, tzinfo=UTC)
    assert (next_opening("America/Toronto", None, noon, never), next_opening("", None, noon, never)) == (
        None,
        None,
    )
    over = HoursRule(date(2026, 1, 1), None, until=date(2026, 11, 25))
    assert next_opening("America/Toronto", None, noon, (*hours.RULES, over)) == at(
        "America/Toronto", 2026, 11, 26, 9, 0
    )


def test_hours_that_exclude_each_other_leave_nothing() -> None:
    night = HoursRule(date(2026, 1, 1), Window(time(22), time(23)))
    assert hours.window_on(date(2026, 11, 25), None, (*hours.RULES, night)) is None


@pytest.mark.parametrize(("number", "province"), [(59003, Province.BC), (10001, Province.NL), (99001, None)])
def test_the_province_of_a_riding_or_none(number: int, province: Province | None) -> None:
    assert hours.province_of_riding(number) == province


def test_no_window_of_an_unknown_zone_can_be_listed() -> None:
    with pytest.raises(ValueError, match="no zone that is called"):
        next(hours.openings("", None, datetime(2026, 11, 25, tzinfo=UTC)))
