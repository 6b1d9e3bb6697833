"""The words and facts that come with the program: see fixtures/README.md for their sources."""

import csv
import json

from django.conf import settings

from campaign.services import install_campaign, install_parties
from coop4canada.kit.clock import now
from ridings.enums import Method
from ridings.importers.results.load import ResultOptions, load_results
from ridings.models import BoundarySet, Election
from ridings.services.loading import (
    BoundaryLoad,
    RidingFacts,
    install_positions,
    install_presets,
    replace_boundaries,
)

CODE = "2023"
LAST_ELECTION = 45
SOURCE = "Elections Canada, Representation Order of 2023: numbers and names"
LICENCE = "Open Government Licence – Canada"


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table among the fixtures."""
    with (settings.FIXTURES_DIR / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def install_words() -> str:
    """Set up campaign, parties, presets, issues and positions where they are missing."""
    words = json.loads((settings.FIXTURES_DIR / "campaign.json").read_text(encoding="utf-8"))
    install_campaign(words=words)
    parties = install_parties(rows=rows_of("parties.csv"))
    install_presets(active=Method.PIVOTAL)
    issues = install_positions(issues=rows_of("issues.csv"), positions=rows_of("positions.csv"))
    return f"Campaign set up: {parties} parties, {issues} issues added."


def install_ridings() -> str:
    """Set up the ridings by number and name, with a point inside and their cell, unless they are there."""
    if BoundarySet.objects.filter(code=CODE, ridings__isnull=False).exists():
        return f"Ridings of {CODE} are there."
    rows = rows_of("ridings_2023.csv")
    facts = [
        RidingFacts(
            int(row["number"]),
            row["name_en"],
            row["name_fr"],
            float(row["longitude"]),
            float(row["latitude"]),
        )
        for row in rows
    ]
    cells = {int(row["number"]): (int(row["cell_column"]), int(row["cell_row"])) for row in rows}
    load = BoundaryLoad(code=CODE, version="", ridings=facts, cells=cells, source=SOURCE, licence=LICENCE)
    replace_boundaries(load=load, now=now())
    return f"{len(facts)} ridings set up by number and name; their boundaries are not loaded."


def install_last_results() -> str:
    """Set up the votes of the last general election unless results of it are there."""
    if Election.objects.filter(number=LAST_ELECTION, results__isnull=False).exists():
        return f"Results of election {LAST_ELECTION} are there."
    path = settings.FIXTURES_DIR / "results_2025.csv"
    return load_results(path, ResultOptions(election=LAST_ELECTION), report=lambda _: None)
