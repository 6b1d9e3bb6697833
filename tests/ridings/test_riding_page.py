"""The page of one riding: what it reads, and at what cost."""

from typing import Any

import pytest
from django.test import Client

from ridings.models import Candidate, Result, RidingOverlap
from ridings.queries import riding_page
from ridings.services import recompute_map, request_recompute
from tests import make
from tests.ridings.test_recompute import NOON


@pytest.fixture
def small(no_country: None) -> dict[str, Any]:
    small = make.small_country()
    request_recompute(cause="test")
    recompute_map(at=NOON, at_once=True)
    return small


def add_former(small: dict[str, Any]) -> None:
    """Give the first riding two predecessors on older boundaries, each with two elections."""
    old = make.boundary_set("2013", status="former")
    elections = [make.election(old, 43, "2019-10-21"), make.election(old, 42, "2015-10-19")]
    for number, share in ((35011, 0.7), (35012, 0.3)):
        former = make.riding(old, number, f"Former {number}")
        RidingOverlap.objects.create(riding=small["ridings"][0], former=former, area_share=share)
        for election in elections:
            make.results(election, former, CPC=10, LPC=number % 7)


def test_charts_stand_by_boundaries_then_part_then_election(small: dict[str, Any]) -> None:
    add_former(small)

    page = riding_page(35001)

    assert page is not None
    assert [(chart.year, chart.former_riding) for chart in page.charts] == [(2025, None)]
    assert [
        (chart.former_riding and chart.former_riding.number, chart.year) for chart in page.former_charts
    ] == [
        (35011, 2019),
        (35011, 2015),
        (35012, 2019),
        (35012, 2015),
    ]
    assert [chart.overlap_share for chart in page.former_charts] == [0.7, 0.7, 0.3, 0.3]


def test_former_ridings_show_only_votes_cast_there(small: dict[str, Any]) -> None:
    add_former(small)
    Result.objects.filter(riding__number=35012).update(basis="official_transposition")

    page = riding_page(35001)

    assert page is not None
    assert {chart.former_riding and chart.former_riding.number for chart in page.former_charts} == {35011}


def test_candidates_of_the_coming_election_take_the_place_of_the_last_ones(small: dict[str, Any]) -> None:
    party, riding = make.parties()["LPC"], small["ridings"][0]
    coming = make.election(small["boundary_set"], 46, "2029-10-15")
    Candidate.objects.create(election=small["election"], riding=riding, party=party, name="Then", votes=5)
    Candidate.objects.create(election=coming, riding=riding, party=party, name="Next")

    page = riding_page(35001)

    assert page is not None
    assert page.candidates_year == 2029
    assert [(row.name, row.votes, row.share) for row in page.candidates] == [("Next", None, None)]


def test_the_projection_is_silent_without_polls(small: dict[str, Any]) -> None:
    page = riding_page(35001)

    assert page is not None
    assert page.projection == ()


def test_an_unknown_number_is_no_page(client: Client, small: dict[str, Any]) -> None:
    assert riding_page(10999) is None
    assert client.get("/ridings/10999/").status_code == 404


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client: Client, small: dict[str, Any]) -> None:
    answer = client.get("/fr/ridings/35001-something-else/")

    assert (answer.status_code, answer["Location"]) == (301, "/fr/ridings/35001-split/")


def test_more_former_ridings_cost_no_more_queries(
    client: Client, small: dict[str, Any], django_assert_num_queries: Any
) -> None:
    add_former(small)

    with django_assert_num_queries(12):
        client.get("/ridings/35001-split/")


def test_the_map_costs_the_same_for_three_ridings_as_for_343(
    client: Client, small: dict[str, Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        client.get("/ridings/")
