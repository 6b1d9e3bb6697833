"""Choosing and writing questions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from volunteers.models import Chapter, Question, QuestionSet


@transaction.atomic
def choose_questions(*, chapter: Chapter, question_set: QuestionSet) -> None:
    """Let a chapter ask these questions from now on; interviews keep theirs."""
    Chapter.objects.filter(pk=chapter.pk).update(question_set=question_set)


@transaction.atomic
def write_questions(
    *, chapter: Chapter, name: str, pairs: Sequence[tuple[str, str]], language: str, now: datetime
) -> QuestionSet:
    """Write a set of the chapter's own and let it ask these; the same questions written again stay one set.

    Args:
        chapter: whose questions.
        name: of the set, in the language of the page it was typed on.
        pairs: every question in English and in French, one of them may be empty.
        language: of the name.
        now: the moment.
    """
    # Two sendings of one form come one after the other.
    current = Chapter.objects.select_for_update(of=("self",), no_key=True).get(pk=chapter.pk).question_set
    if (
        current is not None
        and current.riding_number == chapter.riding_number
        and _pairs(current) == list(pairs)
    ):
        return current
    written = QuestionSet.objects.create(
        riding_number=chapter.riding_number, created_at=now, **{f"name_{language}": name}
    )
    _fill(written, pairs)
    choose_questions(chapter=chapter, question_set=written)
    return written


@transaction.atomic
def install_questions(*, row: Mapping[str, Any], now: datetime) -> bool:
    """Set up the questions that come with the program, unless there are any for all chapters; say whether it did."""
    if QuestionSet.objects.filter(riding_number__isnull=True).exists():
        return False
    written = QuestionSet.objects.create(name_en=row["name_en"], name_fr=row["name_fr"], created_at=now)
    _fill(written, [(question["en"], question["fr"]) for question in row["questions"]])
    return True


def _pairs(question_set: QuestionSet) -> list[tuple[str, str]]:
    rows = question_set.questions.order_by("display_order", "pk")
    return list(rows.values_list("text_en", "text_fr"))


def _fill(question_set: QuestionSet, pairs: Iterable[tuple[str, str]]) -> None:
    Question.objects.bulk_create(
        Question(question_set=question_set, text_en=english, text_fr=french, display_order=order)
        for order, (english, french) in enumerate(pairs, start=1)
    )
