"""Whatever comes in whatever order: the ledger balances to the cent and says what the provider holds."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.interleavings import ACTS, LIKELY, run
from tests.polls.money_world import FAULTS, Step

pytestmark = pytest.mark.django_db(transaction=True)

STEPS = st.builds(
    Step,
    act=st.sampled_from([*ACTS, *LIKELY, *LIKELY]),
    which=st.integers(0, 5),
    how=st.integers(0, 11),
    fault=st.sampled_from(FAULTS),
    at=st.integers(0, 40),
    is_after=st.booleans(),
)


@pytest.fixture(autouse=True)
def _at_the_desk() -> Iterator[None]:
    with builders.standing(BadProvider()):
        yield


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=8, max_size=24))
def test_money_is_never_lost_doubled_or_refunded_twice(steps: list[Step]) -> None:
    world = run(steps)
    assert world.wrongs() == []
