"""Input of the pages about joining a party and about voting together."""

from pledges.forms.joining import JoinForm
from pledges.forms.pledging import ManagePledgeForm, PledgeForm, PledgeKnownForm

__all__ = ["JoinForm", "ManagePledgeForm", "PledgeForm", "PledgeKnownForm"]
