"""Boundary files: what is read, mended, refused."""

import gzip
import shutil
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.core.management.base import CommandError

from ridings.geometry import from_wkb
from ridings.models import (
    BoundarySet,
    GeometryDocument,
    RecomputeRequest,
    Riding,
    RidingBoundary,
    RidingOverlap,
)
from tests import make
from tests.ridings.importers import small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_country")]

AS_2099 = ("--boundary-set", "2099", "--expected-count", "4")


def test_geojson_is_loaded_as_a_draft(tmp_path: Path) -> None:
    said = small.run("import_boundaries", small.geojson(tmp_path / "a.geojson"), *AS_2099, "--source", "here")

    loaded = BoundarySet.objects.get(code="2099")
    ajax = Riding.objects.get(number=35001)
    assert said == "Boundaries 2099: 4 ridings loaded as draft.\n"
    assert (loaded.status, loaded.riding_count, loaded.source) == ("draft", 4, "here")
    assert (ajax.name_en, ajax.province, ajax.search_text) == ("Ajax", "ON", "ajax | 35001")
    assert shapely.contains_xy(from_wkb(ajax.boundary.wkb), ajax.longitude or 0, ajax.latitude or 0)
    assert ajax.boundary.area_km2 == pytest.approx(39.3 * 55.6, rel=0.01)
    assert (ajax.boundary.west, ajax.boundary.north, ajax.boundary.vertex_count) == (-76, 45.5, 5)


def test_everything_the_map_needs_is_made(tmp_path: Path) -> None:
    small.load_squares(tmp_path)

    documents = GeometryDocument.objects.order_by("level", "province").values_list("level", "province")
    cells = Riding.objects.values_list("cell_column", "cell_row")
    assert list(documents) == [("national", ""), ("province", "ON"), ("province", "QC")]
    assert len(set(cells)) == 4
    assert RecomputeRequest.objects.get().cause == "boundaries 2099 loaded"


def test_search_text_holds_both_names_in_plain_form(tmp_path: Path) -> None:
    small.load_squares(tmp_path)

    assert Riding.objects.get(number=35003).search_text == "quebec bridge | pont de quebec | 35003"


def test_live_puts_the_set_in_force_and_keeps_the_one_before(tmp_path: Path) -> None:
    make.boundary_set("2023", "live")

    small.run("import_boundaries", small.geojson(tmp_path / "a.geojson"), *AS_2099, "--live")

    assert dict(BoundarySet.objects.values_list("code", "status")) == {"2023": "former", "2099": "live"}


def test_set_live_boundaries_puts_a_draft_in_force(tmp_path: Path) -> None:
    small.load_squares(tmp_path)

    small.run("set_live_boundaries", "2099")
    again = small.run("set_live_boundaries", "2099")

    assert BoundarySet.objects.get().status == "live"
    assert again == "Representation order 2099 is in force.\n"


def test_set_live_boundaries_refuses_a_set_that_is_not_loaded() -> None:
    make.boundary_set("2033", "draft")

    with pytest.raises(CommandError, match="2033 is not loaded: load it with import_boundaries first"):
        small.run("set_live_boundaries", "2033")


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    before = small.load_squares(tmp_path)
    RecomputeRequest.objects.all().delete()

    said = small.run("import_boundaries", tmp_path / "squares.geojson", *AS_2099)

    after = BoundarySet.objects.get()
    assert said == "Boundaries 2099: 4 ridings, unchanged.\n"
    assert (after.shapes_version, after.loaded_at) == (before.shapes_version, before.loaded_at)
    assert RecomputeRequest.objects.count() == 0


@pytest.mark.parametrize("crs", ["EPSG:3347", "EPSG:4269", "EPSG:3979", "EPSG:4326"])
def test_a_zipped_shapefile_is_read_in_the_projection_it_declares(tmp_path: Path, crs: str) -> None:
    small.run("import_boundaries", small.shapefile(tmp_path / "FED.zip", crs=crs), *AS_2099)

    ajax = Riding.objects.get(number=35001)
    assert ajax.boundary.west == pytest.approx(-76, abs=1e-4)
    assert ajax.boundary.south == pytest.approx(45, abs=1e-2)
    assert Riding.objects.get(number=24001).name_fr == "L'Île-Perrot"


@pytest.mark.parametrize("fields", [("FEDUID", "FEDENAME", "FEDFNAME"), ("FEDNUM", "ENNAME", "FRNAME")])
def test_older_field_names_are_known(tmp_path: Path, fields: tuple[str, str, str]) -> None:
    small.run("import_boundaries", small.shapefile(tmp_path / "FED.zip", fields=fields), *AS_2099)

    assert Riding.objects.get(number=35003).name_fr == "Pont de Québec"


def test_official_dashes_and_apostrophes_are_made_ours(tmp_path: Path) -> None:
    rows = small.features()
    rows[1]["properties"]["name_en"] = "Algoma--Manitoulin"
    rows[3]["properties"]["name_en"] = "L’Île-Perrot"

    small.run("import_boundaries", small.geojson(tmp_path / "a.geojson", rows), *AS_2099)

    assert Riding.objects.get(number=35002).name_en == "Algoma—Manitoulin"
    assert Riding.objects.get(number=24001).name_en == "L'Île-Perrot"


def test_a_small_tangle_is_mended_and_reported(tmp_path: Path) -> None:
    shapes = small.squares()
    tangle = [(-75.5, 45.2), (-75.5001, 45.2001), (-75.5, 45.2001), (-75.5001, 45.2)]
    shapes[0] = shapely.Polygon([(-76, 45), (-75.5, 45), *tangle, (-75.5, 45.5), (-76, 45.5)])

    said = small.run(
        "import_boundaries", small.geojson(tmp_path / "a.geojson", small.features(shapes=shapes)), *AS_2099
    )

    assert said.startswith("35001 Ajax: shape mended (Self-intersection")
    assert from_wkb(RidingBoundary.objects.get(riding__number=35001).wkb).is_valid


def test_a_large_tangle_is_refused_by_name(tmp_path: Path) -> None:
    shapes = small.squares()
    shapes[1] = shapely.Polygon([(-75.5, 45), (-75, 45.5), (-75, 45), (-75.5, 45.4)])

    refused(tmp_path, small.features(shapes=shapes), "the shape of 35002 Algoma—Manitoulin is broken")


def refused(folder: Path, rows: list[dict[str, object]], sentence: str, *options: str) -> None:
    """Check that a file is refused with a sentence and leaves a set loaded before as it was."""
    before = small.load_squares(folder)
    names = list(Riding.objects.order_by("number").values_list("number", "name_en"))

    with pytest.raises(CommandError, match=sentence) as error:
        small.run("import_boundaries", small.geojson(folder / "bad.geojson", rows), *(options or AS_2099))

    assert str(error.value).endswith("Nothing was changed.")
    assert BoundarySet.objects.get() == before
    assert BoundarySet.objects.get().shapes_version == before.shapes_version
    assert list(Riding.objects.order_by("number").values_list("number", "name_en")) == names


def test_a_wrong_count_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, small.features()[:3], "has 3 ridings, but order 2099 has 4")


def test_the_count_of_a_known_order_is_known(tmp_path: Path) -> None:
    refused(tmp_path, small.features(), "has 4 ridings, but order 2023 has 343", "--boundary-set", "2023")


def test_an_unknown_order_needs_its_count(tmp_path: Path) -> None:
    refused(tmp_path, small.features(), "say it with --expected-count", "--boundary-set", "2077")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (99001, "feature 2: 99001 is not a FED number: no province has the prefix 99"),
        (350, "feature 2: “350” is not a FED number: it has five digits"),
        (35001, "has riding 35001 more than once"),
        (None, "is not a FED number"),
    ],
)
def test_a_wrong_number_is_refused(tmp_path: Path, number: int | None, sentence: str) -> None:
    rows = small.features()
    rows[1]["properties"]["fed_num"] = number

    refused(tmp_path, rows, sentence)


def test_a_riding_without_a_shape_is_refused(tmp_path: Path) -> None:
    rows = small.features()
    rows[2]["geometry"] = None

    refused(tmp_path, rows, "feature 3: it has no shape")


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    rows = small.features()
    for row in rows:
        row["properties"] = {"city": "Ottawa"}

    refused(tmp_path, rows, "has none of the fields FED_NUM, FEDUID")


@pytest.mark.parametrize("move", [(1000, 0), (0, 60), (100, 0), (6_000_000, 1_000_000)])
def test_shapes_outside_canada_are_refused(tmp_path: Path, move: tuple[float, float]) -> None:
    shapes = [shapely.transform(shape, lambda points: points + move) for shape in small.squares()]

    refused(
        tmp_path,
        small.features(shapes=shapes),
        "does not lie on Canada once read in the projection it declares",
    )


def test_latitude_before_longitude_is_refused(tmp_path: Path) -> None:
    shapes = [shapely.transform(shape, lambda points: points[:, ::-1]) for shape in small.squares()]

    refused(tmp_path, small.features(shapes=shapes), "does not lie on Canada")


def test_a_shapefile_without_projection_is_refused(tmp_path: Path) -> None:
    path = small.shapefile(tmp_path / "FED.zip", change=lambda folder: (folder / "FED.prj").unlink())

    with pytest.raises(CommandError, match=r"does not declare its projection \(a shapefile needs its .prj\)"):
        small.run("import_boundaries", path, *AS_2099)

    assert not BoundarySet.objects.exists()


def test_a_wrongly_declared_projection_is_refused(tmp_path: Path) -> None:
    def declare_degrees(folder: Path) -> None:
        (folder / "FED.prj").write_text(
            'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
            'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
        )

    with pytest.raises(CommandError, match="does not lie on Canada"):
        small.run(
            "import_boundaries", small.shapefile(tmp_path / "FED.zip", change=declare_degrees), *AS_2099
        )

    assert not BoundarySet.objects.exists()


@pytest.mark.parametrize("name", ["squares.geojson", "FED.zip", "squares.geojson.gz"])
def test_a_truncated_file_is_refused(tmp_path: Path, name: str) -> None:
    path = (
        small.shapefile(tmp_path / "FED.zip")
        if name == "FED.zip"
        else small.geojson(tmp_path / "squares.geojson")
    )
    if name.endswith(".gz"):
        path = gzipped(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    with pytest.raises(CommandError, match=f"{path.name} cannot be read as a boundary file"):
        small.run("import_boundaries", path, *AS_2099)

    assert not BoundarySet.objects.exists()


def gzipped(path: Path) -> Path:
    target = path.with_suffix(".geojson.gz")
    target.write_bytes(gzip.compress(path.read_bytes()))
    return target


def test_a_gzip_compressed_file_is_read(tmp_path: Path) -> None:
    small.run("import_boundaries", gzipped(small.geojson(tmp_path / "squares.geojson")), *AS_2099)

    assert Riding.objects.count() == 4


def test_an_archive_of_several_shapefiles_is_refused(tmp_path: Path) -> None:
    path = small.shapefile(
        tmp_path / "FED.zip", change=lambda folder: shutil.copy(folder / "FED.shp", folder / "X.shp")
    )

    with pytest.raises(CommandError, match=r"FED.zip holds 2 shapefiles where one is needed"):
        small.run("import_boundaries", path, *AS_2099)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = small.shapefile(tmp_path / "FED.zip")
    content = bytearray(path.read_bytes())
    content[content.index(b"FED_NUM") + 300] ^= 255
    path.write_bytes(content)

    with pytest.raises(CommandError, match=r"inside/FED.dbf is damaged"):
        small.run("import_boundaries", path, *AS_2099)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not exist: check the path"):
        small.run("import_boundaries", tmp_path / "nowhere.zip", *AS_2099)


def other_ridings() -> list[dict[str, object]]:
    names = {**small.NAMES, 35009: ("New One", "New One")}
    del names[35001]
    return small.features(dict(sorted(names.items())))


def with_results(folder: Path) -> None:
    loaded = small.load_squares(folder)
    make.parties()
    make.results(make.election(loaded, 46, "2029-10-15"), Riding.objects.get(number=35001), CPC=10)


def test_a_file_with_other_ridings_does_not_take_results_away(tmp_path: Path) -> None:
    with_results(tmp_path)

    with pytest.raises(CommandError, match=r"unknown \[35009\], missing \[35001\].*--replace-ridings"):
        small.run("import_boundaries", small.geojson(tmp_path / "b.geojson", other_ridings()), *AS_2099)

    assert Riding.objects.filter(number=35001, results__isnull=False).exists()


def test_replace_ridings_drops_them_on_purpose(tmp_path: Path) -> None:
    with_results(tmp_path)

    small.run(
        "import_boundaries",
        small.geojson(tmp_path / "b.geojson", other_ridings()),
        *AS_2099,
        "--replace-ridings",
    )

    assert set(Riding.objects.values_list("number", flat=True)) == {24001, 35002, 35003, 35009}


def test_a_renamed_riding_keeps_identity_and_former_name(tmp_path: Path) -> None:
    small.load_squares(tmp_path)
    before = Riding.objects.get(number=35001)
    rows = small.features({**small.NAMES, 35001: ("Pickering", "Pickering")})

    small.run("import_boundaries", small.geojson(tmp_path / "b.geojson", rows), *AS_2099)

    after = Riding.objects.get(number=35001)
    assert (after.pk, after.name_en, after.other_names) == (before.pk, "Pickering", ["Ajax"])
    assert (after.cell_column, after.cell_row) == (before.cell_column, before.cell_row)
    assert after.search_text == "pickering | ajax | 35001"


def test_overlaps_with_the_set_before_are_computed(tmp_path: Path) -> None:
    small.load_squares(tmp_path, "2098")
    shifted = [
        shapely.transform(shape, lambda points: points + np.array([0.125, 0])) for shape in small.squares()
    ]
    rows = small.features(shapes=shifted)

    small.run("import_boundaries", small.geojson(tmp_path / "b.geojson", rows), *AS_2099)

    shares = RidingOverlap.objects.filter(riding__number=35001).order_by("-area_share")
    found = [(row.former.number, round(row.area_share, 2)) for row in shares.select_related("former")]
    assert found == [(35001, 0.75), (35002, 0.25)]
    assert {row.riding.boundary_set.code for row in shares.select_related("riding__boundary_set")} == {"2099"}


def test_lay_out_cartogram_gives_every_riding_a_cell_anew(tmp_path: Path) -> None:
    loaded = small.load_squares(tmp_path)
    before = dict(Riding.objects.values_list("number", "cell_column"))
    loaded.ridings.update(cell_column=None, cell_row=None)

    said = small.run("lay_out_cartogram", "--boundary-set", "2099")

    assert said == "Cartogram 2099: 4 ridings moved.\n"
    assert dict(Riding.objects.values_list("number", "cell_column")) == before


def test_lay_out_cartogram_needs_boundaries() -> None:
    make.riding(make.boundary_set("2099", "draft"))

    with pytest.raises(CommandError, match="Boundaries 2099 are not loaded"):
        small.run("lay_out_cartogram", "--boundary-set", "2099")
