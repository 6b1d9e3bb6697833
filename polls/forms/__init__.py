"""Forms of polls and of giving."""

from polls.forms.giving import GiveForm
from polls.forms.offline import OfflineGiftForm, RefundForm, RejectForm

__all__ = ["GiveForm", "OfflineGiftForm", "RefundForm", "RejectForm"]
