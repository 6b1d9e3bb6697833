"""Who is at work in a riding: its chapter and its team, in one query of the riding's page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

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
