"""What this app offers to pages that show several."""

from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit.panels import Call, Panel
from polls.queries import published
from polls.queries.projects import projects_page, riding_cards, totals
from ridings.queries import RidingPage

RIDING_ORDER = 25
RESULTS_ORDER = 18
MOST_ON_A_RIDING = 3


def funding_here(*, page: RidingPage) -> Panel | None:
    """Show how far the poll of a riding is, or that it was bought; silent where there is none."""
    here = published.polls_here(page.riding.pk)
    cards = riding_cards(page.riding.number) if here.has_projects else ()
    if not cards:
        return None
    return Panel("polls/_riding_panel.html", {"cards": cards[:2]}, RIDING_ORDER)


def polls_together() -> Panel | None:
    """Say on the home page how much was given and how many polls it bought; silent while nothing collects."""
    sums = totals()
    if not sums.collecting_count and not sums.bought_count:
        return None
    call = Call(_("Chip in for a local poll"), reverse("polls:list"))
    return Panel("polls/_home_panel.html", {"totals": sums}, order=50, call=call)


def give_step(*, riding_number: int | None) -> Panel | None:
    """Ask a supporter to chip in for the poll of their riding, or where it is needed most."""
    here = riding_cards(riding_number) if riding_number else ()
    card = next((card for card in here if card.is_open), None)
    neediest = projects_page().neediest if card is None else None
    if card is None and neediest is None:
        return None
    return Panel("polls/_next_step.html", {"card": card, "neediest": neediest}, order=30)


def published_polls(*, page: RidingPage) -> Panel | None:
    """Show what polls of a riding found, the newest first; silent where none is published."""
    if not published.polls_here(page.riding.pk).has_polls:
        return None
    polls = published.published_polls([page.riding.pk], MOST_ON_A_RIDING)
    return Panel("polls/_riding_polls.html", {"polls": polls}, RESULTS_ORDER)
