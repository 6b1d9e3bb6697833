"""What chapters write: about themselves, their questions, the candidates, what these said, and what was decided."""

from volunteers.services.candidacies import (
    Decision,
    Entry,
    MoveRefused,
    add_candidate,
    move_candidate,
    obstacle_of,
)
from volunteers.services.chapters import (
    ChapterDetails,
    close_chapter,
    describe_chapter,
    open_chapter,
    tick_task,
    untick_task,
)
from volunteers.services.interviews import (
    AlreadyPublished,
    NothingToPublish,
    Record,
    Said,
    Source,
    publish_interview,
    record_stance,
    save_interview,
)
from volunteers.services.questions import choose_questions, install_questions, write_questions

__all__ = [
    "AlreadyPublished",
    "ChapterDetails",
    "Decision",
    "Entry",
    "MoveRefused",
    "NothingToPublish",
    "Record",
    "Said",
    "Source",
    "add_candidate",
    "choose_questions",
    "close_chapter",
    "describe_chapter",
    "install_questions",
    "move_candidate",
    "obstacle_of",
    "open_chapter",
    "publish_interview",
    "record_stance",
    "save_interview",
    "tick_task",
    "untick_task",
    "write_questions",
]
