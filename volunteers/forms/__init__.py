"""What leads and interviewers fill in."""

from volunteers.forms.candidates import OBSTACLES, DecisionForm, EntryForm, StanceForm
from volunteers.forms.chapters import ChapterForm, InterviewerForm, NoteForm, QuestionsForm
from volunteers.forms.interviews import InterviewForm

__all__ = [
    "OBSTACLES",
    "ChapterForm",
    "DecisionForm",
    "EntryForm",
    "InterviewForm",
    "InterviewerForm",
    "NoteForm",
    "QuestionsForm",
    "StanceForm",
]
