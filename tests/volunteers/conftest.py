"""What the tests of chapters stand on."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from coop4canada.kit import clock
from tests.volunteers import build
from tests.volunteers.contacting import NOON
from volunteers.models import Chapter, Course


@pytest.fixture(autouse=True)
def _fresh_start(request: pytest.FixtureRequest) -> None:
    """Count limits from zero, and take away what the first start installs: a test makes the courses and scripts it needs."""
    marker = request.node.get_closest_marker("django_db")
    if marker is not None:
        request.getfixturevalue("transactional_db" if marker.kwargs.get("transaction") else "db")
        cache.clear()
        Course.objects.all().delete()


@pytest.fixture
def ridings(no_country: None) -> None:
    build.country()


@pytest.fixture
def chapter(ridings: None) -> Chapter:
    return build.chapter()


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Traveller]:
    """Let it be noon, for the database's clock too; phones are open all over the country."""
    for module in ("phone", "board"):
        monkeypatch.setattr(f"volunteers.views.{module}.database_now", clock.now)
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
