"""What this app offers to pages that show several."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from coop4canada.kit import clock
from coop4canada.kit.panels import Call, Panel
from pledges import queries, services
from pledges.forms.doorstep import door_pledge_form
from pledges.queries.pledges import PLEDGE_STEP, country_count, riding_pledges
from pledges.queries.voting import voted_count
from pledges.rules.paper import door_sheet_code
from ridings.queries import RidingPage
from ridings.queries.for_people import name_of_riding
from ridings.queries.margins import margin_of
from supporters.enums import RidingRoleKind
from supporters.models import Supporter, User
from supporters.queries.roles import ridings_with_role
from supporters.queries.wordings import current_wordings

MOST_ON_HOME = 4
PLEDGE_ORDER = 20


def vote_together() -> Panel:
    """Ask everybody on the home page to pledge, with the count."""
    call = Call(_("Pledge to vote together"), reverse("pledge:page"))
    return Panel("pledges/_pledge_home_panel.html", {"count": country_count()}, PLEDGE_ORDER, call)


def pledges_here(*, page: RidingPage) -> Panel:
    """Show how many pledged in a riding, against the votes that decided it."""
    local = riding_pledges(page.riding.number, margin_of(page.charts))
    return Panel("pledges/_pledge_riding_panel.html", {"local": local}, PLEDGE_ORDER)


def pledge_step(*, riding_number: int | None) -> Panel:  # noqa: ARG001 — one pledge for every riding
    """Ask a supporter to pledge."""
    return Panel(PLEDGE_STEP, {"count": country_count()}, order=10)


def join_a_party() -> Panel | None:
    """Show the drives that one can join, the soonest deadline first; nothing while there are none."""
    cards = queries.joinable(clock.now(), MOST_ON_HOME)
    return Panel("pledges/_home_panel.html", {"cards": cards}, order=60) if cards else None


def voted() -> Panel | None:
    """Say how many voted together; nothing before the last polls of the country are closed."""
    count = voted_count(clock.now())
    return Panel("pledges/_voted_panel.html", {"count": count}, order=10) if count else None


def voted_in_riding(*, page: RidingPage) -> Panel | None:
    """Say how many of a riding voted together; nothing before the last polls of the country are closed."""
    count = voted_count(clock.now(), page.riding.number)
    return Panel("pledges/_voted_panel.html", {"count": count}, order=10) if count else None


def paper(*, user: User) -> Panel | None:
    """Lead captains to where they key in what stands on paper."""
    numbers = sorted(ridings_with_role(user, RidingRoleKind.CAPTAIN))
    ridings = [(number, name_of_riding(number)) for number in numbers]
    return Panel("pledges/_paper_panel.html", {"ridings": ridings}, order=40) if ridings else None


def next_step(*, riding_number: int | None) -> Panel | None:  # noqa: ARG001 — votes of parties know no ridings
    """Ask a supporter to join a party; silent while one cannot join any."""
    cards = queries.joinable(clock.now(), 1)
    return Panel("pledges/_next_step.html", {"card": cards[0]}, order=20) if cards else None


def recommendation(*, page: RidingPage) -> Panel | None:
    """Say whom the riding's pledgers recommend, or how they are about to decide; silent where there is no round."""
    rounds = queries.riding_rounds(page.riding.number, clock.now().date())
    if rounds is None:
        return None
    context = {"rounds": rounds, "path": reverse("recommendations:page", args=[page.riding.number])}
    return Panel("pledges/rounds/_riding_panel.html", context, order=15)


def door_pledge(*, fields: Mapping[str, list[str]]) -> Panel:
    """Ask for a pledge at the door; `fields`: what was typed, on a form that comes back."""
    form = door_pledge_form(fields, current_wordings())
    statement = _(
        "“I will support the best local candidate who stands for cooperation: I look at the figures of my riding, decide "
        "with my neighbours, and vote.”"
    )
    return Panel("pledges/_door_pledge.html", {"form": form, "statement": statement})


def take_door_pledge(
    *, client_id: UUID, riding_number: int, fields: Mapping[str, list[str]], by_id: int, now: datetime
) -> str:
    """Take a pledge typed at a door as a line of paper that an organizer looks at; return what is wrong with it, or "".

    Each is a sheet of its own whose code comes from the id of the visit: sent twice it is there once.
    """
    form = door_pledge_form(fields, current_wordings())
    if not form.is_valid():
        found = (
            f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors
        )
        return " ".join(found)
    code = door_sheet_code(client_id)
    services.key_lines(riding_number=riding_number, code=code, rows=[form.row()], by_id=by_id, now=now)
    return ""


def reports_link(*, supporter: Supporter) -> tuple[str, str]:
    """Return the words and the address at which organizers see where a person joined."""
    return _("joined"), _rows_of("membershipreport", supporter)


def reminders_link(*, supporter: Supporter) -> tuple[str, str]:
    """Return the words and the address at which organizers see what a person wants to be reminded of."""
    return _("reminders"), _rows_of("drivereminder", supporter)


def pledge_link(*, supporter: Supporter) -> tuple[str, str]:
    """Return the words and the address at which organizers see a person's pledge."""
    return _("pledge"), _rows_of("pledge", supporter)


def _rows_of(model: str, supporter: Supporter) -> str:
    return f"{reverse(f'admin:pledges_{model}_changelist')}?supporter__id__exact={supporter.pk}"
