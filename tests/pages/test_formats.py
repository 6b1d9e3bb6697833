import pytest
from django.utils import translation

from coop4canada.templatetags import formats

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "share", "places", "written"),
    [
        ("en", 0.412, 1, f"41.2{SPACE}%"),
        ("fr", 0.412, 1, f"41,2{SPACE}%"),
        ("en", 0.0005, 1, f"0.1{SPACE}%"),
        ("en", 1, 0, f"100{SPACE}%"),
        ("fr", 0.5, 0, f"50{SPACE}%"),
    ],
)
def test_percent_is_rounded_and_written_as_the_language_does(
    language: str, share: float, places: int, written: str
) -> None:
    with translation.override(language):
        assert formats.percent(share, places) == written


@pytest.mark.parametrize(
    ("language", "difference", "written"),
    [
        ("en", 0.031, "+3.1"),
        ("en", -0.0912, "−9.1"),
        ("fr", 0.031, "+3,1"),
        ("en", 0.0001, "0.0"),
        ("en", -0.0001, "0.0"),
    ],
)
def test_points_carry_their_sign(language: str, difference: float, written: str) -> None:
    with translation.override(language):
        assert formats.points(difference) == written


@pytest.mark.parametrize(("language", "written"), [("en", "1,234,567"), ("fr", f"1{SPACE}234{SPACE}567")])
def test_count_sets_thousands_apart(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.count(1_234_567) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.6234, f"about 62{SPACE}%"),
        (0.999, f"about 99{SPACE}%"),
        (1.0, f"about 100{SPACE}%"),
        (0.004, f"less than 1{SPACE}%"),
    ],
)
def test_about_percent_never_says_none_or_all_of_a_part(share: float, written: str) -> None:
    with translation.override("en"):
        assert formats.about_percent(share) == written


def test_unbroken_keeps_the_sign_with_its_figure() -> None:
    assert formats.unbroken("a chance of 4 %, or 5 %") == f"a chance of 4{SPACE}%, or 5{SPACE}%"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Swing riding: we can win here", "We can win here"),
        ("We can win here", "We can win here"),
        ("Swing riding", "Swing riding"),
    ],
)
def test_after_label_leaves_out_only_a_repeated_label(text: str, left: str) -> None:
    assert formats.after_label(text, "Swing riding") == left


def test_in_parts_breaks_after_dashes_and_escapes() -> None:
    parts = formats.in_parts("Abitibi—<b>James")

    assert parts == '<span class="c-name-part">Abitibi—</span><span class="c-name-part">&lt;b&gt;James</span>'


def test_full_address_joins_without_a_double_slash(settings: object) -> None:
    settings.SITE_URL = "https://example.org/"  # type: ignore[attr-defined]

    assert formats.full_address("/fr/") == "https://example.org/fr/"
