"""Judging a quiz. Pure."""

from collections.abc import Collection, Mapping


def wrong_questions(
    right: Mapping[int, Collection[int]], chosen: Mapping[int, Collection[int]]
) -> tuple[int, ...]:
    """Return the questions answered wrongly or not at all, in their order.

    Args:
        right: {question: its right answers}.
        chosen: {question: what somebody ticked}; all right answers must be ticked and no other.
    """
    return tuple(
        question for question, answers in right.items() if set(answers) != set(chosen.get(question, ()))
    )
