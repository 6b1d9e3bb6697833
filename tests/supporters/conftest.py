"""What tests of people stand on."""

from typing import Any

import pytest

from ridings.models import PostalCode, Riding
from tests import make


@pytest.fixture
def homes(no_country: None) -> None:
    """A country in which M5V lies in one riding, and K0A in two."""
    make.small_country()
    split, safe = (Riding.objects.get(number=number) for number in (35001, 35002))
    for code, riding, share in (("M5V", split, 1), ("K0A", split, 0.5), ("K0A", safe, 0.5)):
        PostalCode.objects.create(code=code, riding=riding, share=share)


@pytest.fixture
def second_factor_wanted(settings: Any) -> None:
    """Staff and captains need a second factor, as in production."""
    settings.SECOND_FACTOR_REQUIRED = True
