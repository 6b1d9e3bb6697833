"""What a team is called."""

from django.utils.translation import gettext as _

from supporters.queries.places import riding_name
from volunteers.models import Team


def team_name(team: Team) -> str:
    """Return the team's own name, else one made of its riding, in the active language."""
    if team.name:
        return team.name
    if team.riding_number is None:
        return _("National phone team")
    place = riding_name(team.riding_number) or str(team.riding_number)
    return _("Team of %(riding)s") % {"riding": place}
