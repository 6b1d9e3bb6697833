"""What a poll says of the vote among everybody who was asked. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polls.enums import Answer, Basis
from polls.rules.readings import NOT_DECIDED, Reading

# Leaning people have an answer too; where a firm reports several bases, this is the one that is compared and projected.
PREFERRED = (Basis.LEANING, Basis.DECIDED, Basis.ALL)


@dataclass(frozen=True)
class Topline:
    """Shares 0–1 among those who named somebody, adding up to 1 with `other`; `base` is how many people they are."""

    basis: Basis
    shares: Mapping[str, float]
    base: int


def topline_of(readings: Iterable[Reading], sample_size: int) -> Topline | None:
    """Return the shares of the parties among decided and leaning people of one question; None if no party has any.

    Where only shares of all respondents are known, those who named nobody are left out and the rest is scaled up. An
    unknown base is taken from the sample, without the undecided as far as they are known.
    """
    everybody = [reading for reading in readings if not reading.group]
    for basis in PREFERRED:
        inside = [reading for reading in everybody if reading.basis == basis]
        named = {one.answer: one.share for one in inside if one.answer not in NOT_DECIDED}
        total = sum(named.values())
        parties = {
            answer: share / total for answer, share in named.items() if answer != Answer.OTHER and total
        }
        if any(parties.values()):
            return Topline(basis, parties, _base(basis, inside, everybody, sample_size))
    return None


def _base(basis: Basis, inside: list[Reading], everybody: list[Reading], sample_size: int) -> int:
    stated = inside[0].base
    if stated is not None and basis != Basis.ALL:
        return max(stated, 1)
    whole = [reading for reading in everybody if reading.basis == Basis.ALL]
    undecided = sum(reading.share for reading in whole if reading.answer in NOT_DECIDED)
    people = next((reading.base for reading in whole if reading.base is not None), sample_size)
    return max(round(people * (1 - undecided)), 1)
