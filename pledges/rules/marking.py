"""Reading what somebody marked on a ballot, with every mistake named. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pledges.rules.counting import Ballot, Method

RANK = re.compile(r"[1-9][0-9]?", re.ASCII)


class Mistake(StrEnum):
    """What is wrong with a marked ballot; nothing is mended silently."""

    NOTHING = "nothing"
    TOO_MANY = "too_many"
    UNKNOWN = "unknown"  # an option that is not offered, or no longer
    NO_RANK = "no_rank"  # no whole number from 1 on
    SAME_RANK = "same_rank"
    GAP = "gap"  # a second and a third, but no first


@dataclass(frozen=True)
class Marking:
    """A marked ballot: the marks in order, or what is wrong; `rank` says at which rank."""

    marks: Ballot
    mistake: Mistake | None = None
    rank: int = 0


def read_choices(chosen: Sequence[str], *, method: Method, offered: Collection[str]) -> Marking:
    """Read the options that somebody chose, of single choice or approval."""
    if not chosen:
        return Marking((), Mistake.NOTHING)
    if any(option not in offered for option in chosen):
        return Marking((), Mistake.UNKNOWN)
    marks = tuple(sorted(set(chosen)))
    if method == Method.SINGLE and len(marks) > 1:
        return Marking((), Mistake.TOO_MANY)
    return Marking(marks)


def read_ranks(typed: Mapping[str, str]) -> Marking:
    """Read the rank that somebody gave each option, as typed; an empty one leaves the option out."""
    given = {option: text.strip() for option, text in typed.items() if text.strip()}
    if not given:
        return Marking((), Mistake.NOTHING)
    if not all(RANK.fullmatch(text) for text in given.values()):
        return Marking((), Mistake.NO_RANK)
    ranks = {option: int(text) for option, text in given.items()}
    twice = [rank for rank, number in Counter(ranks.values()).items() if number > 1]
    if twice:
        return Marking((), Mistake.SAME_RANK, min(twice))
    missing = next((rank for rank in range(1, len(ranks) + 1) if rank not in ranks.values()), None)
    if missing is not None:
        return Marking((), Mistake.GAP, missing)
    return Marking(tuple(sorted(ranks, key=ranks.__getitem__)))
