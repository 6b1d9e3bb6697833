"""What tests of polls and gifts stand on."""

from pathlib import Path
from typing import Any

import pytest

from polls.trial import trial_provider
from polls.trial.provider import TrialProvider


@pytest.fixture
def local_provider(settings: Any, tmp_path: Path) -> TrialProvider:
    """Cards are taken by the trial provider, whose books begin empty; it sends no notice by itself."""
    settings.PAYMENT_PROVIDER = "local"
    settings.TRIAL_PROVIDER_FILE = tmp_path / "trial-provider.sqlite3"
    settings.TRIAL_PROVIDER_SENDS = False
    return trial_provider()
