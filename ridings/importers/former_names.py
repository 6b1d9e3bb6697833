"""Former names of ridings: official tables without numbers call them so."""

import csv
from collections import defaultdict
from pathlib import Path

from ridings.models import BoundarySet, Riding
from ridings.services.loading import add_other_names


def load_former_names(path: Path, boundary_set: BoundarySet) -> bool:
    """Add former names from a table `boundary_set,number,name`; say whether one was new."""
    names: dict[int, set[str]] = defaultdict(set)
    ids = dict(Riding.objects.filter(boundary_set=boundary_set).values_list("number", "pk"))
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["boundary_set"] == boundary_set.code and int(row["number"]) in ids:
                names[ids[int(row["number"])]].add(row["name"])
    return add_other_names(names=dict(names))
