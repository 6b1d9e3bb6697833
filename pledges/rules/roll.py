"""Who may vote in a recommendation round. Pure; `services/opening.py` asks the database the same in one statement."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pledges.enums import VoterStatus
from supporters.enums import EntryState


class Place(StrEnum):
    """Whether somebody is on the roll, or the first reason why not."""

    ON_ROLL = "on_roll"
    ELSEWHERE = "elsewhere"
    NOT_CONFIRMED = "not_confirmed"
    NO_ADDRESS = (
        "no_address"  # a paper pledge without e-mail, an erased person, an address nobody has confirmed
    )
    TOO_LATE = "too_late"
    NO_VOTER = "no_voter"


@dataclass(frozen=True)
class Pledger:
    """What decides about one pledge."""

    state: str
    riding_number: int | None
    has_confirmed_address: bool
    pledged_at: datetime
    voter_status: str


@dataclass(frozen=True)
class RollTerms:
    """What a round asks of a pledge; who pledged at the cut-off itself came too late."""

    riding_number: int
    pledged_before: datetime
    includes_future_voters: bool


def place_on_roll(pledger: Pledger, terms: RollTerms) -> Place:
    """Decide whether a pledge gives a vote, with the reason."""
    tests = (
        (pledger.riding_number != terms.riding_number, Place.ELSEWHERE),
        (pledger.state != EntryState.CONFIRMED, Place.NOT_CONFIRMED),
        (not pledger.has_confirmed_address, Place.NO_ADDRESS),
        (pledger.pledged_at >= terms.pledged_before, Place.TOO_LATE),
        (
            pledger.voter_status != VoterStatus.VOTER and not terms.includes_future_voters,
            Place.NO_VOTER,
        ),
    )
    return next((place for holds, place in tests if holds), Place.ON_ROLL)
