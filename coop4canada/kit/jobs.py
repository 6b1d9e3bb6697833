"""Wake-ups for background jobs.

A job is a hint that a row waits; the row is the truth and a sweep finds what a lost hint left behind.
"""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def enqueue(task: str, *, delay_seconds: float = 0) -> None:
    """Send the task by name once the transaction commits; a broker out of reach is only logged.

    Args:
        task: dotted name of a registered Celery task that takes no argument.
        delay_seconds: how long the worker waits before it begins.
    """

    def send() -> None:
        try:
            current_app.send_task(task, countdown=delay_seconds or None, retry=False)
        except (KombuError, RedisError, OSError) as error:
            logger.warning("broker out of reach, the sweep will catch up: %s (%s)", task, error)

    transaction.on_commit(send)
