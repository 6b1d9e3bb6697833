"""Work that is done in batches, each in a transaction of its own, so that a run that dies goes on where it stopped."""

from collections.abc import Callable, Iterable

# A run ends well before the time limit of a job; the next one goes on.
MOST_BATCHES = 100


def in_batches(rows: Iterable[int], do_batch: Callable[[int], int | None]) -> int:
    """Do batches of each row until it is done; return what they did, added up.

    Args:
        rows: keys of the rows that have work left.
        do_batch: does one batch of a row and returns how much it did; None once the row is done, or somebody else's.
    """
    total = 0
    for key in rows:
        for _batch in range(MOST_BATCHES):
            number = do_batch(key)
            if number is None:
                break
            total += number
    return total
