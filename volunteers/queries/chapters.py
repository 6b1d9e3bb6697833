"""Chapters as readers see them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ridings.models import Riding
from ridings.queries.codes import live_ridings
from supporters.enums import RidingRoleKind
from supporters.queries.roles import holders_of
from volunteers.enums import CandidacyState, ChapterState, ChapterTask
from volunteers.models import Candidacy, Chapter
from volunteers.queries.candidates import CandidateView, candidates_of
from volunteers.rules.tasks import Facts, Running, done_tasks, next_task


@dataclass(frozen=True)
class ChapterRow:
    """A chapter in the public list; `unity` names the unity candidate and the party, empty before there is one."""

    riding: Riding
    name: str
    state_label: str
    unity: str
    unity_party: str
    unity_colour: str


@dataclass(frozen=True)
class TaskView:
    """A task and whether it is done; the next one is the first that is not."""

    task: str
    label: str
    is_done: bool
    is_next: bool


@dataclass(frozen=True)
class ChapterPage:
    """Everything that the public sees of a chapter; no person but candidates."""

    riding: Riding
    name: str
    state: str
    state_label: str
    founded_on: dt.date | None
    tasks: tuple[TaskView, ...]
    done_count: int
    candidates: tuple[CandidateView, ...]

    @property
    def unity(self) -> CandidateView | None:
        """The unity candidate."""
        return next((candidate for candidate in self.candidates if candidate.is_unity), None)

    @property
    def has_answers(self) -> bool:
        """Whether an interview is published."""
        return any(candidate.published_count for candidate in self.candidates)


def live_chapter(riding_number: int) -> Chapter | None:
    """Return the chapter of a riding, unless it was closed or there is none."""
    chapters = Chapter.objects.select_related("question_set")
    return chapters.filter(riding_number=riding_number, closed_at__isnull=True).first()


def chapter_list() -> tuple[ChapterRow, ...]:
    """Return the chapters of ridings in force, by riding: three queries, however many there are."""
    chapters = Chapter.objects.filter(closed_at__isnull=True).order_by("riding_number")
    rows = {chapter.riding_number: chapter for chapter in chapters}
    ridings = live_ridings(list(rows))
    chosen = Candidacy.objects.filter(riding_number__in=ridings, state=CandidacyState.UNITY)
    unity = {row.riding_number: row for row in chosen.select_related("party").order_by("pk")}
    return tuple(_row(riding, rows[number], unity.get(number)) for number, riding in ridings.items())


def _row(riding: Riding, chapter: Chapter, unity: Candidacy | None) -> ChapterRow:
    return ChapterRow(
        riding=riding,
        name=chapter.name,
        state_label=chapter.get_state_display(),
        unity=unity.person_name if unity else "",
        unity_party=unity.party.short_name if unity else "",
        unity_colour=unity.party.colour if unity else "",
    )


def chapter_page(riding_number: int) -> ChapterPage | None:
    """Return the public page of a riding's chapter, or None if there is none."""
    chapter = live_chapter(riding_number)
    riding = live_ridings([riding_number]).get(riding_number)
    if chapter is None or riding is None:
        return None
    candidates = candidates_of(riding_number)
    done = done_of(chapter, candidates)
    return ChapterPage(
        riding=riding,
        name=chapter.name,
        state=chapter.state,
        state_label=chapter.get_state_display(),
        founded_on=chapter.founded_on,
        tasks=task_views(done),
        done_count=len(done),
        candidates=candidates,
    )


def done_of(chapter: Chapter, candidates: Sequence[CandidateView]) -> frozenset[ChapterTask]:
    """Return the tasks of a chapter that are done."""
    facts = Facts(
        is_formed=chapter.state == ChapterState.FORMED,
        has_liaison=bool(chapter.liaison_name and chapter.liaison_email),
        has_interviewers=bool(holders_of(chapter.riding_number, RidingRoleKind.INTERVIEWER)),
        has_questions=chapter.question_set_id is not None,
        candidates=tuple(
            Running(one.state, one.is_of_cooperating_party, one.interview_count, one.published_count)
            for one in candidates
        ),
    )
    return done_tasks(facts, ticked=set(chapter.ticks.values_list("task", flat=True)))


def task_views(done: Collection[ChapterTask]) -> tuple[TaskView, ...]:
    """Return all tasks in their order."""
    following = next_task(done)
    return tuple(
        TaskView(task.value, str(task.label), task in done, task == following) for task in ChapterTask
    )
