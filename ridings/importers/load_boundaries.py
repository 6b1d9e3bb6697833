"""Loading a boundary file from beginning to end."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from coop4canada.kit.clock import now
from ridings.importers.boundaries import Report, build_load, read_boundaries
from ridings.importers.files import FileRefused
from ridings.importers.former_names import load_former_names
from ridings.importers.overlaps import refresh_overlaps
from ridings.importers.progress import Progress
from ridings.models import BoundarySet
from ridings.services.loading import BoundariesRefused, replace_boundaries, set_live

STEPS = 4
FORMER_NAMES = "riding_other_names.csv"


@dataclass(frozen=True)
class BoundaryOptions:
    """How a boundary file is to be loaded."""

    code: str
    live: bool = False
    expected_count: int | None = None
    keep_ridings: bool = True
    source: str = ""
    licence: str = ""


def load_boundaries(path: Path, options: BoundaryOptions, *, report: Report, progress: Progress) -> str:
    """Load a boundary file, put the set in force if asked, and return a sentence about it.

    Raises: FileRefused; the caller's transaction then leaves nothing behind.
    """
    code = options.code
    progress.show(f"reading {path.name}", 0, STEPS)
    boundaries = read_boundaries(path, code=code, expected_count=options.expected_count, report=report)
    known = BoundarySet.objects.filter(code=code).first()
    try:
        if known and known.shapes_version == boundaries.version:
            sentence = f"Boundaries {code}: {len(boundaries.numbers)} ridings, unchanged."
        else:
            progress.show(f"simplifying {code}", 1, STEPS)
            with_cells = known is None or known.ridings.filter(cell_column__isnull=True).exists()
            load = build_load(
                boundaries, code=code, source=options.source, licence=options.licence, with_cells=with_cells
            )
            progress.show(f"storing {code}", 2, STEPS)
            stored = replace_boundaries(load=load, now=now(), keep_ridings=options.keep_ridings)
            progress.show(f"comparing {code}", 3, STEPS)
            refresh_overlaps(stored)
            load_former_names(settings.FIXTURES_DIR / FORMER_NAMES, stored)
            sentence = f"Boundaries {code}: {len(boundaries.numbers)} ridings loaded as {stored.status}."
        if options.live:
            set_live(code=code)
            sentence += " In force."
    except BoundariesRefused as error:
        raise FileRefused(f"{path.name}: {error}") from error
    finally:
        progress.show(f"boundaries {code}", STEPS, STEPS)
    return sentence
