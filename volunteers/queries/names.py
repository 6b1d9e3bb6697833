"""What a team is called."""

from django.utils.translation import gettext as _

from supporters.models import User
from supporters.queries.places import riding_name
from volunteers.models import Membership, Team


def team_name(team: Team) -> str:
    """Return the team's own name, else one made of its riding, in the active language."""
    if team.name:
        return team.name
    if team.riding_number is None:
        return _("National phone team")
    place = riding_name(team.riding_number) or str(team.riding_number)
    return _("Team of %(riding)s") % {"riding": place}


def language_of(user: User, team: Team | None = None) -> str:
    """Return the language that somebody chose for mails of this team, else of the team joined last."""
    rows = Membership.objects.filter(user=user).order_by("-pk").values_list("team_id", "language")
    chosen = dict(reversed(rows))
    own = chosen.get(team.pk) if team else None
    return own or next(reversed(chosen.values()), "en")
