"""What tests of money stand on: a provider in memory that takes cards."""

from collections.abc import Iterator

import pytest

from tests.polls import builders
from tests.polls.bad_provider import BadProvider


@pytest.fixture(autouse=True)
def provider() -> Iterator[BadProvider]:
    with builders.standing(BadProvider()) as standing:
        yield standing
