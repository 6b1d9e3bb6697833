"""What chapters offer to pages that show several apps."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit.panels import Call, Panel
from ridings.queries import RidingPage
from ridings.queries.codes import live_ridings
from supporters.enums import RidingRoleKind
from supporters.queries.roles import ridings_with_role
from volunteers import queries
from volunteers.queries.results import country_totals
from volunteers.queries.results import team_of_riding as public_team
from volunteers.rules.candidacy import ENDS


def chapter_of_riding(*, page: RidingPage) -> Panel | None:
    """Show a riding's chapter and whom it stands behind; silent where there is none. One query."""
    riding = page.riding
    backed = queries.backed_in(riding.number)
    if backed is None:
        return None
    unity = next((row for row in backed if row.is_unity), None)
    path = reverse("chapters:chapter", args=[riding.number])
    context = {
        "riding": riding,
        "unity": unity,
        "endorsed": [r for r in backed if not r.is_unity],
    }
    call = Call(_("The unity candidate"), path) if unity else None
    return Panel("volunteers/_riding_panel.html", context, order=30, call=call)


def team_of_riding(*, page: RidingPage) -> Panel | None:
    """Show a riding's team, what it does, and how to join; silent where there is none. One query, a minute old at most."""
    team = public_team(page.riding.number)
    if team is None:
        return None
    path = reverse("phone:start").removesuffix("phone/") + f"teams/{page.riding.number}/"
    return Panel("volunteers/_team_panel.html", {"team": team, "path": path}, order=25)


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
