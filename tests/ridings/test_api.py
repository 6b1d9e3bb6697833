"""The public JSON API: shapes, errors, caching."""

import gzip
import json
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import validate

from ridings.models import GeometryDocument, PostalCode, Riding
from ridings.services import recompute_map, request_recompute
from tests import make
from tests.ridings.test_recompute import HOUR, NOON, override


@pytest.fixture
def small(no_country: None) -> dict[str, Any]:
    small = make.small_country()
    request_recompute(cause="test")
    recompute_map(at=NOON, at_once=True)
    return small


def test_ridings_lists_every_riding_with_class_and_reason(client: Client, small: dict[str, Any]) -> None:
    items = client.get("/api/v1/ridings").json()

    assert [(item["number"], item["class"]) for item in items] == [
        (35001, "swing"),
        (35002, "other"),
        (59003, "swing"),
    ]
    assert items[0] == {
        "number": 35001,
        "slug": "split",
        "name_en": "Split",
        "name_fr": "Split",
        "province": "ON",
        "class": "swing",
        "reason_en": "The Conservatives won by 3.0 points over the Liberals in 2025; 15.0 points went to the NDP.",
        "reason_fr": items[0]["reason_fr"],
        "longitude": None,
        "latitude": None,
        "recommendation": None,
    }


def test_a_riding_shows_its_results_and_projection(client: Client, small: dict[str, Any]) -> None:
    detail = client.get("/api/v1/ridings/35001").json()

    assert detail["results"] == [
        {
            "election": 45,
            "year": 2025,
            "basis": "actual",
            "former_riding": None,
            "overlap_share": None,
            "votes": {"CPC": 4200, "LPC": 3900, "NDP": 1500, "GPC": 400},
        }
    ]
    assert sum(detail["projection"].values()) == pytest.approx(1)
    assert (detail["recommendation"], detail["polls"], detail["teams"]) == (None, [], [])


def test_an_unknown_riding_is_not_found_in_words(client: Client, small: dict[str, Any]) -> None:
    answer = client.get("/api/v1/ridings/10999")

    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no riding 10999."})


def test_colours_are_small_and_answer_304_to_who_has_them(client: Client, small: dict[str, Any]) -> None:
    first = client.get("/api/v1/map/colours")
    again = client.get("/api/v1/map/colours", headers={"If-None-Match": first["ETag"]})

    assert first.json()["classes"] == {"35001": "swing", "35002": "other", "59003": "swing"}
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    override(small)
    request_recompute(cause="override")
    recompute_map(at=NOON + HOUR / 2, at_once=True)
    changed = client.get("/api/v1/map/colours", headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed.json()["classes"]["35001"]) == (200, "other")


def test_before_the_first_run_there_are_no_colours(client: Client, no_country: None) -> None:
    assert client.get("/api/v1/map/colours").status_code == 404


def test_geometry_is_named_by_its_hash_and_kept_for_ever(client: Client, small: dict[str, Any]) -> None:
    shapes = b'{"type":"Topology"}'
    GeometryDocument.objects.create(
        boundary_set=small["boundary_set"], level="national", digest="abc123", body=gzip.compress(shapes)
    )

    redirect = client.get("/api/v1/map/geometry")
    packed = client.get(redirect["Location"], headers={"Accept-Encoding": "gzip"})
    plain = client.get(redirect["Location"])

    assert (redirect.status_code, redirect["Location"]) == (302, "/map/geometry/abc123.json")
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", shapes)
    assert plain.content == shapes
    assert "immutable" in packed["Cache-Control"]


def test_without_shapes_geometry_says_how_to_load_them(client: Client, small: dict[str, Any]) -> None:
    answer = client.get("/api/v1/map/geometry")

    assert answer.status_code == 404
    assert "import_boundaries" in answer.json()["detail"]


def test_the_cartogram_has_a_cell_for_every_riding_that_has_one(
    client: Client, small: dict[str, Any]
) -> None:
    Riding.objects.filter(number=35001).update(cell_column=4, cell_row=7)

    assert client.get("/api/v1/map/cartogram").json() == {"cells": {"35001": [4, 7]}}


def test_lookup_returns_all_ridings_of_a_code(client: Client, small: dict[str, Any]) -> None:
    for riding, share in zip(small["ridings"][:2], (0.7, 0.3), strict=True):
        PostalCode.objects.create(code="K1A", riding=riding, share=share)

    answer = client.get("/api/v1/lookup", {"postal_code": "k1a 0b1"})

    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    body = answer.json()
    assert (body["source"], body["exact"]) == ("fsa", False)
    assert body["matches"] == [
        {"number": 35001, "name_en": "Split", "name_fr": "Split", "province": "ON", "share": 0.7},
        {"number": 35002, "name_en": "Safe", "name_fr": "Safe", "province": "ON", "share": 0.3},
    ]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 422),
        ({"lat": "45"}, 422),
        ({"lat": "nan", "lon": "nan"}, 422),
        ({"lat": "inf", "lon": "0"}, 422),
        ({"lat": "91", "lon": "0"}, 422),
        ({"lat": "x", "lon": "y"}, 422),
        ({"postal_code": "D1A 1A1"}, 422),
        ({"postal_code": "V9Z 9Z9"}, 404),
        ({"q": "x" * 10_000}, 422),
        ({"q": "\0"}, 422),
        ({"q": "'; DROP TABLE ridings_riding; --"}, 404),
        ({"q": "<script>alert(1)</script>"}, 404),
        ({"q": "Split", "language": "de"}, 422),
        ({"lat": "45", "lon": "-75"}, 503),
    ],
)
def test_bad_lookups_get_a_plain_message(
    client: Client, small: dict[str, Any], query: dict[str, str], status: int
) -> None:
    PostalCode.objects.create(code="K1A", riding=small["ridings"][0], share=1.0)

    answer = client.get("/api/v1/lookup", query)

    assert answer.status_code == status
    assert list(answer.json()) == ["detail"]
    assert isinstance(answer.json()["detail"], str)
    assert Riding.objects.count() == 3


def test_every_page_of_any_origin_may_read_it(client: Client, small: dict[str, Any]) -> None:
    for path in ("/api/v1/ridings", "/api/v1/map/colours", "/boundaries/", "/api/v1/openapi.json"):
        answer = client.get(path)
        assert (answer["Access-Control-Allow-Origin"], "Set-Cookie" in answer) == ("*", False)


def test_it_only_reads(client: Client, small: dict[str, Any]) -> None:
    assert client.post("/api/v1/ridings").status_code == 405


def test_the_openapi_document_is_valid_and_names_every_address(client: Client) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").content)

    validate(document)
    assert sorted(document["paths"]) == [
        "/api/v1/chapters/{number}",
        "/api/v1/coalition",
        "/api/v1/drives",
        "/api/v1/lookup",
        "/api/v1/map/cartogram",
        "/api/v1/map/colours",
        "/api/v1/map/geometry",
        "/api/v1/map/recommendations",
        "/api/v1/petitions/{slug}",
        "/api/v1/petitions/{slug}/ridings",
        "/api/v1/pledges",
        "/api/v1/polls",
        "/api/v1/polls/projects",
        "/api/v1/polls/projects/{number}",
        "/api/v1/polls/{number}",
        "/api/v1/recommendations/{number}",
        "/api/v1/ridings",
        "/api/v1/ridings/{number}",
    ]
