"""What contact lists offer to pages that show several apps."""

from django.contrib.auth.base_user import AbstractBaseUser

from coop4canada.kit.panels import Panel
from ridings.queries.codes import live_ridings
from supporters.queries.roles import ridings_with_role
from volunteers.access import LEADERS, leads_phone_team


def my_lists(*, user: AbstractBaseUser) -> Panel | None:
    """Lead an account to the lists of the teams that it leads."""
    ridings = list(live_ridings(ridings_with_role(user, *LEADERS)).values())
    leads_phones = leads_phone_team(user)
    if not ridings and not leads_phones:
        return None
    context = {"ridings": ridings, "leads_phones": leads_phones}
    return Panel("volunteers/lists/_panel.html", context, order=50)
