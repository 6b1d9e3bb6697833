"""Writing boundary sets: ridings, shapes, cartogram and what is derived from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ridings.enums import BoundaryStatus, GeometryLevel
from ridings.geometry import Document
from ridings.models import (
    BoundarySet,
    GeometryDocument,
    Riding,
    RidingBoundary,
    RidingOverlap,
)
from ridings.rules.fed_number import province_of
from ridings.rules.search_text import search_text
from ridings.services.recompute import request_recompute

Cell = tuple[int, int]
# A shape of full resolution takes tens of kB: this many go to the database at a time.
SHAPES_PER_INSERT = 50


class BoundariesRefused(Exception):
    """A boundary set cannot be changed this way; the message says why and what to do."""


@dataclass(frozen=True)
class RidingFacts:
    """A riding as a source names it, with a good point inside (WGS 84 degrees)."""

    number: int
    name_en: str
    name_fr: str
    longitude: float
    latitude: float
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShapeFacts:
    """The full-resolution shape of a riding and its measures; bounds are west, south, east, north."""

    wkb: bytes
    bounds: tuple[float, float, float, float]
    area_km2: float
    vertex_count: int


@dataclass(frozen=True)
class BoundaryLoad:
    """Everything about a boundary set that one file gives."""

    code: str
    version: str
    ridings: Sequence[RidingFacts]
    shapes: Mapping[int, ShapeFacts] = field(default_factory=dict)
    national: Document | None = None
    provinces: Mapping[str, Document] = field(default_factory=dict)
    cells: Mapping[int, Cell] = field(default_factory=dict)
    source: str = ""
    licence: str = ""


@transaction.atomic
def replace_boundaries(*, load: BoundaryLoad, now: datetime, keep_ridings: bool = True) -> BoundarySet:
    """Write a boundary set as the load has it: a draft if new, else with the status it has.

    Ridings keep their identity by FED number, and with it their results. The same load twice changes nothing.

    Args:
        load: what to write.
        now: moment of loading.
        keep_ridings: refuse a load that would remove or add ridings of a set that has results.

    Raises: BoundariesRefused if ridings with results would go.
    """
    boundary_set, is_new = BoundarySet.objects.select_for_update(of=("self",), no_key=True).get_or_create(
        code=load.code, defaults={"riding_count": len(load.ridings)}
    )
    if not is_new and keep_ridings:
        _refuse_other_ridings(boundary_set, {facts.number for facts in load.ridings})
    boundary_set.riding_count = len(load.ridings)
    boundary_set.source, boundary_set.licence = load.source, load.licence
    boundary_set.shapes_version = load.version
    boundary_set.loaded_at = now if load.shapes else None
    boundary_set.save()
    ridings = _write_ridings(boundary_set, load.ridings)
    _write_shapes(ridings, load.shapes)
    _write_documents(boundary_set, load)
    if load.cells:
        replace_cells(boundary_set=boundary_set, cells=load.cells)
    request_recompute(cause=f"boundaries {load.code} loaded")
    return boundary_set


def _refuse_other_ridings(boundary_set: BoundarySet, numbers: set[int]) -> None:
    known = set(boundary_set.ridings.values_list("number", flat=True))
    if known == numbers or not boundary_set.ridings.filter(results__isnull=False).exists():
        return
    unknown, missing = sorted(numbers - known), sorted(known - numbers)
    raise BoundariesRefused(
        f"Boundary set {boundary_set.code} has results already, and the file has other ridings: "
        f"unknown {unknown[:5] or 'none'}, missing {missing[:5] or 'none'}. "
        "Check the file, or use --replace-ridings to drop ridings with their results."
    )


def _write_ridings(boundary_set: BoundarySet, facts: Sequence[RidingFacts]) -> dict[int, Riding]:
    boundary_set.ridings.exclude(number__in=[row.number for row in facts]).delete()
    before = {riding.number: riding for riding in boundary_set.ridings.all()}
    rows = []
    for fact in facts:
        old = before.get(fact.number)
        names = (fact.name_en, fact.name_fr)
        former = [*old.other_names, old.name_en, old.name_fr] if old else []
        others = [name for name in dict.fromkeys([*former, *fact.other_names]) if name not in names]
        rows.append(
            Riding(
                boundary_set=boundary_set,
                number=fact.number,
                name_en=fact.name_en,
                name_fr=fact.name_fr,
                other_names=others,
                province=province_of(fact.number),
                search_text=search_text([*names, *others], fact.number),
                longitude=fact.longitude,
                latitude=fact.latitude,
            )
        )
    Riding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["boundary_set", "number"],
        update_fields=[
            "name_en",
            "name_fr",
            "other_names",
            "province",
            "search_text",
            "longitude",
            "latitude",
        ],
    )
    return {riding.number: riding for riding in boundary_set.ridings.all()}


def _write_shapes(ridings: Mapping[int, Riding], shapes: Mapping[int, ShapeFacts]) -> None:
    RidingBoundary.objects.filter(riding__in=ridings.values()).delete()
    RidingBoundary.objects.bulk_create(
        [
            RidingBoundary(
                riding=ridings[number],
                wkb=shape.wkb,
                west=shape.bounds[0],
                south=shape.bounds[1],
                east=shape.bounds[2],
                north=shape.bounds[3],
                area_km2=shape.area_km2,
                vertex_count=shape.vertex_count,
            )
            for number, shape in shapes.items()
        ],
        batch_size=SHAPES_PER_INSERT,
    )


def _write_documents(boundary_set: BoundarySet, load: BoundaryLoad) -> None:
    boundary_set.geometry_documents.all().delete()
    parts = [(GeometryLevel.PROVINCE, province, document) for province, document in load.provinces.items()]
    if load.national:
        parts.append((GeometryLevel.NATIONAL, "", load.national))
    GeometryDocument.objects.bulk_create(
        [
            GeometryDocument(
                boundary_set=boundary_set,
                level=level,
                province=province,
                digest=document.digest,
                body=document.body,
            )
            for level, province, document in parts
        ]
    )


@transaction.atomic
def replace_cells(*, boundary_set: BoundarySet, cells: Mapping[int, Cell]) -> int:
    """Write the {FED number: (column, row)} of the cartogram; return how many ridings moved."""
    ridings = list(boundary_set.ridings.filter(number__in=cells))
    moved = [
        riding for riding in ridings if (riding.cell_column, riding.cell_row) != tuple(cells[riding.number])
    ]
    # All at once through empty cells: two ridings that change places never share one.
    boundary_set.ridings.filter(pk__in=[riding.pk for riding in moved]).update(
        cell_column=None, cell_row=None
    )
    for riding in moved:
        riding.cell_column, riding.cell_row = cells[riding.number]
    Riding.objects.bulk_update(moved, ["cell_column", "cell_row"])
    return len(moved)


@transaction.atomic
def replace_overlaps(
    *, later: BoundarySet, earlier: BoundarySet, shares: Sequence[tuple[int, int, float]]
) -> None:
    """Write how the ridings of one set lie on those of an earlier one.

    Args:
        later: set whose ridings are described.
        earlier: set they are described by.
        shares: FED number in `later`, FED number in `earlier`, share of the later riding's area in (0, 1].
    """
    new, old = ({riding.number: riding for riding in s.ridings.all()} for s in (later, earlier))
    RidingOverlap.objects.filter(riding__boundary_set=later, former__boundary_set=earlier).delete()
    RidingOverlap.objects.bulk_create(
        [RidingOverlap(riding=new[a], former=old[b], area_share=min(share, 1.0)) for a, b, share in shares]
    )


@transaction.atomic
def set_live(*, code: str) -> BoundarySet:
    """Put a boundary set in force; the one before it is kept as former, for its elections.

    Raises: BoundariesRefused if the set is unknown or has no ridings.
    """
    boundary_set = BoundarySet.objects.select_for_update(of=("self",), no_key=True).filter(code=code).first()
    if boundary_set is None or not boundary_set.ridings.exists():
        raise BoundariesRefused(f"Boundary set {code} is not loaded: load it with import_boundaries first.")
    if boundary_set.status != BoundaryStatus.LIVE:
        BoundarySet.objects.filter(status=BoundaryStatus.LIVE).update(status=BoundaryStatus.FORMER)
        boundary_set.status = BoundaryStatus.LIVE
        boundary_set.save(update_fields=["status"])
        request_recompute(cause=f"boundaries {code} put in force")
    return boundary_set


@transaction.atomic
def retire(*, code: str) -> None:
    """Mark a set that is not in force as former: kept for its elections."""
    BoundarySet.objects.filter(code=code, status=BoundaryStatus.DRAFT).update(status=BoundaryStatus.FORMER)
