"""What turfs offer to a team's page."""

from coop4canada.kit.panels import Panel
from volunteers.models import Team


def turfs_to_walk(*, team: Team) -> Panel | None:
    """Lead members of a riding's team to the turfs that they hold or may take. No query."""
    if team.riding_number is None:
        return None
    return Panel("volunteers/canvass/_panel.html", {"number": team.riding_number}, order=10)
