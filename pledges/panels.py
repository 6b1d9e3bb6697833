"""What this app offers to pages that show several."""

from coop4canada.kit.clock import now
from coop4canada.kit.panels import Panel
from pledges import queries

MOST_ON_HOME = 4


def join_a_party() -> Panel | None:
    """Show the drives that one can join, the soonest deadline first; nothing while there are none."""
    cards = queries.joinable(now(), MOST_ON_HOME)
    return Panel("pledges/_home_panel.html", {"cards": cards}, order=60) if cards else None


def next_step(*, riding_number: int | None) -> Panel | None:  # noqa: ARG001 — votes of parties know no ridings
    """Ask a supporter to join a party; silent while one cannot join any."""
    cards = queries.joinable(now(), 1)
    return Panel("pledges/_next_step.html", {"card": cards[0]}, order=20) if cards else None
