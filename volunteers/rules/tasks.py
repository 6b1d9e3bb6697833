"""Which of a chapter's tasks are done, and which comes next. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from volunteers.enums import CandidacyState, ChapterTask

# What no data of ours shows: somebody says that it is done. All other tasks are done by doing them.
TICKED = frozenset({ChapterTask.INTERVIEWERS, ChapterTask.GROW, ChapterTask.TURN})

_ASSESSED = frozenset({CandidacyState.ASSESSED, CandidacyState.ENDORSED, CandidacyState.UNITY})
_RUNNING = frozenset({CandidacyState.CONSIDERED, *_ASSESSED})


@dataclass(frozen=True)
class Running:
    """One candidate: the state, and how many interviews there are and are published."""

    state: str
    is_of_cooperating_party: bool
    interviews: int
    published: int


@dataclass(frozen=True)
class Facts:
    """What is known of a chapter."""

    is_formed: bool
    has_liaison: bool
    has_interviewers: bool
    has_questions: bool
    candidates: tuple[Running, ...]


def done_tasks(facts: Facts, *, ticked: Collection[str]) -> frozenset[ChapterTask]:
    """Return the tasks that are done: by what happened, or because somebody said so of one that can be ticked."""
    asked = [one for one in facts.candidates if one.state in _RUNNING and one.is_of_cooperating_party]
    happened = {
        ChapterTask.FORM: facts.is_formed,
        ChapterTask.LIAISON: facts.has_liaison,
        ChapterTask.INTERVIEWERS: facts.has_interviewers,
        ChapterTask.QUESTIONS: facts.has_questions,
        ChapterTask.INTERVIEW: bool(asked) and all(one.interviews for one in asked),
        ChapterTask.PUBLISH: any(one.published for one in facts.candidates),
        ChapterTask.ASSESS: any(one.state in _ASSESSED for one in facts.candidates),
        ChapterTask.DECIDE: any(one.state == CandidacyState.UNITY for one in facts.candidates),
    }
    said = {task for task in TICKED if task in ticked}
    return frozenset(said | {task for task, is_done in happened.items() if is_done})


def next_task(done: Collection[str]) -> ChapterTask | None:
    """Return the first task that is not done; None once all are."""
    return next((task for task in ChapterTask if task not in done), None)
