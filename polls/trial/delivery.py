"""Carries the trial provider's notices to the site's own address, from a thread beside whatever the process does."""

import logging
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus

from django.conf import settings

from coop4canada.kit import clock
from polls.trial import trial_provider

logger = logging.getLogger(__name__)

PATH = "/polls/events/local/"
# The page is answered first, mostly: a giver and the notice of their gift race, as they do with a real provider.
HEAD_START_SECONDS = 0.3
PATIENCE_SECONDS = 10
# The thread waits for a notice that comes due within this time; later ones wait for the next thing that happens.
LONGEST_WAIT_SECONDS = 60

_one_at_a_time = threading.Lock()


def deliver_soon() -> None:
    """See to it that notices leave, unless a thread of this process does already."""
    if not settings.TRIAL_PROVIDER_SENDS or _pause_before_next() is None:
        return
    if _one_at_a_time.acquire(blocking=False):
        threading.Thread(target=_carry, name="trial-notices", daemon=True).start()


def deliver(body: bytes, headers: Mapping[str, str]) -> bool:
    """Hand a notice to the site over HTTP; say whether it was taken."""
    request = urllib.request.Request(settings.SITE_URL + PATH, body, dict(headers))  # noqa: S310 — the site's own address
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            return bool(answer.status < HTTPStatus.MULTIPLE_CHOICES)
    except (urllib.error.URLError, OSError) as error:
        logger.info("the site did not take a notice of the trial provider: %s", error)
        return False


def _carry() -> None:
    try:
        pause: float | None = HEAD_START_SECONDS
        while pause is not None:
            time.sleep(pause)
            trial_provider().send_notices(deliver, now=clock.now())
            pause = _pause_before_next()
    finally:
        _one_at_a_time.release()
    # What came in between the last look and the release found the thread still there.
    deliver_soon()


def _pause_before_next() -> float | None:
    due_at = trial_provider().next_notice_at()
    if due_at is None:
        return None
    pause = max(due_at - clock.now().timestamp(), HEAD_START_SECONDS)
    return pause if pause <= LONGEST_WAIT_SECONDS else None
