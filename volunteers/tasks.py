"""Background jobs of teams, of the phone team, of turfs and of contact lists."""

from datetime import timedelta
from typing import Any

from celery import shared_task

from coop4canada.kit import clock
from coop4canada.kit.db import database_now
from volunteers.services import boundary_changes, checkouts
from volunteers.services.importing import forget_uploads as forget_old_uploads
from volunteers.services.importing import run_next_import
from volunteers.services.leases import sweep_leases as end_all_lapsed
from volunteers.services.phone_lists import refresh_priorities as order_by_need
from volunteers.services.purging import purge_due_lists
from volunteers.services.register import purge_called_numbers as purge_register
from volunteers.services.registry import sweep_registry as arm_registry
from volunteers.services.reminding import queue_shift_reminders as queue_due_reminders

# What is not done within this time goes on with the next wake-up, well before a worker's time limit.
LONGEST_IMPORTS = timedelta(minutes=4)


@shared_task(name="volunteers.tasks.sweep_leases")
def sweep_leases(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """End calls whose callers vanished."""
    end_all_lapsed(now=database_now())


@shared_task(name="volunteers.tasks.refresh_priorities")
def refresh_priorities(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Order people to call by the classes of their ridings in force."""
    order_by_need()


@shared_task(name="volunteers.tasks.purge_called_numbers")
def purge_called_numbers(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Delete from the register of numbers called what need not be kept any more."""
    purge_register(now=clock.now())


@shared_task(name="volunteers.tasks.look_after_turfs")
def look_after_turfs(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Remind of turfs that are due soon, and end those past their day."""
    checkouts.remind_holders(now=clock.now())
    checkouts.expire_checkouts(now=clock.now())


@shared_task(name="volunteers.tasks.find_moved_doors")
def find_moved_doors(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Note which doors of turfs lie in another riding since boundaries changed."""
    boundary_changes.find_moved_doors(now=clock.now())


@shared_task(name="volunteers.tasks.queue_shift_reminders")
def queue_shift_reminders(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Queue the reminders of shifts that are due."""
    queue_due_reminders(now=clock.now())


@shared_task(name="volunteers.tasks.sweep_registry")
def sweep_registry(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Start the clock of the Voter Contact Registry where the first call of an election period did not."""
    arm_registry(now=database_now())


@shared_task(name="volunteers.tasks.run_imports")
def run_imports(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Check and import files that wait."""
    until = clock.now() + LONGEST_IMPORTS
    while clock.now() < until and run_next_import(clock=clock.now):
        pass


@shared_task(name="volunteers.tasks.forget_uploads")
def forget_uploads(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Delete files that are a day old."""
    forget_old_uploads(now=clock.now())


@shared_task(name="volunteers.tasks.purge_lists")
def purge_lists(**_kwargs: Any) -> None:  # noqa: ANN401 — tolerates arguments of other versions
    """Delete what lists hold whose day has come."""
    purge_due_lists(clock=clock.now)
