"""What the tests of chapters stand on."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.volunteers import build
from volunteers.models import Chapter


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def ridings(no_country: None) -> None:
    build.country()


@pytest.fixture
def chapter(ridings: None) -> Chapter:
    return build.chapter()
