"""Chapters, the candidates they look at, and what these say."""

from volunteers.models.candidacies import Candidacy, CandidacyMove
from volunteers.models.chapters import Chapter, TaskDone
from volunteers.models.interviews import Answer, Interview, Stance
from volunteers.models.questions import Question, QuestionSet

__all__ = [
    "Answer",
    "Candidacy",
    "CandidacyMove",
    "Chapter",
    "Interview",
    "Question",
    "QuestionSet",
    "Stance",
    "TaskDone",
]
