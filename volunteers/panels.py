"""What chapters offer to pages that show several apps."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.panels import Call, Panel
from ridings.queries import RidingPage
from ridings.queries.codes import live_ridings
from supporters.enums import RidingRoleKind
from supporters.queries.roles import ridings_with_role
from volunteers import queries
from volunteers.queries.local import at_work_in
from volunteers.queries.results import country_totals
from volunteers.rules.candidacy import ENDS


def at_work_in_riding(*, page: RidingPage) -> Panel:
    """Show a riding's chapter with whom it stands behind, and its team or how to be the first of one. One query."""
    riding = page.riding
    found = at_work_in(riding, clock.now())
    unity = next((row for row in found.backed or () if row.is_unity), None)
    context = {
        "riding": riding,
        "has_chapter": found.backed is not None,
        "unity": unity,
        "endorsed": [row for row in found.backed or () if not row.is_unity],
        "team": found.team,
    }
    path = reverse("chapters:chapter", args=[riding.number])
    call = Call(_("The unity candidate"), path) if unity else None
    return Panel("volunteers/_at_work_panel.html", context, order=30, call=call)


def volunteers_totals() -> Panel | None:
    """Say on the home page what volunteers have done; silent before anything was."""
    totals = country_totals()
    return (
        Panel("volunteers/_totals_panel.html", {"totals": totals}, order=40) if totals.all.has_any else None
    )


def chapter_evidence(*, riding_number: int) -> Panel | None:
    """Show to whoever is about to vote what the chapter found out: states, stances, interviews; silent without any."""
    if queries.live_chapter(riding_number) is None:
        return None
    candidates = [one for one in queries.candidates_of(riding_number) if one.state not in ENDS]
    if not candidates:
        return None
    context = {
        "candidates": candidates,
        "number": riding_number,
        "has_answers": any(one.published_count for one in candidates),
    }
    return Panel("volunteers/_evidence.html", context, order=30)


def workspaces(*, user: AbstractBaseUser) -> Panel | None:
    """Lead an account to the workspaces of its chapters."""
    kinds = (RidingRoleKind.CHAPTER_LEAD, RidingRoleKind.INTERVIEWER)
    ridings = live_ridings(ridings_with_role(user, *kinds))
    return (
        Panel("volunteers/_workspaces.html", {"ridings": list(ridings.values())}, order=30)
        if ridings
        else None
    )
