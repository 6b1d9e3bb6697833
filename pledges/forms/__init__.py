"""Input of the pages about joining a party and of sheets on paper."""

from pledges.forms.joining import JoinForm

__all__ = ["JoinForm"]
