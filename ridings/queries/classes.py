"""The class of every riding, for whoever orders something by it."""

from ridings.queries.inputs import live_boundary_set
from ridings.queries.runs import last_run_on


def classes_in_force() -> dict[int, str]:
    """Return {FED number: class} of the ridings in force by the latest run; empty before the first."""
    boundary_set = live_boundary_set()
    run = last_run_on(boundary_set) if boundary_set else None
    if run is None:
        return {}
    return dict(run.verdicts.order_by("riding__number").values_list("riding__number", "riding_class"))
