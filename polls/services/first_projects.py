"""Projects that come with the program, to show what the pages look like."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from polls.enums import ProjectState
from polls.models import PollProject
from polls.services.projects import move_project
from ridings.queries.margins import closest_swing_ridings


@transaction.atomic
def install_projects(*, rows: Sequence[Mapping[str, Any]], now: datetime) -> int:
    """Create the demonstration projects in the closest swing ridings and return how many; where any is there, none.

    Args:
        rows: columns of the project; `close_race` is the place of its riding, 1 the closest, `days` until its deadline.
        now: the moment.
    """
    if PollProject.objects.filter(is_demonstration=True).exists():
        return 0
    ridings = closest_swing_ridings(max(row["close_race"] for row in rows))
    count = 0
    for row in rows:
        if row["close_race"] > len(ridings):
            continue
        columns = {name: value for name, value in row.items() if name not in {"close_race", "days"}}
        project = PollProject.objects.create(
            riding=ridings[row["close_race"] - 1],
            deadline_at=now + timedelta(days=row["days"]),
            is_demonstration=True,
            **columns,
        )
        move_project(project=project, to=ProjectState.FUNDING, reason="", by=None, now=now)
        count += 1
    return count
