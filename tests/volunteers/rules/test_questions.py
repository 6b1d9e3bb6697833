"""Questions as they are typed."""

import pytest

from volunteers.rules.questions import BadQuestions, Reason, read_questions


@pytest.mark.parametrize(
    ("english", "french", "pairs"),
    [
        ("Why?\n\n  How   so? ", "", (("Why?", ""), ("How so?", ""))),
        ("", "Pourquoi?\r\nComment?", (("", "Pourquoi?"), ("", "Comment?"))),
        ("Why?", "Pourquoi?", (("Why?", "Pourquoi?"),)),
    ],
)
def test_lines_stand_side_by_side(english: str, french: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert read_questions(english, french) == pairs


@pytest.mark.parametrize(
    ("english", "french", "reason"),
    [
        ("", " \n ", Reason.NONE),
        ("a\nb", "c", Reason.UNEVEN),
        ("a\n" * 21, "", Reason.TOO_MANY),
        ("a" * 301, "", Reason.TOO_LONG),
    ],
)
def test_what_is_no_list_of_questions_is_refused(english: str, french: str, reason: Reason) -> None:
    with pytest.raises(BadQuestions) as refused:
        read_questions(english, french)

    assert refused.value.reason == reason
