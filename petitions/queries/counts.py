"""How many signed, as the public is told: from the last counting, never from the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from petitions.models import Petition, PetitionCount, Tally
from ridings.enums import Province
from ridings.rules.fed_number import PROVINCE_OF_PREFIX

UNKNOWN_RIDING = 0


@dataclass(frozen=True)
class PublicCount:
    """How many signed in all, and what is hoped for."""

    number: int
    goal: int
    counted_at: datetime | None

    @property
    def share(self) -> float:
        """How much of the goal is reached, 0–1."""
        return min(self.number / self.goal, 1.0)

    @property
    def percent(self) -> str:
        """The same as SVG takes it: 0–100, in no language's way of writing."""
        return f"{self.share * 100:.2f}"

    @property
    def missing(self) -> int:
        """How many are still missing to the goal."""
        return max(self.goal - self.number, 0)


@dataclass(frozen=True)
class ProvinceCount:
    """How many signed in a province, and that as a part of the province with the most, 0–1."""

    province: str
    label: str
    number: int
    share: float

    @property
    def percent(self) -> str:
        """The share as SVG takes it: 0–100, in no language's way of writing."""
        return f"{self.share * 100:.2f}"


def public_count(petition: Petition) -> PublicCount:
    """Return how many signed this petition."""
    row = PetitionCount.objects.filter(petition=petition).first()
    return public_count_of(petition, row)


def public_count_of(petition: Petition, row: PetitionCount | None) -> PublicCount:
    """Return how many signed, from a row of counts; none before the first counting."""
    number = _shown(petition, row.confirmed, row.pending) if row else 0
    return PublicCount(number, petition.goal, row.counted_at if row else None)


def counts_by_riding(petition: Petition) -> dict[int, int]:
    """Return how many signed by FED number, 0 for a riding that is not known; only where anybody did."""
    rows = Tally.objects.filter(petition=petition).values_list("riding_number", "confirmed", "pending")
    shown = {number: _shown(petition, confirmed, pending) for number, confirmed, pending in rows}
    return {number: count for number, count in sorted(shown.items()) if count > 0}


def counts_by_province(by_riding: Mapping[int, int]) -> tuple[ProvinceCount, ...]:
    """Return how many signed in every province and territory, from east to west."""
    numbers = dict.fromkeys(Province, 0)
    for riding_number, count in by_riding.items():
        province = PROVINCE_OF_PREFIX.get(riding_number // 1000)
        if province is not None:
            numbers[province] += count
    most = max(numbers.values()) or 1
    return tuple(
        ProvinceCount(province.value, str(province.label), number, number / most)
        for province, number in numbers.items()
    )


def _shown(petition: Petition, confirmed: int, pending: int) -> int:
    return max(confirmed + (pending if petition.counts_unconfirmed else 0), 0)
