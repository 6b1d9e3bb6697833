"""Publishing and retracting by many at once, with real commits."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection

from polls.enums import PollState
from polls.models import Poll, PollMove, PollReading
from polls.services.publishing import PublicationRefused, RetractionRefused, publish_poll, retract_poll
from ridings.models import LocalPoll
from tests import make
from tests.make import NOON
from tests.polls import polling

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[], Any], times: int) -> list[Any]:
    def run(_number: int) -> Any:
        try:
            return work()
        except (PublicationRefused, RetractionRefused, IntegrityError) as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def retract(poll: Poll) -> Poll:
    return retract_poll(poll=poll, reason_en="Wrong", reason_fr="Erroné", by=None, now=NOON)


def test_many_publish_and_retract_at_once() -> None:
    make.parties()
    project = polling.project()
    poll = polling.draft(project=project)
    answers = at_once(lambda: publish_poll(poll=poll, by=None, now=NOON).state, 4)
    assert answers == ["published"] * 4
    assert (PollMove.objects.count(), LocalPoll.objects.count()) == (1, 1)
    assert at_once(lambda: retract(poll).state, 4) == ["retracted"] * 4
    assert (PollMove.objects.count(), LocalPoll.objects.count()) == (2, 0)


def test_a_reading_changed_while_publishing_is_in_or_refused() -> None:
    make.parties()
    poll = polling.draft()
    reading = PollReading.objects.filter(question__poll=poll, group="Women").first()
    assert reading
    jobs: Iterator[Callable[[], object]] = iter([
        lambda: publish_poll(poll=poll, by=None, now=NOON).state,
        lambda: PollReading.objects.filter(pk=reading.pk).update(base_count=251),
    ])  # fmt: skip
    answers = at_once(lambda: str(next(jobs)()), 2)
    published = Poll.objects.get(pk=poll.pk).state == PollState.PUBLISHED
    changed = PollReading.objects.get(pk=reading.pk).base_count == 251
    # A base that differs within its group is an error: whoever comes first decides.
    assert (published, changed) in {(True, False), (False, True)}, answers
