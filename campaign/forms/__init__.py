"""Input of the campaign's pages."""

from campaign.forms.coalition import JoinForm
from campaign.forms.contact import ContactForm
from campaign.forms.letters import LetterForm

__all__ = ["ContactForm", "JoinForm", "LetterForm"]
