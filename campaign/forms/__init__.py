"""Input of the campaign's pages."""

from campaign.forms.coalition import JoinForm
from campaign.forms.contact import ContactForm

__all__ = ["ContactForm", "JoinForm"]
