"""Count the ballots of a recommendation round. Pure, exact, blind to the order of ballots and options.

Source: docs/algorithms/recommendation.md, which says why each rule is as it is.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

# Options, best liked first where the method ranks them.
Ballot = tuple[str, ...]
# "No recommendation yet": an option like any other, which can win, lose and be eliminated.
NOBODY = "none"


class Method(StrEnum):
    """How people mark a ballot."""

    SINGLE = "single"
    APPROVAL = "approval"
    RANKED = "ranked"


class Fault(StrEnum):
    """Why a ballot does not count; it still shows that somebody took part."""

    UNMARKED = "unmarked"
    UNKNOWN = "unknown_option"
    REPEATED = "repeated_option"
    TOO_MANY = "too_many_options"


class TieBreak(StrEnum):
    """How options that were level at the bottom were told apart."""

    TOGETHER = "together"  # all of them with fewer votes than the next: in whatever order, all would go
    FORMER_ROUND = "former_round"  # the one that had fewer in the latest round in which they differed


@dataclass(frozen=True)
class Round:
    """One round of a count: votes by option, ballots with no option left, who went, and where their votes went.

    `transfers` is {eliminated: {next option, or None if the ballot names no other: ballots}}.
    """

    votes: Mapping[str, int]
    exhausted: int
    eliminated: tuple[str, ...] = ()
    broken_by: TieBreak | None = None
    transfers: Mapping[str, Mapping[str | None, int]] | None = None


@dataclass(frozen=True)
class Tally:
    """A finished count. `winner` None: nobody won, for the options in `tied` are level, or no ballot is valid.

    `rejected` ballots have a fault; `stranded` ones named withdrawn options alone. Both took part, neither is valid.
    """

    method: Method
    options: tuple[str, ...]
    valid: int
    rejected: int
    stranded: int
    rounds: tuple[Round, ...]
    winner: str | None
    tied: tuple[str, ...] = ()

    @property
    def cast(self) -> int:
        """Ballots cast, valid or not."""
        return self.valid + self.rejected + self.stranded

    @property
    def last_votes(self) -> Mapping[str, int]:
        """Votes by option in the last round."""
        return self.rounds[-1].votes


def fault_of(ballot: Ballot, *, method: Method, options: Collection[str]) -> Fault | None:
    """Return why a ballot does not count, None if it does. A ranking may stop anywhere after its first option."""
    if not ballot:
        return Fault.UNMARKED
    if any(option not in options for option in ballot):
        return Fault.UNKNOWN
    if len(set(ballot)) < len(ballot):
        return Fault.REPEATED
    if method == Method.SINGLE and len(ballot) > 1:
        return Fault.TOO_MANY
    return None


def count(
    ballots: Mapping[Ballot, int],
    *,
    method: Method,
    options: Collection[str],
    withdrawn: Collection[str] = (),
    threshold_percent: int = 0,
) -> Tally:
    """Count ballots, given as {ballot: how many}.

    Args:
        ballots: whole ballots; faulty ones are set aside, not repaired.
        method: how they were marked.
        options: all that were offered, the withdrawn ones among them.
        withdrawn: taken out of every ballot before the first round.
        threshold_percent: a run-off goes on beyond a majority until the leader has this share of the valid ballots.
    Returns: the count; one round but for run-offs.
    """
    kept: Counter[Ballot] = Counter()
    rejected = stranded = 0
    for ballot, number in ballots.items():
        if fault_of(ballot, method=method, options=options):
            rejected += number
            continue
        left = tuple(option for option in ballot if option not in withdrawn)
        if left:
            kept[left] += number
        else:
            stranded += number
    remaining = tuple(sorted(set(options) - set(withdrawn)))
    counted = _run_off if method == Method.RANKED else _most_marks
    rounds, winner, tied = counted(kept, remaining, threshold_percent)
    return Tally(method, remaining, kept.total(), rejected, stranded, rounds, winner, tied)


def has_share(votes: int, percent: int, of: int) -> bool:
    """Say whether `votes` are at least so many percent of `of`, in whole numbers."""
    return votes * 100 >= percent * of


_Result = tuple[tuple[Round, ...], str | None, tuple[str, ...]]


def _most_marks(ballots: Counter[Ballot], options: tuple[str, ...], _percent: int) -> _Result:
    votes = dict.fromkeys(options, 0)
    for ballot, number in ballots.items():
        for option in ballot:
            votes[option] += number
    most = max(votes.values(), default=0)
    leaders = tuple(option for option in options if votes[option] == most) if most else ()
    winner = leaders[0] if len(leaders) == 1 else None
    return (Round(votes, 0),), winner, leaders if winner is None else ()


def _run_off(ballots: Counter[Ballot], options: tuple[str, ...], percent: int) -> _Result:
    rounds: list[Round] = []
    remaining, valid = set(options), ballots.total()
    while True:
        votes = _votes(ballots, remaining)
        in_play = sum(votes.values())
        winner = next((option for option, number in votes.items() if number * 2 > in_play), None)
        is_enough = winner is not None and has_share(votes[winner], percent, valid)
        last = Round(votes, valid - in_play)
        if is_enough or len(remaining) <= 2 or not valid:  # noqa: PLR2004 - the last two decide it
            tied = tuple(votes) if winner is None and valid else ()
            return (*rounds, last), winner, tied
        out, broken_by = _lowest(votes, rounds)
        if len(out) > 1 and broken_by is None:
            # Nobody can say who goes. Whoever has a majority has won; else the count ends level.
            return (*rounds, last), winner, () if winner else out
        remaining -= set(out)
        transfers = _transfers(ballots, remaining, out)
        rounds.append(Round(votes, valid - in_play, out, broken_by, transfers))


def _holder(ballot: Ballot, remaining: Collection[str]) -> str | None:
    return next((option for option in ballot if option in remaining), None)


def _votes(ballots: Counter[Ballot], remaining: Collection[str]) -> dict[str, int]:
    votes = dict.fromkeys(sorted(remaining), 0)
    for ballot, number in ballots.items():
        holder = _holder(ballot, remaining)
        if holder is not None:
            votes[holder] += number
    return votes


def _lowest(votes: Mapping[str, int], past: list[Round]) -> tuple[tuple[str, ...], TieBreak | None]:
    """Return who goes, and how a tie was broken; several without a tie-break mean that it could not be."""
    fewest = min(votes.values())
    tied = tuple(option for option, number in votes.items() if number == fewest)
    if len(tied) == 1:
        return tied, None
    above = [number for number in votes.values() if number > fewest]
    if above and fewest * len(tied) < min(above):
        return tied, TieBreak.TOGETHER
    left = tied
    for former in reversed(past):
        fewest = min(former.votes[option] for option in left)
        left = tuple(option for option in left if former.votes[option] == fewest)
        if len(left) == 1:
            return left, TieBreak.FORMER_ROUND
    return left, None


def _transfers(
    ballots: Counter[Ballot], remaining: Collection[str], out: tuple[str, ...]
) -> dict[str, dict[str | None, int]]:
    before = {*remaining, *out}
    moved: dict[str, Counter[str | None]] = {option: Counter() for option in out}
    for ballot, number in ballots.items():
        holder = _holder(ballot, before)
        if holder in moved:
            moved[holder][_holder(ballot, remaining)] += number
    return {option: dict(sorted(to.items(), key=_none_last)) for option, to in moved.items()}


def _none_last(item: tuple[str | None, int]) -> tuple[bool, str]:
    return item[0] is None, item[0] or ""
