"""The ridings of a postal code in one reading."""

import pytest
from pytest_django import DjangoAssertNumQueries

from ridings.models import PostalCode
from ridings.queries.codes import live_ridings, ridings_of_code
from tests import make


@pytest.fixture
def codes(no_country: None) -> None:
    live, draft = make.boundary_set(), make.boundary_set("2013", "draft")
    first, second = make.riding(live, 35001), make.riding(live, 35002)
    old = make.riding(draft, 35001)
    rows = [
        ("K1A0B1", first, 1.0),
        ("K1A0B2", first, 0.4),
        ("K1A0B2", second, 0.6),
        ("K1A", first, 0.5),
        ("K1A", second, 0.5),
        ("K1A0B3", old, 1.0),
        ("V5K", second, 1.0),
    ]
    PostalCode.objects.bulk_create(
        PostalCode(code=code, riding=riding, share=share) for code, riding, share in rows
    )


@pytest.mark.usefixtures("codes")
@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        ("K1A0B1", [35001]),
        ("K1A0B2", [35002, 35001]),
        ("K1A9Z9", [35001, 35002]),
        ("K1A0B3", [35001, 35002]),
        ("K1A", [35001, 35002]),
        ("V5K0A1", [35002]),
        ("H0H0H0", []),
        ("", []),
    ],
)
def test_the_code_itself_comes_first_then_its_area(
    code: str, numbers: list[int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1 if code else 0):
        found = ridings_of_code(code)

    assert [place.number for place in found] == numbers


@pytest.mark.usefixtures("codes")
def test_only_ridings_in_force_are_returned() -> None:
    assert sorted(live_ridings()) == [35001, 35002]
    assert sorted(live_ridings([35002, 99999])) == [35002]
