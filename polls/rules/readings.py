"""Whether the readings of a poll can be right. Pure; shares are 0–1, bases are numbers of people.

A cell is a question, a basis and a group; its answers are those of the people in it. Errors keep a poll from being
published, warnings are shown to whoever enters it: weighted bases are rounded, so they add up only nearly.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from polls.enums import Answer, Basis, ReadingProblem
from polls.rules.sampling import differs, margin_of_error

# Shares are written in whole percents, in tenths or finer; each may be off by half of its last place.
STEPS = (0.01, 0.001, 0.0001)
NOTHING = 1e-6
NOT_DECIDED = frozenset({Answer.UNDECIDED, Answer.WILL_NOT_VOTE, Answer.REFUSED})
# Parts of a weighted whole are rounded one by one.
BASE_ROUNDING = 1
# By basis, from everybody down.
NARROWER = ((Basis.ALL, Basis.LEANING), (Basis.LEANING, Basis.DECIDED), (Basis.ALL, Basis.DECIDED))


@dataclass(frozen=True)
class Reading:
    """The share of an answer (a party’s code or an `Answer`) in a cell; `group` "" is everybody."""

    question: int
    basis: str
    group: str
    answer: str
    share: float
    base: int | None


@dataclass(frozen=True)
class Frame:
    """What of a poll the readings are compared with; None where it is not known yet."""

    sample_size: int | None
    contacted_count: int | None
    field_starts_on: date | None
    field_ends_on: date | None
    is_probability: bool | None
    margin_of_error: float | None
    known_parties: Container[str]


@dataclass(frozen=True)
class Finding:
    """Something wrong, and where; `values` fill the sentence."""

    problem: ReadingProblem
    is_error: bool
    values: Mapping[str, str | int | float] = field(default_factory=dict)


Cell = tuple[int, str, str]


def check_readings(readings: Iterable[Reading], frame: Frame) -> tuple[Finding, ...]:
    """Return what is wrong with readings, errors first."""
    cells: dict[Cell, list[Reading]] = defaultdict(list)
    for reading in readings:
        cells[reading.question, reading.basis, reading.group].append(reading)
    found = [*_of_frame(frame)]
    for cell, inside in sorted(cells.items()):
        found += _of_cell(cell, inside, frame)
    bases = {cell: inside[0].base for cell, inside in cells.items()}
    found += [*_bases_in_order(bases), *_groups_add_up(bases), *_leaners_only_add(cells)]
    return tuple(sorted(found, key=lambda finding: not finding.is_error))


def tolerance_of(shares: Iterable[float]) -> float:
    """Return by how much shares may miss the whole: half of the last place that they are written in, for each."""
    values = list(shares)
    step = next(
        (
            step
            for step in STEPS
            if all(abs(share / step - round(share / step)) < NOTHING for share in values)
        ),
        STEPS[-1],
    )
    return len(values) * step / 2 + 1e-9


def dimension_of(group: str) -> str:
    """Return what a group is one part of: “Gender” of “Gender: women”, "" of “Women”."""
    return group.partition(":")[0].strip() if ":" in group else ""


def _error(problem: ReadingProblem, **values: str | float) -> Finding:
    return Finding(problem, is_error=True, values=values)


def _warning(problem: ReadingProblem, **values: str | float) -> Finding:
    return Finding(problem, is_error=False, values=values)


def _of_frame(frame: Frame) -> Iterator[Finding]:
    starts, ends, size = frame.field_starts_on, frame.field_ends_on, frame.sample_size
    if starts and ends and ends < starts:
        yield _error(ReadingProblem.DATES_OUT_OF_ORDER)
    if size is not None and frame.contacted_count is not None and size > frame.contacted_count:
        yield _error(ReadingProblem.SAMPLE_ABOVE_CONTACTED, size=size, contacted=frame.contacted_count)
    if size and frame.is_probability and frame.margin_of_error is not None:
        computed = margin_of_error(size)
        if differs(frame.margin_of_error, computed):
            yield _warning(ReadingProblem.MARGIN_DIFFERS, stated=frame.margin_of_error, computed=computed)


def _of_cell(cell: Cell, readings: list[Reading], frame: Frame) -> Iterator[Finding]:
    question, basis, group = cell
    where: dict[str, str | float] = {"question": question, "basis": basis, "group": group}
    for reading in readings:
        named = {**where, "answer": reading.answer, "share": reading.share}
        if not 0 <= reading.share <= 1:
            yield _error(ReadingProblem.SHARE_RANGE, **named)
        if reading.answer in NOT_DECIDED and basis != Basis.ALL:
            yield _error(ReadingProblem.NOT_AN_ANSWER_HERE, **named)
        if reading.answer not in Answer.values and reading.answer not in frame.known_parties:
            yield _error(ReadingProblem.UNKNOWN_PARTY, **named)
    total = sum(reading.share for reading in readings)
    if abs(total - 1) > tolerance_of(reading.share for reading in readings):
        yield _error(ReadingProblem.SUM, **where, total=total)
    yield from _base_of_cell(where, {reading.base for reading in readings}, frame)


def _base_of_cell(where: dict[str, str | float], bases: set[int | None], frame: Frame) -> Iterator[Finding]:
    if len(bases) > 1:
        yield _error(ReadingProblem.BASES_DIFFER, **where)
        return
    (base,) = bases
    if base is None:
        # Among everybody it is the sample.
        if where["basis"] != Basis.ALL or where["group"]:
            yield _warning(ReadingProblem.BASE_MISSING, **where)
    elif frame.sample_size is not None and base > frame.sample_size:
        yield _error(ReadingProblem.BASE_ABOVE_SAMPLE, **where, base=base, size=frame.sample_size)


def _bases_in_order(bases: Mapping[Cell, int | None]) -> Iterator[Finding]:
    for question, group in sorted({(question, group) for question, _basis, group in bases}):
        for wide, narrow in NARROWER:
            more, fewer = bases.get((question, wide, group)), bases.get((question, narrow, group))
            if more is not None and fewer is not None and fewer > more:
                yield _error(
                    ReadingProblem.BASES_OUT_OF_ORDER,
                    question=question, group=group, wide=wide, narrow=narrow, more=more, fewer=fewer,
                )  # fmt: skip


def _groups_add_up(bases: Mapping[Cell, int | None]) -> Iterator[Finding]:
    parts: dict[tuple[int, str, str], list[int | None]] = defaultdict(list)
    for (question, basis, group), base in bases.items():
        if group:
            parts[question, basis, dimension_of(group)].append(base)
    for (question, basis, dimension), found in sorted(parts.items()):
        whole = bases.get((question, basis, ""))
        known = [base for base in found if base is not None]
        if whole is None or len(known) < len(found):
            continue
        if abs(sum(known) - whole) > BASE_ROUNDING * len(known) / 2:
            yield _warning(
                ReadingProblem.GROUPS_DO_NOT_ADD_UP,
                question=question, basis=basis, dimension=dimension, total=sum(known), whole=whole,
            )  # fmt: skip


def _leaners_only_add(cells: Mapping[Cell, list[Reading]]) -> Iterator[Finding]:
    """Leaning people join the decided ones of an answer: nobody is decided without being in the wider basis."""
    for (question, basis, group), decided in sorted(cells.items()):
        leaning = {one.answer: one for one in cells.get((question, Basis.LEANING, group), ())}
        if basis != Basis.DECIDED or not leaning:
            continue
        for one in decided:
            other = leaning.get(one.answer)
            if other is None or one.base is None or other.base is None:
                continue
            # Shares are rounded: to half a point at worst.
            slack = 1 + STEPS[0] / 2 * (one.base + other.base)
            if one.share * one.base > other.share * other.base + slack:
                yield _warning(
                    ReadingProblem.DECIDED_ABOVE_LEANING, question=question, group=group, answer=one.answer
                )
