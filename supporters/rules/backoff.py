"""When a mail that did not leave is tried again. Pure."""

from datetime import timedelta

# Source: docs/algorithms/outbox.md: tries spread over half a day outlast a provider's usual troubles.
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 12
# A provider that stumbled stands again sooner than a mailbox that was full has room.
FIRST_PAUSE_AFTER_TROUBLE = timedelta(seconds=10)

# A worker that died is no fault of the mail: the first tries after it are made without a pause.
PATIENT_ATTEMPTS = 3

FIRST_OUTAGE_PAUSE = timedelta(seconds=5)
LONGEST_OUTAGE_PAUSE = timedelta(seconds=45)
# From so many failures in a row on, organizers are told: about five minutes.
FAILURES_TO_REPORT = 8

_MOST_DOUBLINGS = 20


def pause_after(attempts: int) -> timedelta | None:
    """Return how long a mail rests after `attempts` tries (at least 1): 30 s, 1 min, 2 min …; None if it is given up."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return _doubled(FIRST_PAUSE, attempts - 1, LONGEST_PAUSE)


def pause_after_trouble(attempts: int) -> timedelta | None:
    """Return the same for a mail over which the provider itself failed: 10 s, 20 s and so on."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return _doubled(FIRST_PAUSE_AFTER_TROUBLE, attempts - 1, LONGEST_PAUSE)


def pause_after_loss(attempts: int) -> timedelta | None:
    """Return the same for a mail whose sender died or never learnt what the provider said."""
    return timedelta() if attempts < PATIENT_ATTEMPTS else pause_after(attempts)


def outage_pause(failures: int) -> timedelta:
    """Return how long to leave a provider alone that failed so many times in a row; always less than a minute."""
    return _doubled(FIRST_OUTAGE_PAUSE, failures - 1, LONGEST_OUTAGE_PAUSE)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    doublings = min(max(times, 0), _MOST_DOUBLINGS)
    return min(first * (1 << doublings), longest)
