"""Organizers' pages for polls."""

from polls.admin.results import PollAdmin, PollQuestionAdmin

__all__ = ["PollAdmin", "PollQuestionAdmin"]
