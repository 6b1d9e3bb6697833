"""Tiny files of every kind that importers read, made by the tests that use them."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import shapely
from django.core.management import call_command
from shapely.geometry.base import BaseGeometry

from ridings.models import BoundarySet

Names = dict[int, tuple[str, str]]

NAMES: Names = {
    35001: ("Ajax", "Ajax"),
    35002: ("Algoma—Manitoulin", "Algoma—Manitoulin"),
    35003: ("Quebec Bridge", "Pont de Québec"),
    24001: ("L'Île-Perrot", "L'Île-Perrot"),
}


def run(command: str, *arguments: object, **options: Any) -> str:
    """Run a command and return what it printed."""
    out = io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def squares() -> list[BaseGeometry]:
    """Four squares of half a degree in a row, near Ottawa."""
    return [shapely.box(-76 + 0.5 * i, 45, -75.5 + 0.5 * i, 45.5) for i in range(len(NAMES))]


def features(names: Names = NAMES, shapes: list[BaseGeometry] | None = None) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "properties": {"fed_num": number, "name_en": english, "name_fr": french},
            "geometry": json.loads(shapely.to_geojson(shape)) if shape is not None else None,
        }
        for (number, (english, french)), shape in zip(names.items(), shapes or squares(), strict=True)
    ]


def geojson(path: Path, rows: list[dict[str, Any]] | None = None) -> Path:
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features() if rows is None else rows})
    )
    return path


def shapefile(
    path: Path, *, crs: str = "EPSG:3347", fields: tuple[str, str, str] = ("FED_NUM", "ED_NAMEE", "ED_NAMEF"),
    change: Callable[[Path], object] = lambda _: None,
) -> Path:  # fmt: skip
    """Write the squares as a zipped shapefile in a projection; `change` may spoil the folder before it is zipped."""
    columns = {
        fields[0]: list(NAMES),
        fields[1]: [english for english, _ in NAMES.values()],
        fields[2]: [french for _, french in NAMES.values()],
    }
    frame = geopandas.GeoDataFrame(columns, geometry=squares(), crs="EPSG:4326").to_crs(crs)
    folder = path.with_suffix("")
    folder.mkdir()
    frame.to_file(folder / "FED.shp", encoding="utf-8")
    change(folder)
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, f"inside/{part.name}")
    return path


def load_squares(folder: Path, code: str = "2099") -> BoundarySet:
    """Load the four squares as a boundary set."""
    path = geojson(folder / "squares.geojson")
    run("import_boundaries", path, "--boundary-set", code, "--expected-count", "4")
    return BoundarySet.objects.get(code=code)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path
