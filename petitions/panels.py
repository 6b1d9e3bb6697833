"""What petitions offer to pages that show several apps."""

from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.panels import Call, Panel
from petitions import queries

FIRST, LAST = 10, 900


def featured_petition() -> Panel | None:
    """Offer the petition of the home page while it can be signed."""
    item = queries.featured_petition(clock.now())
    if item is None:
        return None
    call = Call(_("Sign the petition"), f"{item.petition.get_absolute_url()}#sign-title")
    return Panel("petitions/_home_panel.html", {"item": item}, FIRST, call)


def your_riding(*, riding_number: int | None) -> Panel:
    """Offer to look at one's riding, or to find it."""
    step = queries.riding_step(riding_number)
    return Panel("petitions/_riding_step.html", {"step": step}, LAST)
