"""When a mail is tried again."""

from datetime import timedelta

import pytest

from supporters.rules import backoff


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(1, 30), (2, 60), (3, 120), (8, 3840), (10, 15_360), (11, 21_600), (12, None), (50, None)],
)
def test_pauses_double_up_to_six_hours_until_it_is_given_up(attempts: int, seconds: int | None) -> None:
    pause = backoff.pause_after(attempts)

    assert pause == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 10), (2, 20), (11, 10_240), (12, None)])
def test_a_stumbling_provider_is_tried_sooner(attempts: int, seconds: int | None) -> None:
    pause = backoff.pause_after_trouble(attempts)

    assert pause == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 0), (2, 0), (3, 120), (12, None)])
def test_a_dead_worker_is_no_fault_of_the_mail_at_first(attempts: int, seconds: int | None) -> None:
    pause = backoff.pause_after_loss(attempts)

    assert pause == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(("failures", "seconds"), [(1, 5), (2, 10), (4, 40), (5, 45), (10_000, 45)])
def test_an_outage_is_looked_at_within_a_minute(failures: int, seconds: int) -> None:
    assert backoff.outage_pause(failures) == timedelta(seconds=seconds)
