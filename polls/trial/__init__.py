"""A trial provider of card payments: an outside world of our own for development and tests. No money moves.

It keeps its books in a file beside the database, as a real provider does elsewhere: whatever happens to a transaction
of ours, what the provider did stays done. docs/adr/0034 says why it is our own.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from polls.trial.provider import TrialProvider


def trial_provider() -> TrialProvider:
    """Return the trial provider of this installation."""
    return _provider(Path(settings.TRIAL_PROVIDER_FILE), trial_secret())


def trial_secret() -> str:
    """Return the secret with which the trial provider signs its notices to this site."""
    return salted_hmac("polls.trial", "notices", algorithm="sha256").hexdigest()


@cache
def _provider(path: Path, secret: str) -> TrialProvider:
    return TrialProvider(path, secret=secret)
