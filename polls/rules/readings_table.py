"""Read a CSV table of a poll’s readings, as pollsters and organizers write it. Pure.

Columns: question, basis, group, answer, share (`42 %` or `0.42`) or instead share_percent (`42`), base. The same header
is in the template that organizers download.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from polls.enums import Answer, Basis, TableProblem
from polls.rules.readings import Reading
from polls.rules.share_text import BadShare, read_share

COLUMNS = ("question", "basis", "group", "answer", "share", "base")
IN_PERCENT = "share_percent"
MOST_ROWS = 5000
LONGEST_GROUP = 60
LARGEST_BASE = 10_000_000


@dataclass(frozen=True)
class LineProblem:
    """What is wrong in a line; `value` is what stands there."""

    line: int
    problem: TableProblem
    value: str = ""


class _BadCell(ValueError):
    def __init__(self, problem: TableProblem, value: str = "") -> None:
        super().__init__(value)
        self.problem, self.value = problem, value


def read_readings(
    text: str, *, questions: Iterable[int], parties: Iterable[str]
) -> tuple[tuple[Reading, ...], tuple[LineProblem, ...]]:
    """Return the readings of a table and what is wrong with it, line by line; with any problem the readings are no use.

    Args:
        text: the whole table; commas, semicolons or tabs part its cells.
        questions: places of the poll’s questions.
        parties: codes of all parties.
    """
    lines = io.StringIO(text.removeprefix("\N{BYTE ORDER MARK}"), newline="")
    reader = csv.DictReader(lines, delimiter=_delimiter(text), strict=True)
    try:
        header = [" ".join((name or "").split()).lower() for name in reader.fieldnames or ()]
    except csv.Error:
        return (), (LineProblem(1, TableProblem.NOT_A_TABLE),)
    problems = tuple(_problems_of_header(header))
    if problems:
        return (), problems
    reader.fieldnames = header
    known = {code.upper(): code for code in parties} | {str(value).upper(): str(value) for value in Answer}
    return _rows(reader, set(questions), known)


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _problems_of_header(header: list[str]) -> Iterator[LineProblem]:
    for column in COLUMNS:
        names = {column, IN_PERCENT} if column == "share" else {column}
        if not names & set(header):
            yield LineProblem(1, TableProblem.NO_COLUMN, column)
    if {"share", IN_PERCENT} <= set(header) or len(set(header)) < len(header):
        yield LineProblem(1, TableProblem.COLUMN_TWICE)


def _rows(
    reader: "csv.DictReader[str]", questions: set[int], known: Mapping[str, str]
) -> tuple[tuple[Reading, ...], tuple[LineProblem, ...]]:
    found: dict[tuple[int, str, str, str], Reading] = {}
    problems: list[LineProblem] = []
    try:
        for record in reader:
            if not any(isinstance(cell, str) and cell.strip() for cell in record.values()):
                continue
            if len(found) >= MOST_ROWS:
                problems.append(LineProblem(reader.line_num, TableProblem.TOO_LONG, str(MOST_ROWS)))
                break
            try:
                reading = _reading(record, questions, known)
                _keep(found, reading)
            except _BadCell as bad:
                problems.append(LineProblem(reader.line_num, bad.problem, bad.value[:60]))
    except csv.Error:
        # Of the inner reader: the outer one counts a line only once it is read.
        problems.append(LineProblem(reader.reader.line_num, TableProblem.NOT_A_TABLE))
    if not found and not problems:
        problems.append(LineProblem(1, TableProblem.EMPTY))
    return tuple(found.values()), tuple(problems)


def _keep(found: dict[tuple[int, str, str, str], Reading], reading: Reading) -> None:
    key = (reading.question, reading.basis, reading.group, reading.answer)
    if key in found:
        raise _BadCell(TableProblem.TWICE, reading.answer)
    found[key] = reading


def _reading(record: Mapping[str | None, object], questions: set[int], known: Mapping[str, str]) -> Reading:
    if None in record or any(cell is None for cell in record.values()):
        raise _BadCell(TableProblem.CELLS)
    cells = {name: str(cell).strip() for name, cell in record.items() if name}
    group, answer = " ".join(cells["group"].split()), cells["answer"]
    if len(group) > LONGEST_GROUP or not group.isprintable():
        raise _BadCell(TableProblem.GROUP, group)
    if answer.upper() not in known:
        raise _BadCell(TableProblem.ANSWER, answer)
    basis = cells["basis"].lower()
    if basis not in Basis.values:
        raise _BadCell(TableProblem.BASIS, cells["basis"])
    return Reading(
        question=_question(cells["question"], questions),
        basis=basis,
        group=group,
        answer=known[answer.upper()],
        share=_share(cells),
        base=_base(cells["base"]),
    )


def _question(text: str, questions: set[int]) -> int:
    number = _whole(text)
    if number is None or number not in questions:
        raise _BadCell(TableProblem.QUESTION, text)
    return number


def _share(cells: Mapping[str, str]) -> float:
    in_percent = IN_PERCENT in cells
    text = cells[IN_PERCENT] if in_percent else cells["share"]
    try:
        return read_share(text, in_percent=in_percent)
    except BadShare as bad:
        problem = TableProblem.SHARE_AMBIGUOUS if bad.is_ambiguous else TableProblem.SHARE
        raise _BadCell(problem, text) from bad


def _base(text: str) -> int | None:
    if not text:
        return None
    number = _whole(text)
    if number is None or number > LARGEST_BASE:
        raise _BadCell(TableProblem.BASE, text)
    return number


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None  # noqa: PLR2004 — fits a column
