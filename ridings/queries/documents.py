"""The documents from which the browser draws the map."""

from dataclasses import dataclass

from ridings.enums import GeometryLevel
from ridings.models import ClassificationRun, GeometryDocument, Riding
from ridings.queries.inputs import live_boundary_set


@dataclass(frozen=True)
class ColourDocument:
    """The published classes as JSON text, and the version that names them."""

    body: str
    version: str


def published_colours() -> ColourDocument | None:
    """Return the colour document in force, or None before the first run."""
    row = (
        ClassificationRun.objects.filter(published_at__isnull=False)
        .order_by("-published_at", "-pk")
        .values_list("document", "document_version")
        .first()
    )
    return ColourDocument(*row) if row else None


def geometry_digest(province: str) -> str | None:
    """Return the digest of the live shapes: of the whole country, or of one province in fine detail."""
    level = GeometryLevel.PROVINCE if province else GeometryLevel.NATIONAL
    documents = GeometryDocument.objects.filter(
        boundary_set=live_boundary_set(), level=level, province=province
    )
    return documents.values_list("digest", flat=True).first()


def geometry_body(digest: str) -> bytes | None:
    """Return the gzip-compressed TopoJSON of a digest, of any boundary set that is loaded."""
    body = GeometryDocument.objects.filter(digest=digest).values_list("body", flat=True).first()
    return None if body is None else bytes(body)


def cartogram_cells() -> dict[str, tuple[int, int]]:
    """Return {fed_number: (column, row)} of the live ridings: pointy hexagons, odd rows half a cell to the right."""
    placed = Riding.objects.filter(
        boundary_set=live_boundary_set(), cell_column__isnull=False, cell_row__isnull=False
    )
    rows = placed.order_by("number").values_list("number", "cell_column", "cell_row")
    return {
        str(number): (column, row) for number, column, row in rows if column is not None and row is not None
    }
