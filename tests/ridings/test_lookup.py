"""Find your riding, with a country of two squares: borders, islands, holes and the sea."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import shapely
from django.db import OperationalError

from ridings.index import RidingIndex, holder
from ridings.models import BoundarySet, Place, PlaceRiding, PostalCode, Riding, RidingBoundary
from ridings.queries.lookup import Finding, FindingSource, FindingStatus, SearchPlace, find_riding
from tests import make
from tests.points import plain_scan, points_to_try

# A square with a hole, a neighbour to the east that also owns the island in the hole, and a strip of sea.
WEST = shapely.Polygon(
    [(-80, 45), (-79, 45), (-79, 46), (-80, 46)],
    [[(-79.6, 45.4), (-79.4, 45.4), (-79.4, 45.6), (-79.6, 45.6)]],
)
EAST = shapely.MultiPolygon([shapely.box(-79, 45, -78, 46), shapely.box(-79.55, 45.45, -79.45, 45.55)])


def add_shape(riding: Riding, shape: shapely.Geometry) -> None:
    west, south, east, north = shapely.bounds(shape)
    RidingBoundary.objects.create(
        riding=riding,
        wkb=shapely.to_wkb(shape),
        west=west,
        south=south,
        east=east,
        north=north,
        area_km2=1,
        vertex_count=9,
    )


@pytest.fixture
def squares(no_country: None) -> dict[str, Riding]:
    live = make.boundary_set(shapes_version="v1")
    west = make.riding(live, 35001, "Montréal—Ouest", search_text="montreal ouest")
    east = make.riding(live, 35002, "Toronto Centre", search_text="toronto centre")
    add_shape(west, WEST)
    add_shape(east, EAST)
    holder.forget()
    return {"west": west, "east": east}


def at(latitude: float, longitude: float) -> Finding:
    return find_riding(SearchPlace(latitude=latitude, longitude=longitude))


def found(finding: Finding) -> list[int]:
    return [match.riding.number for match in finding.matches]


@pytest.mark.parametrize(
    ("latitude", "longitude", "numbers", "status"),
    [
        (45.1, -79.9, [35001], FindingStatus.UNIQUE),  # inside
        (45.5, -79.5, [35002], FindingStatus.UNIQUE),  # an island in the hole belongs to the neighbour
        (45.42, -79.58, [], FindingStatus.OUTSIDE),  # the water in the hole is nobody's
        (45.5, -79.0, [35001, 35002], FindingStatus.AMBIGUOUS),  # on the border: both, lowest number first
        (45.0, -80.0, [35001], FindingStatus.UNIQUE),  # a corner of the coast is still inside
        (45.4, -79.5, [35001], FindingStatus.UNIQUE),  # the rim of the hole too
        (50.0, -79.5, [], FindingStatus.OUTSIDE),
        (-45.1, 79.9, [], FindingStatus.OUTSIDE),
    ],
)
def test_a_point_is_in_what_covers_it(
    squares: dict[str, Riding], latitude: float, longitude: float, numbers: list[int], status: FindingStatus
) -> None:
    finding = at(latitude, longitude)

    assert (found(finding), finding.status) == (numbers, status)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf")), (-1e300, 1e300)]
)
def test_coordinates_off_the_planet_are_refused_in_words(
    squares: dict[str, Riding], latitude: float, longitude: float
) -> None:
    finding = at(latitude, longitude)

    assert (finding.status, finding.matches) == (FindingStatus.INVALID, ())
    assert "between" in finding.message


def test_without_shapes_a_point_is_told_how_they_are_loaded(no_country: None) -> None:
    make.riding(make.boundary_set())
    holder.forget()

    finding = at(45, -79)

    assert finding.status == FindingStatus.NOT_LOADED
    assert "import_boundaries" in finding.message


def test_a_code_that_straddles_ridings_returns_all_with_their_share(squares: dict[str, Riding]) -> None:
    PostalCode.objects.create(code="K1A0B1", riding=squares["west"], share=0.6)
    PostalCode.objects.create(code="K1A0B1", riding=squares["east"], share=0.4)

    finding = find_riding(SearchPlace("k1a 0b1"))

    assert (finding.status, finding.source) == (FindingStatus.AMBIGUOUS, FindingSource.POSTAL_CODE)
    assert [(match.riding.number, match.share) for match in finding.matches] == [(35001, 0.6), (35002, 0.4)]


def test_a_code_we_do_not_know_answers_by_its_area_and_says_so(squares: dict[str, Riding]) -> None:
    PostalCode.objects.create(code="K1A", riding=squares["west"], share=0.5)
    PostalCode.objects.create(code="K1A", riding=squares["east"], share=0.5)

    finding = find_riding(SearchPlace("K1A 0B1"))

    assert (finding.status, finding.source) == (FindingStatus.AMBIGUOUS, FindingSource.FSA)
    assert "only the area K1A" in finding.message
    assert not finding.is_exact


def test_an_area_wholly_in_one_riding_answers_all_its_codes(squares: dict[str, Riding]) -> None:
    PostalCode.objects.create(code="K1A", riding=squares["east"], share=1.0)

    finding = find_riding(SearchPlace("K1A 9Z9"))

    assert (finding.status, found(finding)) == (FindingStatus.UNIQUE, [35002])


def test_nearly_all_of_a_code_is_likely_and_never_certain(squares: dict[str, Riding]) -> None:
    PostalCode.objects.create(code="K1A", riding=squares["east"], share=0.985)
    PostalCode.objects.create(code="K1A", riding=squares["west"], share=0.015)

    finding = find_riding(SearchPlace("K1A"))

    assert (finding.status, found(finding)) == (FindingStatus.LIKELY, [35002, 35001])


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("D1A 1A1", FindingStatus.INVALID),
        ("K1A OB1", FindingStatus.INVALID),
        ("V9Z 9Z9", FindingStatus.UNKNOWN),
        ("zzqqxxyy", FindingStatus.UNKNOWN),
        ("'; DROP TABLE ridings_riding; --", FindingStatus.UNKNOWN),
        ("<script>alert(1)</script>", FindingStatus.UNKNOWN),
        ("99999", FindingStatus.UNKNOWN),
        ("%%%___", FindingStatus.UNKNOWN),
        ("x" * 10_000, FindingStatus.UNKNOWN),
    ],
)
def test_what_leads_nowhere_gets_a_sentence(
    squares: dict[str, Riding], query: str, status: FindingStatus
) -> None:
    PostalCode.objects.create(code="K1A", riding=squares["east"], share=1.0)

    finding = find_riding(SearchPlace(query))

    assert (finding.status, finding.matches) == (status, ())
    assert finding.message
    assert Riding.objects.count() == 2


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("Montréal", [35001]),
        ("montreal", [35001]),
        ("MONTREAL OUEST", [35001]),
        ("monteral", [35001]),
        ("Tornto", [35002]),
        ("toronto-centre", [35002]),
        ("35002", [35002]),
    ],
)
def test_names_are_found_with_typos_and_without_accents(
    squares: dict[str, Riding], query: str, numbers: list[int]
) -> None:
    assert found(find_riding(SearchPlace(query))) == numbers


def test_a_place_leads_to_its_ridings_with_their_share(squares: dict[str, Riding]) -> None:
    place = Place.objects.create(
        name="Sainte-Hyacinthe", province="ON", search_text="sainte hyacinthe", weight=9
    )
    PlaceRiding.objects.create(place=place, riding=squares["east"], share=0.7)
    PlaceRiding.objects.create(place=place, riding=squares["west"], share=0.3)

    finding = find_riding(SearchPlace("sainte hyacinte"))

    assert (finding.source, finding.status) == (FindingSource.PLACE, FindingStatus.AMBIGUOUS)
    assert [(match.riding.number, match.share) for match in finding.matches] == [(35002, 0.7), (35001, 0.3)]


def test_the_very_name_of_a_place_beats_a_longer_one(squares: dict[str, Riding]) -> None:
    for name, riding in (("Alma", squares["east"]), ("Alma Nord", squares["west"])):
        place = Place.objects.create(name=name, province="ON", search_text=name.lower(), weight=1)
        PlaceRiding.objects.create(place=place, riding=riding, share=1.0)

    assert found(find_riding(SearchPlace("Alma"))) == [35002]
    assert found(find_riding(SearchPlace("Alma Nord"))) == [35001]


def test_new_shapes_take_effect_without_a_restart(squares: dict[str, Riding]) -> None:
    assert found(at(45.5, -78.5)) == [35002]
    RidingBoundary.objects.filter(riding=squares["east"]).delete()
    BoundarySet.objects.update(shapes_version="v2")
    holder.forget()

    assert at(45.5, -78.5).status == FindingStatus.OUTSIDE


def test_a_corrected_name_is_shown_without_reading_the_shapes_again(squares: dict[str, Riding]) -> None:
    before = holder.live()
    Riding.objects.filter(pk=squares["west"].pk).update(name_en="New Name")
    holder.check_again()

    assert at(45.1, -79.9).matches[0].riding.name_en == "New Name"
    index = holder.live()
    assert before is not None
    assert index is not None
    assert index.shapes is before.shapes


def test_look_ups_go_on_while_the_database_is_away(
    squares: dict[str, Riding], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert found(at(45.1, -79.9)) == [35001]

    def gone(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("ridings.index.BoundarySet.objects.filter", gone)
    holder.check_again()

    assert found(at(45.1, -79.9)) == [35001]
    assert "look-ups go on" in caplog.text
    holder.forget()
    with pytest.raises(OperationalError):
        at(45.1, -79.9)


@pytest.mark.country
def test_the_index_agrees_with_a_plain_scan_of_every_polygon(country: BoundarySet) -> None:
    holder.forget()
    index = holder.live()
    assert isinstance(index, RidingIndex)
    points = points_to_try(index, 100_000)

    scanned = plain_scan(index, points)

    for row, (longitude, latitude) in enumerate(points):
        assert [riding.number for riding in index.covering(longitude, latitude)] == scanned.get(row, [])


@pytest.mark.country
def test_many_threads_may_ask_a_new_index_at_once(country: BoundarySet) -> None:
    """Without the warm-up the process ends here: GEOS builds its indexes at first use, without a lock."""
    holder.forget()
    first = holder.live()
    assert isinstance(first, RidingIndex)
    points = points_to_try(first, 4_000)

    for _round in range(3):
        fresh = RidingIndex.build(
            "again", first.ridings, [shapely.from_wkb(shapely.to_wkb(s)) for s in first.shapes]
        )
        with ThreadPoolExecutor(16) as threads:
            answers = list(threads.map(lambda point, index=fresh: index.covering(*point), points))
        assert answers == [first.covering(*point) for point in points]
