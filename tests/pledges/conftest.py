"""What tests of drives stand on."""

import pytest

from pledges.models import PartyMembershipDrive
from tests.pledges import build


@pytest.fixture
def no_drives(db: None) -> None:
    """No drive is there, not even those of the demonstration; undone with the test's transaction."""
    PartyMembershipDrive.objects.all().delete()


@pytest.fixture
def drive(no_drives: None) -> PartyMembershipDrive:
    return build.drive()
