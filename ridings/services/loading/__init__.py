"""The atomic writes behind every import: all of a file or nothing of it."""

from ridings.services.loading.boundaries import (
    BoundariesRefused,
    BoundaryLoad,
    Cell,
    RidingFacts,
    ShapeFacts,
    replace_boundaries,
    replace_cells,
    replace_overlaps,
    retire,
    set_live,
)
from ridings.services.loading.lookups import replace_places, replace_postal_codes
from ridings.services.loading.positions import install_positions, install_presets
from ridings.services.loading.votes import (
    CandidateFacts,
    ResultsRefused,
    TurnoutFacts,
    VoteLoad,
    add_other_names,
    held_election,
    replace_candidates,
    replace_results,
)

__all__ = [
    "BoundariesRefused",
    "BoundaryLoad",
    "CandidateFacts",
    "Cell",
    "ResultsRefused",
    "RidingFacts",
    "ShapeFacts",
    "TurnoutFacts",
    "VoteLoad",
    "add_other_names",
    "held_election",
    "install_positions",
    "install_presets",
    "replace_boundaries",
    "replace_candidates",
    "replace_cells",
    "replace_overlaps",
    "replace_places",
    "replace_postal_codes",
    "replace_results",
    "retire",
    "set_live",
]
