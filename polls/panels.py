"""What this app offers to pages that show several."""

from coop4canada.kit.panels import Panel
from polls.queries import published
from ridings.queries import RidingPage

MOST_ON_A_RIDING = 3


def published_polls(*, page: RidingPage) -> Panel | None:
    """Show what polls of a riding found, the newest first; silent where none is published."""
    polls = published.published_polls([page.riding.pk], MOST_ON_A_RIDING)
    return Panel("polls/_riding_polls.html", {"polls": polls}, order=18) if polls else None
