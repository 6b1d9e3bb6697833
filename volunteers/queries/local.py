"""Who is at work in a riding: its chapter and its team, in one query of the riding's page."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Subquery

from coop4canada.kit import clock
from ridings.models import Riding
from volunteers.queries.candidates import Backed, backed_of, backed_query
from volunteers.queries.results import TeamOfRiding, team_of, team_query


@dataclass(frozen=True)
class AtWork:
    """`backed`: whom the chapter stands behind, None where no chapter is; `team`: None where no team is."""

    backed: tuple[Backed, ...] | None
    team: TeamOfRiding | None


def at_work_in(riding: Riding, now: datetime) -> AtWork:
    """Return who is at work in a riding. One query."""
    row = Riding.objects.filter(pk=riding.pk).values_list(
        Subquery(backed_query(riding.number)), Subquery(team_query(riding.number, now))
    )
    chapter, team = row.get()
    return AtWork(backed_of(chapter), team_of(team))


def public_teams(*, riding_number: int) -> list[dict[str, Any]]:
    """Return the riding's team as the public API tells of it: counts, and nobody's name."""
    found = [team_of(row["found"]) for row in team_query(riding_number, clock.now())]
    return [
        {
            "name_en": team.name_en,
            "name_fr": team.name_fr,
            "members": team.members,
            "all": asdict(team.totals.all),
            "last_seven_days": asdict(team.totals.week),
        }
        for team in found
        if team
    ]
