"""Opening a chapter, describing it, ticking its tasks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from supporters.enums import RidingRoleKind
from supporters.models import RidingRole, User
from volunteers.enums import ChapterState, ChapterTask
from volunteers.models import Chapter, TaskDone
from volunteers.rules.tasks import TICKED


@dataclass(frozen=True)
class ChapterDetails:
    """What a lead says about the chapter; with a day of founding it is formed."""

    name: str
    founded_on: date | None
    liaison_name: str
    liaison_email: str


@transaction.atomic
def open_chapter(*, riding_number: int, now: datetime) -> Chapter:
    """Return the live chapter of a riding; enter one that is being formed if there is none."""
    chapter, _is_new = Chapter.objects.get_or_create(
        riding_number=riding_number, closed_at=None, defaults={"created_at": now}
    )
    return chapter


def begin_with_first_lead(*, role: RidingRole, now: datetime) -> None:
    """Enter a chapter where somebody becomes its lead; `VolunteersConfig` lists this listener."""
    if role.role == RidingRoleKind.CHAPTER_LEAD and role.riding_number is not None:
        open_chapter(riding_number=role.riding_number, now=now)


@transaction.atomic
def close_chapter(*, chapter: Chapter, now: datetime) -> bool:
    """Take a chapter out of the site, as it was dissolved; say whether it was live. What it published goes with it."""
    return bool(Chapter.objects.filter(pk=chapter.pk, closed_at__isnull=True).update(closed_at=now))


@transaction.atomic
def describe_chapter(*, chapter: Chapter, details: ChapterDetails) -> None:
    """Write what a lead says about the chapter; a formed one stays formed."""
    row = Chapter.objects.select_for_update(of=("self",), no_key=True).get(pk=chapter.pk)
    row.name = details.name
    row.liaison_name, row.liaison_email = details.liaison_name, details.liaison_email
    if details.founded_on is not None:
        row.founded_on, row.state = details.founded_on, ChapterState.FORMED
    row.save(update_fields=["name", "liaison_name", "liaison_email", "founded_on", "state"])


@transaction.atomic
def tick_task(*, chapter: Chapter, task: ChapterTask, note: str, by: User, now: datetime) -> None:
    """Note that a task is done of which no data tells; said again, the first word stands with the newer note."""
    if task not in TICKED:
        return
    tick, is_new = TaskDone.objects.get_or_create(
        chapter=chapter, task=task, defaults={"note": note, "by": by, "at": now}
    )
    if not is_new and note and note != tick.note:
        tick.note = note
        tick.save(update_fields=["note"])


@transaction.atomic
def untick_task(*, chapter: Chapter, task: ChapterTask) -> None:
    """Take back that a task is done."""
    TaskDone.objects.filter(chapter=chapter, task=task).delete()
