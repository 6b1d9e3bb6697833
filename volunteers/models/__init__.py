"""Chapters and their candidates; teams, training, doors and calls."""

from volunteers.models.attempts import Attempt, AttemptAnswer, Suppression
from volunteers.models.boundary_changes import BoundaryChange
from volunteers.models.calling import Contact, Lease
from volunteers.models.candidacies import Candidacy, CandidacyMove
from volunteers.models.canvass import Door, Turf, TurfCheckout
from volunteers.models.chapters import Chapter, TaskDone
from volunteers.models.desk import CallingFacts, ElectionPeriod, HelpRequest, RegistryFiling, TrainerDuty
from volunteers.models.events import CalendarFeed, Event, Shift, ShiftNotice, ShiftSignup
from volunteers.models.imports import ImportBatch, PurgeReport
from volunteers.models.interviews import Answer, Interview, Stance
from volunteers.models.lists import ContactList
from volunteers.models.phone import CalledNumber, RetryRule
from volunteers.models.questions import Question, QuestionSet
from volunteers.models.scripts import Script, ScriptOption, ScriptQuestion, ScriptVersion
from volunteers.models.sheets import WalkSheet, WalkSheetLine
from volunteers.models.teams import Membership, Team
from volunteers.models.training import Certificate, Course, QuizAnswer, QuizQuestion

__all__ = [
    "Answer",
    "Attempt",
    "AttemptAnswer",
    "BoundaryChange",
    "CalendarFeed",
    "CalledNumber",
    "CallingFacts",
    "Candidacy",
    "CandidacyMove",
    "Certificate",
    "Chapter",
    "Contact",
    "ContactList",
    "Course",
    "Door",
    "ElectionPeriod",
    "Event",
    "HelpRequest",
    "ImportBatch",
    "Interview",
    "Lease",
    "Membership",
    "PurgeReport",
    "Question",
    "QuestionSet",
    "QuizAnswer",
    "QuizQuestion",
    "RegistryFiling",
    "RetryRule",
    "Script",
    "ScriptOption",
    "ScriptQuestion",
    "ScriptVersion",
    "Shift",
    "ShiftNotice",
    "ShiftSignup",
    "Stance",
    "Suppression",
    "TaskDone",
    "Team",
    "TrainerDuty",
    "Turf",
    "TurfCheckout",
    "WalkSheet",
    "WalkSheetLine",
]
