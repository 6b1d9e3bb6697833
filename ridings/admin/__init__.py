"""Organizers' pages for electoral geography, votes, polls and the map."""

from ridings.admin import campaign, classes, geography, polls, votes

__all__ = ["campaign", "classes", "geography", "polls", "votes"]
