"""Readings of a poll from a table: all of them or none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from campaign.models import Party
from polls.enums import PollState
from polls.models import Poll, PollQuestion, PollReading
from polls.queries.gate import findings_of
from polls.queries.sentences import words_of_finding, words_of_line
from polls.rules.readings import Reading
from polls.rules.readings_table import read_readings


class PollLocked(ValueError):
    """A poll is shown to the public: it is retracted before anything of it changes."""


@dataclass(frozen=True)
class TableReport:
    """What a table holds: how many readings of how many questions, what is wrong with it, what should be looked at.

    With any problem nothing is stored. Warnings are what a poll may be published with, and errors that later rows or
    facts may still mend.
    """

    readings: tuple[Reading, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def question_count(self) -> int:
        """How many questions the table speaks of."""
        return len({reading.question for reading in self.readings})


def read_table(*, poll: Poll, text: str) -> TableReport:
    """Read a table for a poll and say what is wrong; writes nothing."""
    readings, lines = read_readings(
        text,
        questions=poll.questions.values_list("place", flat=True),
        parties=Party.objects.values_list("code", flat=True),
    )
    if lines:
        return TableReport((), tuple(words_of_line(line) for line in lines), ())
    findings = findings_of(poll, list(readings))
    return TableReport(
        readings,
        tuple(words_of_finding(one) for one in findings if one.is_error),
        tuple(words_of_finding(one) for one in findings if not one.is_error),
    )


@transaction.atomic
def import_readings(*, poll: Poll, text: str) -> TableReport:
    """Put a table’s readings in place of those of the questions it names; a table with problems changes nothing.

    Raises: PollLocked.
    """
    row = Poll.objects.select_for_update(of=("self",), no_key=True).get(pk=poll.pk)
    if row.state == PollState.PUBLISHED:
        raise PollLocked
    report = read_table(poll=row, text=text)
    if not report.problems:
        _replace(row, report.readings)
    return report


def _replace(poll: Poll, readings: Iterable[Reading]) -> None:
    by_place: dict[int, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_place[reading.question].append(reading)
    questions = {question.place: question for question in PollQuestion.objects.filter(poll=poll)}
    parties = Party.objects.in_bulk(field_name="code")
    for place, of_question in by_place.items():
        PollReading.objects.filter(question=questions[place]).delete()
        PollReading.objects.bulk_create(
            PollReading(
                question=questions[place],
                basis=one.basis,
                group=one.group,
                party=parties.get(one.answer),
                answer="" if one.answer in parties else one.answer,
                share=one.share,
                base_count=one.base,
            )
            for one in of_question
        )
