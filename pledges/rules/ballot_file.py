"""The file from which anybody can recount a round: written in one way only, read strictly. Pure.

Source: docs/algorithms/ballot-file.md, which describes the format for programs of others.
"""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pledges.rules.counting import NOBODY, Ballot, Method, Tally, count, fault_of
from pledges.rules.outcome import Outcome, Reason, Terms, outcome_of

FORMAT = "coop4canada recommendation ballots 1"
LARGEST_BYTES = 20_000_000
MOST = 100_000_000
BEFORE, AFTER = "before_closing", "after_closing"


class BadFile(ValueError):
    """The file is not one of ours, or somebody changed it."""


@dataclass(frozen=True)
class FileOption:
    """A candidate as offered; `withdrawn` is None, `before_closing` or `after_closing`."""

    key: str
    name: str
    party: str
    withdrawn: str | None


@dataclass(frozen=True)
class Stated:
    """What was published of the outcome."""

    reason: str
    option: str | None
    cast: int
    valid: int


@dataclass(frozen=True)
class BallotFile:
    """Everything that a recount needs; `ballots` is {marks: how many}."""

    round: int
    riding: int
    election: str
    closes_at: str
    method: Method
    options: tuple[FileOption, ...]
    terms: Terms
    eligible: int
    ballots: Mapping[Ballot, int]
    outcome: Stated


def used_parts(ballots: Mapping[Ballot, int], tally: Tally, options: Collection[str]) -> Counter[Ballot]:
    """Return the ballots with only those marks that the count looked at: what else somebody ranked stays secret.

    Counting them again gives the same tally, round by round. A ranking that names withdrawn options alone keeps its first.
    """
    used: Counter[Ballot] = Counter()
    for ballot, number in ballots.items():
        is_faulty = fault_of(ballot, method=tally.method, options=options) is not None
        used[ballot if is_faulty or tally.method != Method.RANKED else _used_part(ballot, tally)] += number
    return used


def _used_part(ballot: Ballot, tally: Tally) -> Ballot:
    holders = (next((mark for mark in ballot if mark in one.votes), None) for one in tally.rounds)
    marks = tuple(dict.fromkeys(holder for holder in holders if holder is not None))
    return marks or ballot[:1]


def recount(file: BallotFile) -> tuple[Tally, Outcome]:
    """Count the ballots of a file by its own terms."""
    tally = count(
        file.ballots,
        method=file.method,
        options=(*(option.key for option in file.options), NOBODY),
        withdrawn=[option.key for option in file.options if option.withdrawn],
        threshold_percent=file.terms.threshold_percent,
    )
    after = [option.key for option in file.options if option.withdrawn == AFTER]
    return tally, outcome_of(tally, file.terms, eligible=file.eligible, withdrawn_after_closing=after)


def stated(outcome: Outcome) -> Stated:
    """Return what a file says of an outcome."""
    return Stated(outcome.reason.value, outcome.option, outcome.cast, outcome.valid)


def write_file(file: BallotFile) -> bytes:
    """Return the one way to write this file: keys and ballots in order, so that its hash depends on its content alone."""
    ballots = [{"count": number, "marks": list(marks)} for marks, number in sorted(file.ballots.items())]
    values = {
        "format": FORMAT,
        **asdict(file),
        "method": file.method.value,
        "ballots": ballots,
    }
    lines = json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1)
    return f"{lines}\n".encode()


def read_file(content: bytes) -> BallotFile:
    """Read a file; whatever is not exactly as we write it is refused.

    Raises: BadFile with a sentence.
    """
    if len(content) > LARGEST_BYTES:
        raise BadFile(f"larger than {LARGEST_BYTES} bytes")
    try:
        values = json.loads(content.decode(), object_pairs_hook=_without_repeats, parse_constant=_refuse)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadFile("this is no JSON in UTF-8") from error
    _expect(values, {"format", *BallotFile.__dataclass_fields__}, "the file")
    if values["format"] != FORMAT:
        raise BadFile(f"the format is not {FORMAT!r}")
    file = _file(values)
    if write_file(file) != content:
        raise BadFile("not written as it is published: order, spaces or repeated ballots differ")
    return file


def _file(values: dict[str, Any]) -> BallotFile:
    options = tuple(_option(item) for item in _list(values["options"], "options"))
    keys = [option.key for option in options]
    if len({*keys, NOBODY}) != len(keys) + 1:
        raise BadFile("two options share a key")
    if values["method"] not in list(Method):
        raise BadFile("the method is unknown")
    file = BallotFile(
        round=_whole(values["round"], "round"),
        riding=_whole(values["riding"], "riding"),
        election=_text(values["election"], "election"),
        closes_at=_text(values["closes_at"], "closes_at"),
        method=Method(values["method"]),
        options=options,
        terms=_terms(values["terms"]),
        eligible=_whole(values["eligible"], "eligible"),
        ballots=_ballots(values["ballots"], {*keys, NOBODY}, Method(values["method"])),
        outcome=_stated(values["outcome"]),
    )
    if sum(file.ballots.values()) > file.eligible:
        raise BadFile("more ballots than people who were eligible")
    return file


def _option(item: object) -> FileOption:
    values = _expect(item, set(FileOption.__dataclass_fields__), "an option")
    if values["withdrawn"] not in {None, BEFORE, AFTER}:
        raise BadFile("an option's withdrawal is unknown")
    texts = {name: _text(values[name], name) for name in ("key", "name", "party")}
    return FileOption(**texts, withdrawn=values["withdrawn"])


def _terms(item: object) -> Terms:
    values = _expect(item, set(Terms.__dataclass_fields__), "the terms")
    return Terms(**{name: _whole(value, name) for name, value in values.items()})


def _ballots(item: object, options: set[str], method: Method) -> Counter[Ballot]:
    ballots: Counter[Ballot] = Counter()
    for row in _list(item, "ballots"):
        values = _expect(row, {"count", "marks"}, "a ballot")
        marks = tuple(_text(mark, "a mark") for mark in _list(values["marks"], "marks"))
        number = _whole(values["count"], "count")
        fault = fault_of(marks, method=method, options=options)
        if fault is not None or not number:
            raise BadFile(f"a ballot is faulty: {fault or 'nobody cast it'}")
        ballots[marks] += number
    return ballots


def _stated(item: object) -> Stated:
    values = _expect(item, set(Stated.__dataclass_fields__), "the outcome")
    if values["reason"] not in list(Reason):
        raise BadFile("the reason is unknown")
    option = values["option"]
    return Stated(
        values["reason"],
        None if option is None else _text(option, "option"),
        _whole(values["cast"], "cast"),
        _whole(values["valid"], "valid"),
    )


def _expect(item: object, names: set[str], what: str) -> dict[str, Any]:
    if not isinstance(item, dict) or set(item) != names:
        raise BadFile(f"{what} does not hold exactly: {', '.join(sorted(names))}")
    return item


def _list(item: object, what: str) -> list[object]:
    if not isinstance(item, list):
        raise BadFile(f"{what} is no list")
    return item


def _text(item: object, what: str) -> str:
    if not isinstance(item, str):
        raise BadFile(f"{what} is no text")
    return item


def _whole(item: object, what: str) -> int:
    # Python's true is a whole number, and JSON's is none.
    if not isinstance(item, int) or isinstance(item, bool) or not 0 <= item <= MOST:
        raise BadFile(f"{what} is no whole number from 0 to {MOST}")
    return item


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise BadFile("a key stands twice")
    return values


def _refuse(constant: str) -> None:
    raise BadFile(f"{constant} is no number")
