"""By which clock a riding lives and when it votes. Pure.

A riding in two time zones votes by one local time throughout, which its returning officer determines with the approval of
the Chief Electoral Officer; until that is known it is that of most of its people. Some corners that kept another time of
their own share their neighbours' since 2026: Lloydminster that of Saskatchewan, Peace River and Creston that of Vancouver.
Source: tz database, release 2026f (PyPI tzdata 2026.6); Elections Canada, "Voting Hours Across Canada", 2019: ridings in
more than one time zone; Canada Elections Act, S.C. 2000, c. 9, sections 128 and 129.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from ridings.enums import Province, VotingBand
from ridings.rules.fed_number import province_of


@dataclass(frozen=True)
class Clock:
    """A zone of the tz database, and the band of voting hours that a riding is in."""

    zone: str
    band: VotingBand


NEWFOUNDLAND = Clock("America/St_Johns", VotingBand.NEWFOUNDLAND)
LABRADOR = Clock("America/Goose_Bay", VotingBand.ATLANTIC)
ATLANTIC = Clock("America/Halifax", VotingBand.ATLANTIC)
EASTERN = Clock("America/Toronto", VotingBand.EASTERN)
NUNAVUT = Clock("America/Iqaluit", VotingBand.EASTERN)
CENTRAL = Clock("America/Winnipeg", VotingBand.CENTRAL)
SASKATCHEWAN = Clock("America/Regina", VotingBand.SASKATCHEWAN)
MOUNTAIN = Clock("America/Edmonton", VotingBand.MOUNTAIN)
NORTH_WEST = Clock("America/Inuvik", VotingBand.MOUNTAIN)
PACIFIC = Clock("America/Vancouver", VotingBand.PACIFIC)
YUKON = Clock("America/Whitehorse", VotingBand.PACIFIC)

CLOCK_OF_PROVINCE = {
    Province.NL: NEWFOUNDLAND,
    Province.PE: ATLANTIC,
    Province.NS: ATLANTIC,
    Province.NB: ATLANTIC,
    Province.QC: EASTERN,  # the Magdalen Islands and the Lower North Shore vote with the rest of their ridings
    Province.ON: EASTERN,
    Province.MB: CENTRAL,
    Province.SK: SASKATCHEWAN,
    Province.AB: MOUNTAIN,
    Province.BC: PACIFIC,
    Province.YT: YUKON,
    Province.NT: NORTH_WEST,
    Province.NU: NUNAVUT,
}

# By representation order, for a FED number means nothing without it.
EXCEPTIONS = {
    ("2023", 10004): LABRADOR,
    ("2023", 35045): CENTRAL,  # Kenora—Kiiwetinoong; Thunder Bay—Rainy River votes by the time of Thunder Bay
    ("2023", 59007): MOUNTAIN,  # Columbia—Kootenay—Southern Rockies: the East Kootenay
    ("2013", 10004): LABRADOR,
    ("2013", 35042): CENTRAL,  # Kenora
    ("2013", 59015): MOUNTAIN,  # Kootenay—Columbia
}


def clock_of(number: int, *, order: str) -> Clock:
    """Return the clock of a riding by its FED number in a representation order.

    Raises: BadFedNumber for a number of no province.
    """
    return EXCEPTIONS.get((order, number)) or CLOCK_OF_PROVINCE[province_of(number)]


def band_on(clock: Clock, day: date) -> VotingBand:
    """Return the band of voting hours on a day: most of Saskatchewan votes earlier while others have summer time.

    Source: Canada Elections Act, S.C. 2000, c. 9, subsection 128(2).
    """
    if clock.band is not VotingBand.SASKATCHEWAN:
        return clock.band
    noon = datetime.combine(day, time(12), ZoneInfo(EASTERN.zone))
    return VotingBand.SASKATCHEWAN_SUMMER if noon.dst() else clock.band
