"""Chapters and their candidates; teams, training, doors and calls."""

from volunteers.models.attempts import Attempt, AttemptAnswer, Suppression
from volunteers.models.calling import Contact, Lease
from volunteers.models.candidacies import Candidacy, CandidacyMove
from volunteers.models.canvass import Door, Turf, TurfCheckout
from volunteers.models.chapters import Chapter, TaskDone
from volunteers.models.imports import ImportBatch, PurgeReport
from volunteers.models.interviews import Answer, Interview, Stance
from volunteers.models.lists import ContactList
from volunteers.models.questions import Question, QuestionSet
from volunteers.models.scripts import Script, ScriptOption, ScriptQuestion, ScriptVersion
from volunteers.models.sheets import WalkSheet, WalkSheetLine
from volunteers.models.teams import Membership, Team
from volunteers.models.training import Certificate, Course, QuizAnswer, QuizQuestion

__all__ = [
    "Answer",
    "Attempt",
    "AttemptAnswer",
    "Candidacy",
    "CandidacyMove",
    "Certificate",
    "Chapter",
    "Contact",
    "ContactList",
    "Course",
    "Door",
    "ImportBatch",
    "Interview",
    "Lease",
    "Membership",
    "PurgeReport",
    "Question",
    "QuestionSet",
    "QuizAnswer",
    "QuizQuestion",
    "Script",
    "ScriptOption",
    "ScriptQuestion",
    "ScriptVersion",
    "Stance",
    "Suppression",
    "TaskDone",
    "Team",
    "Turf",
    "TurfCheckout",
    "WalkSheet",
    "WalkSheetLine",
]
