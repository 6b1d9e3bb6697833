"""Vocabulary of chapters, teams, and of what is said at doors and on the phone."""

<<<<<<< HEAD
from volunteers.enums.canvassing import DoorStatus, OutlineFault
=======
from volunteers.enums.calls import Blocked, Kept, Need, NoCall, NothingToCall
>>>>>>> origin/main
from volunteers.enums.chapters import (
    LANGUAGES,
    MOST_QUESTIONS,
    CandidacyState,
    ChapterState,
    ChapterTask,
    InterviewState,
    StanceTopic,
    StanceValue,
)
from volunteers.enums.contacting import (
    CALL_OUTCOMES,
    CONVERSATIONS,
    DOOR_OUTCOMES,
    Channel,
    ContactState,
    Effect,
    EndOfCheckout,
    EndOfLease,
    ListState,
    Outcome,
    QuestionKind,
    ScriptPurpose,
    SuppressedThing,
    SuppressionSource,
    ZoneSource,
)
from volunteers.enums.teams import EndOfMembership, JoinMode, MembershipState

__all__ = [
    "CALL_OUTCOMES",
    "CONVERSATIONS",
    "DOOR_OUTCOMES",
    "LANGUAGES",
    "MOST_QUESTIONS",
    "Blocked",
    "CandidacyState",
    "Channel",
    "ChapterState",
    "ChapterTask",
    "ContactState",
    "DoorStatus",
    "Effect",
    "EndOfCheckout",
    "EndOfLease",
    "EndOfMembership",
    "InterviewState",
    "JoinMode",
    "Kept",
    "ListState",
    "MembershipState",
    "Need",
    "NoCall",
    "NothingToCall",
    "Outcome",
    "OutlineFault",
    "QuestionKind",
    "ScriptPurpose",
    "StanceTopic",
    "StanceValue",
    "SuppressedThing",
    "SuppressionSource",
    "ZoneSource",
]
