"""The subset of Open North's Represent API, by its documented shapes."""

import pytest
from django.test import Client

from ridings.models import PostalCode, Riding
from tests.ridings.test_lookup import squares as squares  # noqa: PLC0414 — a fixture

SET = "/boundaries/federal-electoral-districts-2023-representation-order/"


def test_a_point_returns_its_boundary(client: Client, squares: dict[str, Riding]) -> None:
    answer = client.get("/boundaries/", {"contains": "45.1,-79.9"}).json()

    assert answer["meta"] == {"limit": 20, "next": None, "offset": 0, "previous": None, "total_count": 1}
    assert answer["objects"] == [
        {
            "url": f"{SET}35001/",
            "name": "Montréal—Ouest",
            "boundary_set_name": "Federal electoral district",
            "external_id": "35001",
            "related": {
                "boundary_set_url": "/boundary-sets/federal-electoral-districts-2023-representation-order/"
            },
        }
    ]


def test_a_boundary_shows_its_extent(client: Client, squares: dict[str, Riding]) -> None:
    detail = client.get(f"{SET}35002/").json()

    assert detail["extent"] == [-79.55, 45.0, -78.0, 46.0]
    assert detail["metadata"]["FED_NUM"] == 35002


def test_lists_are_paged(client: Client, squares: dict[str, Riding]) -> None:
    first = client.get("/boundaries/", {"limit": "1"}).json()
    second = client.get(first["meta"]["next"]).json()

    assert [entry["external_id"] for entry in first["objects"] + second["objects"]] == ["35001", "35002"]
    assert (second["meta"]["next"], second["meta"]["previous"]) == (None, "/boundaries/?limit=1&offset=0")


def test_a_postal_code_returns_its_concordance(client: Client, squares: dict[str, Riding]) -> None:
    PostalCode.objects.create(code="K0A", riding=squares["west"], share=0.4)
    PostalCode.objects.create(code="K0A", riding=squares["east"], share=0.6)

    answer = client.get("/postcodes/k0a1k0/")

    detail = answer.json()
    assert detail["code"] == "K0A1K0"
    assert [entry["external_id"] for entry in detail["boundaries_concordance"]] == ["35002", "35001"]
    assert [entry["external_id"] for entry in detail["boundaries_centroid"]] == ["35002"]
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/boundaries/?contains=nonsense", 400),
        ("/boundaries/?contains=nan,nan", 400),
        ("/boundaries/?contains=91,0", 400),
        ("/boundaries/?contains=1,2,3", 400),
        ("/boundaries/?limit=-1", 400),
        ("/boundaries/?offset=x", 400),
        (f"{SET}99999/", 404),
        ("/postcodes/D1A1A1/", 404),
        ("/postcodes/V9Z9Z9/", 404),
        ("/postcodes/%00/", 404),
    ],
)
def test_bad_questions_get_an_error(
    client: Client, squares: dict[str, Riding], path: str, status: int
) -> None:
    answer = client.get(path)

    assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_a_former_order_can_still_be_asked(client: Client, squares: dict[str, Riding]) -> None:
    squares["west"].boundary_set.status = "former"
    squares["west"].boundary_set.save()

    assert client.get("/boundaries/").json()["objects"] == []
    assert client.get(SET).json()["meta"]["total_count"] == 2
