"""Boundary files: GeoJSON and the official zipped shapefiles, checked, repaired and measured."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import geopandas
import numpy as np
import shapely
from pyogrio.errors import DataLayerError, DataSourceError  # type: ignore[import-untyped]

from ridings import geometry
from ridings.cartogram import lay_out
from ridings.geometry import Shapes
from ridings.importers.files import FileRefused
from ridings.models import BoundarySet, RidingBoundary
from ridings.rules.fed_number import RIDINGS_OF_ORDER, BadFedNumber, parse_fed_number, province_of
from ridings.rules.search_text import tidy_name
from ridings.services.loading import BoundaryLoad, Cell, RidingFacts, ShapeFacts

# Raised when anything derived from a file changes, so that the same file is then loaded anew.
METHOD_VERSION = 1
NUMBER_FIELDS = ("fed_num", "feduid", "fednum", "fed_number")
ENGLISH_FIELDS = ("ed_namee", "fedename", "enname", "name_en", "fedname")
FRENCH_FIELDS = ("ed_namef", "fedfname", "frname", "name_fr", "fedname")

# Sources: the representation orders draw Nunavut up to the pole; Natural Resources Canada, Atlas of Canada.
CANADA = (-142.0, 41.0, -51.0, 90.0)
# Every complete representation order reaches at least from here to here.
CORE = (-136.0, 43.5, -56.0, 75.0)
# A repair that changes a riding's area by more than this share changes the riding.
LARGEST_AREA_CHANGE = 0.001
INSCRIBED_TOLERANCE_M = 50.0
# Exact enough for a point that only has to lie well inside, and for who borders whom.
COARSE_M = 250.0
FAR_NORTH = {"YT", "NT", "NU"}

Report = Callable[[str], None]


@dataclass(frozen=True)
class BoundaryFile:
    """The ridings of a file in FED-number order, with valid WGS 84 shapes."""

    numbers: list[int]
    names_en: list[str]
    names_fr: list[str]
    shapes: Shapes

    @property
    def version(self) -> str:
        """Hash of everything the file says about ridings."""
        digest = sha256(str(METHOD_VERSION).encode())
        for row in zip(self.numbers, self.names_en, self.names_fr, strict=True):
            digest.update(repr(row).encode())
        for shape in self.shapes:
            digest.update(geometry.to_wkb(shape))
        return digest.hexdigest()

    @property
    def provinces(self) -> list[str]:
        """Province of each riding."""
        return [str(province_of(number)) for number in self.numbers]


def read_boundaries(path: Path, *, code: str, expected_count: int | None, report: Report) -> BoundaryFile:
    """Return the ridings of a boundary file.

    Args:
        path: GeoJSON, gzip-compressed GeoJSON or zipped shapefile in any declared projection.
        code: representation order, e.g. "2023"; its number of ridings is known for 2003 to 2023.
        expected_count: number of ridings of another order.
        report: called with a sentence about each repair.

    Raises: FileRefused with a sentence that names the file and the riding.
    """
    frame = _frame(path)
    count = expected_count or RIDINGS_OF_ORDER.get(code)
    if count is None:
        raise FileRefused(
            f"How many ridings order {code} has is not known here: say it with --expected-count."
        )
    if len(frame) != count:
        raise FileRefused(
            f"{path.name} has {len(frame)} ridings, but order {code} has {count}: it is cut off or another "
            "order's "
            "file."
        )
    numbers = _numbers(path, frame)
    order = np.argsort(numbers)
    shapes = _in_canada(path, frame, whole=code in RIDINGS_OF_ORDER and expected_count is None)[order]
    english, french = (_names(path, frame, fields, order) for fields in (ENGLISH_FIELDS, FRENCH_FIELDS))
    numbers = [numbers[i] for i in order]
    labels = [f"{number} {name}" for number, name in zip(numbers, english, strict=True)]
    return BoundaryFile(numbers, english, french, _valid(path, shapes, labels, report))


def _frame(path: Path) -> geopandas.GeoDataFrame:
    if not path.is_file():
        raise FileRefused(f"{path} does not exist: check the path.")
    try:
        frame = geopandas.read_file(_readable(path))
    except (DataSourceError, DataLayerError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileRefused(
            f"{path.name} cannot be read as a boundary file ({error}): it may be cut off; download it again."
        ) from error
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.crs is None:
        raise FileRefused(
            f"{path.name} does not declare its projection (a shapefile needs its .prj): add it."
        )
    frame.columns = [str(column).lower() for column in frame.columns]
    return frame


def _readable(path: Path) -> str:
    """Return the path by which GDAL reads the file; checks that an archive is whole."""
    if path.suffix == ".gz":
        return f"/vsigzip/{path.resolve()}"
    if path.suffix != ".zip":
        return str(path)
    with zipfile.ZipFile(path) as archive:
        damaged = archive.testzip()
        inside = [name for name in archive.namelist() if name.lower().endswith((".shp", ".geojson"))]
    if damaged:
        raise zipfile.BadZipFile(f"{damaged} is damaged")
    if len(inside) != 1:
        raise FileRefused(f"{path.name} holds {len(inside)} shapefiles where one is needed.")
    return f"/vsizip/{path.resolve()}/{inside[0]}"


def _field(path: Path, frame: geopandas.GeoDataFrame, names: Sequence[str]) -> str:
    for name in names:
        if name in frame.columns:
            return name
    raise FileRefused(
        f"{path.name} has none of the fields {', '.join(names).upper()}: it is not an electoral boundary "
        "file."
    )


def _numbers(path: Path, frame: geopandas.GeoDataFrame) -> list[int]:
    numbers: list[int] = []
    for feature, value in enumerate(frame[_field(path, frame, NUMBER_FIELDS)], start=1):
        try:
            numbers.append(parse_fed_number(value))
        except BadFedNumber as error:
            raise FileRefused(f"{path.name}, feature {feature}: {error}") from error
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise FileRefused(f"{path.name} has riding {twice[0]} more than once.")
    return numbers


def _names(
    path: Path, frame: geopandas.GeoDataFrame, fields: Sequence[str], order: "np.ndarray"
) -> list[str]:
    values = [tidy_name(str(value)) for value in frame[_field(path, frame, fields)]]
    return [values[i] for i in order]


def _in_canada(path: Path, frame: geopandas.GeoDataFrame, *, whole: bool) -> Shapes:
    empty = [str(i + 1) for i, shape in enumerate(frame.geometry) if shape is None or shape.is_empty]
    if empty:
        raise FileRefused(f"{path.name}, feature {empty[0]}: it has no shape.")
    shapes = np.asarray(frame.geometry.to_crs(geometry.WGS84).values, dtype=object)
    west, south, east, north = (float(edge) for edge in shapely.total_bounds(shapes))
    inside = CANADA[0] <= west and CANADA[1] <= south and east <= CANADA[2] and north <= CANADA[3]
    reaches = west <= CORE[0] and south <= CORE[1] and east >= CORE[2] and north >= CORE[3]
    if not inside or (whole and not reaches):
        raise FileRefused(
            f"{path.name} does not lie on Canada once read in the projection it declares ({frame.crs}): "
            f"it reaches from {west:.2f}, {south:.2f} to {east:.2f}, {north:.2f} degrees. The declaration "
            "is wrong."
        )
    return shapes


def _valid(path: Path, shapes: Shapes, labels: list[str], report: Report) -> Shapes:
    for i in np.flatnonzero(~shapely.is_valid(shapes)):
        before = abs(shapely.area(shapes[i]))
        problem = shapely.is_valid_reason(shapes[i])
        mended = geometry.repaired(shapes[[i]])[0]
        change = abs(shapely.area(mended) - before) / before if before else 1.0
        if change > LARGEST_AREA_CHANGE or mended.is_empty:
            raise FileRefused(
                f"{path.name}: the shape of {labels[i]} is broken ({problem}) and mending it would change "
                "its area "
                f"by {change:.2%}. Download the file again or mend the shape."
            )
        report(f"{labels[i]}: shape mended ({problem}; area changed by {change:.4%}).")
        shapes[i] = mended
    return shapes


def build_load(
    boundaries: BoundaryFile, *, code: str, source: str, licence: str, with_cells: bool
) -> BoundaryLoad:
    """Return everything derived from a file: points, measures, map documents and, if wanted, cells."""
    clean = geometry.clean_coverage(boundaries.shapes)
    coarse = np.asarray(shapely.coverage_simplify(clean, COARSE_M), dtype=object)
    points = _points_inside(coarse, boundaries.shapes)
    facts = [
        RidingFacts(number, name_en, name_fr, round(float(x), 6), round(float(y), 6))
        for number, name_en, name_fr, (x, y) in zip(
            boundaries.numbers, boundaries.names_en, boundaries.names_fr, points, strict=True
        )
    ]
    return BoundaryLoad(
        code=code,
        version=boundaries.version,
        ridings=facts,
        shapes=_shape_facts(boundaries),
        national=geometry.national_document(clean, boundaries.numbers),
        provinces=geometry.province_documents(clean, boundaries.numbers, boundaries.provinces),
        cells=_cells(coarse, boundaries.numbers) if with_cells else {},
        source=source,
        licence=licence,
    )


def _points_inside(coarse: Shapes, exact: Shapes) -> "np.ndarray":
    """Return WGS 84 points far from any border: where a label or a marker looks right."""
    circles = shapely.maximum_inscribed_circle(coarse, tolerance=INSCRIBED_TOLERANCE_M)
    centres = shapely.get_point(circles, 0)
    points = geometry.projected(centres, geometry.LAMBERT, geometry.WGS84)
    outside = ~shapely.contains(exact, points)
    points[outside] = shapely.point_on_surface(exact[outside])
    return np.asarray(shapely.get_coordinates(points))


def _shape_facts(boundaries: BoundaryFile) -> dict[int, ShapeFacts]:
    areas = geometry.areas_km2(boundaries.shapes)
    return {
        number: ShapeFacts(
            wkb=geometry.to_wkb(shape),
            bounds=shape.bounds,
            area_km2=float(area),
            vertex_count=int(shapely.get_num_coordinates(shape)),
        )
        for number, shape, area in zip(boundaries.numbers, boundaries.shapes, areas, strict=True)
    }


def _cells(coarse: Shapes, numbers: Sequence[int]) -> dict[int, Cell]:
    first, second = shapely.STRtree(coarse).query(coarse, predicate="intersects")
    once = first < second
    borders = np.column_stack([first[once], second[once]])
    # Corners that only touch are no border.
    shared = shapely.length(shapely.intersection(coarse[borders[:, 0]], coarse[borders[:, 1]])) > 0
    points = shapely.get_coordinates(shapely.point_on_surface(coarse))
    provinces = [str(province_of(number)) for number in numbers]
    cells = lay_out(points, borders[shared], provinces, [province in FAR_NORTH for province in provinces])
    return {number: (int(column), int(row)) for number, (column, row) in zip(numbers, cells, strict=True)}


def stored_cells(boundary_set: BoundarySet) -> dict[int, Cell]:
    """Return cartogram cells worked out from the boundaries of a loaded set.

    Raises: FileRefused if its boundaries are not loaded.
    """
    rows = RidingBoundary.objects.filter(riding__boundary_set=boundary_set).order_by("riding__number")
    kept = list(rows.values_list("riding__number", "wkb"))
    if not kept:
        raise FileRefused(
            f"Boundaries {boundary_set.code} are not loaded: load them with import_boundaries first."
        )
    clean = geometry.clean_coverage(np.array([geometry.from_wkb(wkb) for _, wkb in kept], dtype=object))
    coarse = np.asarray(shapely.coverage_simplify(clean, COARSE_M), dtype=object)
    return _cells(coarse, [number for number, _ in kept])
