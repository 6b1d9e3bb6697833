"""Tasks are done by what happened; three are ticked."""

from dataclasses import replace

import pytest

from volunteers.enums import ChapterTask as Task
from volunteers.rules.tasks import TICKED, Facts, Running, done_tasks, next_task

NOTHING = Facts(False, False, False, False, ())


def running(
    state: str = "considered", is_ours: bool = True, interviews: int = 0, published: int = 0
) -> Running:
    return Running(state, is_ours, interviews, published)


@pytest.mark.parametrize(
    ("facts", "done"),
    [
        (NOTHING, set()),
        (replace(NOTHING, is_formed=True), {Task.FORM}),
        (replace(NOTHING, has_liaison=True), {Task.LIAISON}),
        (replace(NOTHING, has_interviewers=True), {Task.INTERVIEWERS}),
        (replace(NOTHING, has_questions=True), {Task.QUESTIONS}),
        (replace(NOTHING, candidates=(running(),)), set()),
        (replace(NOTHING, candidates=(running(interviews=1), running())), set()),
        (replace(NOTHING, candidates=(running(interviews=1), running(interviews=2))), {Task.INTERVIEW}),
        (replace(NOTHING, candidates=(running(interviews=1), running(is_ours=False))), {Task.INTERVIEW}),
        (replace(NOTHING, candidates=(running(interviews=1), running("withdrawn"))), {Task.INTERVIEW}),
        (replace(NOTHING, candidates=(running("withdrawn", interviews=1),)), set()),
        (replace(NOTHING, candidates=(running(is_ours=False, published=1),)), {Task.PUBLISH}),
        (replace(NOTHING, candidates=(running("assessed"),)), {Task.ASSESS}),
        (replace(NOTHING, candidates=(running("unity"),)), {Task.ASSESS, Task.DECIDE}),
        (replace(NOTHING, candidates=(running("declined"),)), set()),
    ],
)
def test_tasks_are_done_by_what_happened(facts: Facts, done: set[Task]) -> None:
    assert done_tasks(facts, ticked=()) == done


@pytest.mark.parametrize("task", list(Task))
def test_only_what_no_data_show_can_be_ticked(task: Task) -> None:
    assert done_tasks(NOTHING, ticked={task.value}) == ({task} if task in TICKED else set())


def test_the_next_task_is_the_first_that_is_not_done() -> None:
    assert next_task(()) == Task.FORM
    assert next_task({Task.FORM, Task.QUESTIONS}) == Task.LIAISON
    assert next_task(set(Task)) is None
