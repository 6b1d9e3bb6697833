"""By which clock ridings live and vote, the changes of 2026 included."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from ridings.enums import VotingBand
from ridings.rules.clocks import band_on, clock_of
from ridings.rules.fed_number import BadFedNumber

ELECTION = date(2029, 10, 15)
WINTER = date(2027, 1, 18)


@pytest.mark.parametrize(
    ("number", "zone", "band"),
    [
        (10001, "America/St_Johns", "newfoundland"),
        (10004, "America/Goose_Bay", "atlantic"),  # Labrador
        (11001, "America/Halifax", "atlantic"),
        (12001, "America/Halifax", "atlantic"),
        (13001, "America/Halifax", "atlantic"),
        (24024, "America/Toronto", "eastern"),  # Gaspésie with the Magdalen Islands
        (35075, "America/Toronto", "eastern"),
        (35045, "America/Winnipeg", "central"),  # Kenora
        (35107, "America/Toronto", "eastern"),  # Thunder Bay—Rainy River
        (46001, "America/Winnipeg", "central"),
        (47001, "America/Regina", "saskatchewan"),  # Lloydminster
        (48001, "America/Edmonton", "mountain"),
        (59007, "America/Edmonton", "mountain"),  # East Kootenay
        (59026, "America/Vancouver", "pacific"),  # Peace River
        (59036, "America/Vancouver", "pacific"),
        (60001, "America/Whitehorse", "pacific"),
        (61001, "America/Inuvik", "mountain"),
        (62001, "America/Iqaluit", "eastern"),
    ],
)
def test_every_riding_has_its_clock(number: int, zone: str, band: str) -> None:
    clock = clock_of(number, order="2023")

    assert (clock.zone, clock.band.value) == (zone, band)


def test_an_exception_holds_for_its_own_order_alone() -> None:
    assert clock_of(59007, order="2013").zone == "America/Vancouver"
    assert clock_of(59015, order="2013").zone == "America/Edmonton"


def test_a_number_of_no_province_is_refused() -> None:
    with pytest.raises(BadFedNumber):
        clock_of(99001, order="2023")


@pytest.mark.parametrize(
    ("day", "band"), [(ELECTION, VotingBand.SASKATCHEWAN_SUMMER), (WINTER, VotingBand.SASKATCHEWAN)]
)
def test_saskatchewan_votes_earlier_in_the_others_summer(day: date, band: VotingBand) -> None:
    assert band_on(clock_of(47006, order="2023"), day) == band
    assert band_on(clock_of(48001, order="2023"), day) == VotingBand.MOUNTAIN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("America/Regina", "America/Edmonton"),  # Lloydminster: one time on both sides of the border
        ("America/Vancouver", "America/Dawson_Creek"),
        ("America/Vancouver", "America/Creston"),
    ],
)
@pytest.mark.parametrize("day", [ELECTION, WINTER])
def test_corners_without_an_exception_share_their_neighbours_time(one: str, other: str, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001

    assert noon.replace(tzinfo=ZoneInfo(one)).utcoffset() == noon.replace(tzinfo=ZoneInfo(other)).utcoffset()
