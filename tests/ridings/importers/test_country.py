"""The official files: what the database then says is what was published."""

import csv
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.conf import settings
from django.db.models import Sum
from shapely.geometry.base import BaseGeometry

from ridings.models import (
    BoundarySet,
    Candidate,
    GeometryDocument,
    PollingAverage,
    PostalCode,
    Result,
    Riding,
    RidingBoundary,
    RidingOverlap,
    Turnout,
)
from ridings.rules.hexagons import pieces
from ridings.rules.topology import decode_topology
from tests.ridings.importers import small

pytestmark = [pytest.mark.country, pytest.mark.django_db, pytest.mark.usefixtures("country")]

DATA = Path(settings.DATA_DIR)

# Source: Elections Canada, Official Voting Results, general elections 38 to 45.
SEATS = {
    38: {"LPC": 135, "CPC": 99, "NDP": 19, "BQ": 54, "NOAFF": 1},
    39: {"LPC": 103, "CPC": 124, "NDP": 29, "BQ": 51, "IND": 1},
    40: {"LPC": 77, "CPC": 143, "NDP": 37, "BQ": 49, "IND": 2},
    41: {"LPC": 34, "CPC": 166, "NDP": 103, "BQ": 4, "GPC": 1},
    42: {"LPC": 184, "CPC": 99, "NDP": 44, "BQ": 10, "GPC": 1},
    43: {"LPC": 157, "CPC": 121, "NDP": 24, "BQ": 32, "GPC": 3, "IND": 1},
    44: {"LPC": 160, "CPC": 119, "NDP": 25, "BQ": 32, "GPC": 2},
    45: {"LPC": 169, "CPC": 144, "NDP": 7, "BQ": 22, "GPC": 1},
}


def test_every_set_has_its_ridings_and_shapes() -> None:
    sets = BoundarySet.objects.order_by("code").values_list("code", "status", "riding_count")

    assert list(sets) == [("2003", "former", 308), ("2013", "former", 338), ("2023", "live", 343)]
    for code, _, count in sets:
        assert RidingBoundary.objects.filter(riding__boundary_set__code=code).count() == count


@pytest.mark.parametrize("election", sorted(SEATS))
def test_the_seats_of_every_election_are_those_published(election: int) -> None:
    elected = Candidate.objects.filter(election__number=election, is_elected=True)

    assert dict(Counter(elected.values_list("party__code", flat=True))) == SEATS[election]


@pytest.mark.parametrize("election", range(38, 45))
def test_party_totals_are_those_of_table_8(election: int) -> None:
    """Table 8 gives votes by party and province under names of its own; the totals as such must be ours."""
    with (DATA / f"results/raw/ge{election}_table_tableau08.csv").open("rb") as file:
        rows = list(csv.reader(file.read().decode("utf-8-sig" if election > 41 else "cp1252").splitlines()))[
            1:
        ]
    published = sorted(
        sum(int(cell or 0) for cell in row[1:14]) for row in rows if row and not row[0].startswith("Total")
    )

    totals = (
        Result.objects.filter(election__number=election, basis="actual")
        .values("party")
        .annotate(sum=Sum("votes"))
    )
    assert sorted(row["sum"] for row in totals) == [total for total in published if total]


def test_votes_add_up_to_valid_ballots_everywhere() -> None:
    ours = Result.objects.filter(basis="actual").values("election", "riding").annotate(sum=Sum("votes"))
    added = {(row["election"], row["riding"]): row["sum"] for row in ours}
    given = {(row.election_id, row.riding_id): row.valid for row in Turnout.objects.all()}

    assert len(added) == 2589
    assert {key: given[key] for key in added} == added


@pytest.mark.parametrize(("election", "code", "votes"), [(44, "2023", 17_034_177), (41, "2013", 14_724_110)])
def test_official_transpositions_are_there(election: int, code: str, votes: int) -> None:
    moved = Result.objects.filter(election__number=election, riding__boundary_set__code=code)

    assert moved.aggregate(sum=Sum("votes"))["sum"] == votes
    assert set(moved.values_list("basis", flat=True)) == {"official_transposition"}


@pytest.mark.parametrize("election", range(38, 45))
def test_the_raw_tables_say_the_same_as_the_tidy_ones(election: int) -> None:
    raw = DATA / "results/raw"

    said = small.run(
        "import_results", raw / f"ge{election}_table_tableau12.csv", "--election", election,
        "--turnout", raw / f"ge{election}_table_tableau11.csv",
    )  # fmt: skip

    assert said.endswith("votes, unchanged.\n")


def test_the_results_service_says_the_same_as_the_tidy_table() -> None:
    said = small.run("import_results", DATA / "results/raw/ge45_candidates_2025-06-13.tsv", "--election", 45)

    assert said == "Election 45 on boundaries 2023: 343 ridings, 19,641,663 votes, unchanged.\n"


def test_the_official_transposition_of_2011_says_the_same_as_the_summed_one() -> None:
    on_2013 = Result.objects.filter(election__number=41, riding__boundary_set__code="2013")
    before = set(on_2013.values_list("riding__number", "party__code", "votes"))

    small.run(
        "import_results", DATA / "transpositions/ge41_TRANSPOSITION_338FED.csv", "--election", 41,
        "--boundary-set", "2013", "--basis", "official_transposition",
    )  # fmt: skip

    assert set(on_2013.values_list("riding__number", "party__code", "votes")) == before


def test_the_fixtures_say_the_same_as_the_official_files() -> None:
    with (settings.FIXTURES_DIR / "results_2025.csv").open(newline="") as lines:
        fixture = {
            (int(row["fed_num"]), row["party_code"]): int(row["votes"]) for row in csv.DictReader(lines)
        }
    totals: Counter[tuple[int, str]] = Counter()
    for number, code, votes in Result.objects.filter(election__number=45).values_list(
        "riding__number", "party__code", "votes"
    ):
        totals[number, code if code in {"LPC", "CPC", "NDP", "BQ", "GPC", "PPC"} else "OTH"] += votes

    assert {key: votes for key, votes in totals.items() if votes} == fixture


def test_overlaps_agree_with_an_independent_table() -> None:
    with (DATA / "transpositions/area_overlap_2013_2023.csv").open(newline="") as lines:
        given = {
            (int(row["fed_num_2023"]), int(row["fed_num_2013"])): float(row["share_of_2023"])
            for row in csv.DictReader(lines)
        }
    rows = RidingOverlap.objects.filter(riding__boundary_set__code="2023", former__boundary_set__code="2013")
    ours = {
        (new, old): share
        for new, old, share in rows.values_list("riding__number", "former__number", "area_share")
    }

    assert [key for key in set(given) | set(ours) if abs(given.get(key, 0) - ours.get(key, 0)) > 0.01] == []


def test_every_riding_is_led_to() -> None:
    assert PostalCode.objects.values("code").distinct().count() == 1661
    assert PollingAverage.objects.values("region").distinct().count() == 7
    assert Riding.objects.filter(boundary_set__code="2023", places__isnull=True).count() == 0


def documents(level: str, code: str) -> Iterator[tuple[str, bytes, dict[str, BaseGeometry]]]:
    """Yield province, body and shapes in whole grid cells of each document of a set."""
    for row in GeometryDocument.objects.filter(level=level, boundary_set__code=code).order_by("province"):
        body = bytes(row.body)
        yield row.province, body, decode_topology(json.loads(gzip.decompress(body)), on_grid=True)


@pytest.mark.parametrize("code", ["2003", "2013", "2023"])
@pytest.mark.parametrize("level", ["national", "province"])
def test_simplified_neighbours_have_no_gap_or_overlap(level: str, code: str) -> None:
    for province, _, shapes in documents(level, code):
        coverage = np.array(list(shapes.values()))
        assert shapely.is_valid(coverage).all(), province
        assert shapely.coverage_is_valid(coverage), province


@pytest.mark.parametrize("code", ["2003", "2013", "2023"])
def test_the_whole_country_fits_60_kb(code: str) -> None:
    ((_, body, shapes),) = documents("national", code)

    assert len(body) <= 60_000
    assert len(shapes) == BoundarySet.objects.get(code=code).riding_count
    assert min(shapely.get_num_coordinates(np.array(list(shapes.values())))) >= 5


def test_urban_ridings_are_recognisable_in_their_province() -> None:
    vertices = {number: int(shapely.get_num_coordinates(shape)) for _, body, shapes in documents("province", "2023")
                for number, shape in shapes.items()}  # fmt: skip
    full = dict(
        RidingBoundary.objects.filter(riding__boundary_set__code="2023").values_list(
            "riding__number", "vertex_count"
        )
    )

    assert len(vertices) == 343
    assert [number for number, count in vertices.items() if count < min(20, full[int(number)])] == []
    assert max(len(body) for _, body, _ in documents("province", "2023")) <= 120_000


def test_simplified_shapes_stay_near_the_true_ones() -> None:
    """Area of each riding in fine detail against the full shape: recognisable means nearly all of it."""
    full = {row.riding.number: row for row in RidingBoundary.objects.filter(riding__province="ON").filter(
        riding__boundary_set__code="2023").select_related("riding")}  # fmt: skip
    document = GeometryDocument.objects.get(boundary_set__code="2023", province="ON")
    shapes = decode_topology(json.loads(gzip.decompress(document.body)))

    for number, shape in shapes.items():
        true = shapely.from_wkb(bytes(full[int(number)].wkb))
        assert shapely.area(shapely.symmetric_difference(true, shape)) / shapely.area(true) < 0.02, number


@pytest.mark.parametrize("code", ["2003", "2013", "2023"])
def test_the_cartogram_keeps_every_province_in_one_piece(code: str) -> None:
    rows = Riding.objects.filter(boundary_set__code=code).values_list("province", "cell_column", "cell_row")
    cells = {(column or 0, row or 0): province for province, column, row in rows}

    assert len(cells) == len(rows)
    assert len(pieces(cells)) == 13
