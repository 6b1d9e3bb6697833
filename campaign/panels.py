"""What the campaign itself offers to pages that show several apps."""

from campaign import queries
from coop4canada.kit.panels import Panel

LAST = 800
MOST_SHOWN = 6


def coalition() -> Panel | None:
    """Show some of those who stand with the campaign; silent while there is nobody."""
    members = queries.coalition()
    if not members:
        return None
    # Those with a picture first, for it says most in little room.
    shown = sorted(members, key=lambda member: member.logo is None)[:MOST_SHOWN]
    return Panel("campaign/_home_panel.html", {"members": shown, "count": len(members)}, LAST)
