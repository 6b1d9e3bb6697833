"""The trial provider as a whole."""

from polls.trial.desk import Desk
from polls.trial.interface import Interface
from polls.trial.page import Page
from polls.trial.post import Post


class TrialProvider(Interface, Page, Desk, Post):
    """All that a provider does: it answers the site, shows its page, has a desk of its own, and sends notices."""
