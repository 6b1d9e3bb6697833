"""Questions as a lead types them: one a line, in one language or side by side in two. Pure."""

from enum import StrEnum
from itertools import zip_longest

from volunteers.enums import MOST_QUESTIONS

QUESTION_LENGTH = 300


class Reason(StrEnum):
    """Why lines are no questions."""

    NONE = "none"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    UNEVEN = "uneven"


class BadQuestions(ValueError):
    """The lines are no questions."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_questions(english: str, french: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of a question in English and in French; one of a pair may be empty if its whole language is.

    Raises: BadQuestions with the reason.
    """
    lines = (_lines(english), _lines(french))
    if not any(lines):
        raise BadQuestions(Reason.NONE)
    if all(lines) and len(lines[0]) != len(lines[1]):
        raise BadQuestions(Reason.UNEVEN)
    pairs = tuple(zip_longest(lines[0], lines[1], fillvalue=""))
    if len(pairs) > MOST_QUESTIONS:
        raise BadQuestions(Reason.TOO_MANY)
    if any(len(text) > QUESTION_LENGTH for pair in pairs for text in pair):
        raise BadQuestions(Reason.TOO_LONG)
    return pairs


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
