"""Forms of polls and of giving."""

from polls.forms.giving import GiveForm

__all__ = ["GiveForm"]
