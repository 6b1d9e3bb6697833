"""Reads about chapters and candidates."""

from volunteers.queries.answers import AnswersPage, answers_page
from volunteers.queries.candidates import (
    Backed,
    CandidateView,
    MoveView,
    StanceView,
    candidates_of,
)
from volunteers.queries.chapters import (
    ChapterPage,
    ChapterRow,
    TaskView,
    chapter_list,
    chapter_page,
    live_chapter,
)
from volunteers.queries.facts import chapter_facts
from volunteers.queries.workspace import (
    CandidateWork,
    Workspace,
    candidate_work,
    interview_of,
    interviewers_of,
    offered_sets,
    official_candidates,
    questions_for,
    said_in,
    workspace,
)

__all__ = [
    "AnswersPage",
    "Backed",
    "CandidateView",
    "CandidateWork",
    "ChapterPage",
    "ChapterRow",
    "MoveView",
    "StanceView",
    "TaskView",
    "Workspace",
    "answers_page",
    "candidate_work",
    "candidates_of",
    "chapter_facts",
    "chapter_list",
    "chapter_page",
    "interview_of",
    "interviewers_of",
    "live_chapter",
    "offered_sets",
    "official_candidates",
    "questions_for",
    "said_in",
    "workspace",
]
