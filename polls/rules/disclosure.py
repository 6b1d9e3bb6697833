"""Who gave how much in a period, what went back, and what it was spent on: the figures of a return. Pure; cents.

Source: Canada Elections Act, S.C. 2000, c. 9, sections 357.01 and 359: contributors of more than the threshold by name,
address, class, date and amount; the others added up by class; expenses by category and place.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coop4canada.kit.text import plain
from polls.enums import EntryKind
from polls.rules.limits import Limits, must_be_reported, totals


@dataclass(frozen=True)
class Period:
    """Days, both included."""

    begins_on: dt.date
    ends_on: dt.date

    def __contains__(self, day: dt.date) -> bool:
        """Say whether a day lies in it."""
        return self.begins_on <= day <= self.ends_on


@dataclass(frozen=True)
class Giver:
    """Who gave, as the gift tells it."""

    person_key: str
    name: str
    street: str
    city: str
    province: str
    postal_code: str


@dataclass(frozen=True)
class Movement:
    """Money of one gift that came, or that went back (negative), on a day; `gift` is its number."""

    gift: int
    giver: Giver
    kind: EntryKind
    day: dt.date
    cents: int


@dataclass(frozen=True)
class Contributor:
    """Somebody who is reported by name, as their latest gift tells it, with every movement in order."""

    giver: Giver
    movements: tuple[Movement, ...]
    total_cents: int


@dataclass(frozen=True)
class Contributions:
    """Contributors above the threshold by name, and the others added up."""

    reported: tuple[Contributor, ...]
    other_people: int
    other_gifts: int
    other_cents: int
    returned_earlier_cents: int
    """What went back in the period of gifts that had come before it."""

    @property
    def total_cents(self) -> int:
        """All that was received in the period and kept."""
        return sum(one.total_cents for one in self.reported) + self.other_cents


def contributions(movements: Iterable[Movement], period: Period, limits: Limits) -> Contributions:
    """Add up the gifts that came in a period, less what of them went back until its end.

    Args:
        movements: of any time, in any order; of each gift one is its coming, of kind GIFT.
        period: what the return speaks of.
        limits: whose threshold holds.
    """
    known = sorted(movements, key=lambda one: (one.day, one.gift, one.kind, one.cents))
    came_on = {one.gift: one.day for one in known if one.kind == EntryKind.GIFT}
    until_end = [one for one in known if one.day <= period.ends_on and one.gift in came_on]
    inside = [one for one in until_end if came_on[one.gift] in period]
    earlier = [one for one in until_end if came_on[one.gift] < period.begins_on and one.day in period]
    by_person: dict[str, list[Movement]] = {}
    for one in inside:
        by_person.setdefault(one.giver.person_key, []).append(one)
    sums = totals((one.giver.person_key, one.cents) for one in inside)
    named = [person for person, cents in sums.items() if must_be_reported(cents, limits)]
    # A gift that went back as a whole is none.
    others = {person: cents for person, cents in sums.items() if person not in named and cents > 0}
    people = [
        Contributor(by_person[person][-1].giver, tuple(by_person[person]), sums[person]) for person in named
    ]
    return Contributions(
        reported=tuple(sorted(people, key=lambda one: (plain(one.giver.name), one.giver.person_key))),
        other_people=len(others),
        other_gifts=sum(len(_left(by_person[person])) for person in others),
        other_cents=sum(others.values()),
        returned_earlier_cents=-sum(one.cents for one in earlier),
    )


def _left(movements: list[Movement]) -> set[int]:
    """Return the gifts of which something is left."""
    sums: dict[int, int] = {}
    for one in movements:
        sums[one.gift] = sums.get(one.gift, 0) + one.cents
    return {gift for gift, cents in sums.items() if cents > 0}


@dataclass(frozen=True)
class Spending:
    """What was paid (or came back: negative) on a day, and for which riding; `category` as in `SpendingCategory`."""

    day: dt.date
    category: str
    riding_number: int
    riding_name: str
    what: str
    cents: int


def by_category(spending: Iterable[Spending]) -> dict[str, int]:
    """Return {category: cents}, by code."""
    return dict(sorted(totals((one.category, one.cents) for one in spending).items()))


def by_riding(spending: Iterable[Spending]) -> dict[tuple[int, str], int]:
    """Return {(FED number, name): cents}, by number."""
    sums: dict[tuple[int, str], int] = {}
    for one in spending:
        place = (one.riding_number, one.riding_name)
        sums[place] = sums.get(place, 0) + one.cents
    return dict(sorted(sums.items()))
