"""Whether ten thousand interleavings of gifts, notices, charges, refunds, disputes and crashes leave a cent amiss.

Each commits for real on the bench's database and leaves what it did: at the end one ledger holds all of them. Commits do
not wait for the disk (`synchronous_commit`), which changes nothing of what they see of each other. The seed of an
interleaving is its number, so one that goes wrong can be run again.
"""

import logging
import os
import sys
import time
from collections.abc import Iterator
from random import Random

from django.db import connection
from django.db.models import Max

from polls.models import Contribution, LedgerEntry
from polls.queries.ledger import balances
from tests.polls import builders
from tests.polls.bad_provider import BadProvider
from tests.polls.interleavings import at_random, run

COUNT = int(os.environ.get("INTERLEAVINGS", "10000"))


def measure() -> Iterator[tuple[str, float, str]]:
    """Run them all; a violation names its seed on the error output."""
    logging.disable(logging.CRITICAL)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    begun = time.perf_counter()
    steps = crashes = violations = 0
    with builders.standing(BadProvider()):
        for seed in range(COUNT):
            chosen = at_random(Random(seed))
            world = run(chosen)
            wrongs = world.wrongs()
            steps, crashes, violations = (
                steps + len(chosen),
                crashes + world.crashes,
                violations + bool(wrongs),
            )
            if seed % 500 == 0:
                sys.stderr.write(f"interleaving {seed} of {COUNT}, {violations} violations\n")
            if wrongs:
                sys.stderr.write(f"seed {seed}: {wrongs}\n")
    logging.disable(logging.NOTSET)
    yield "interleavings", COUNT, "count"
    yield "steps", steps, "count"
    yield "crashes_and_outages", crashes, "count"
    yield "gifts", Contribution.objects.count(), "count"
    yield "ledger_entries", LedgerEntry.objects.count(), "count"
    yield "ledger_sum", sum(balances().values()), "cents"
    yield "receipts_missing", _gaps(), "count"
    yield "violations", violations, "count"
    yield "seconds", time.perf_counter() - begun, "s"


def _gaps() -> int:
    numbered = Contribution.objects.filter(receipt_number__isnull=False)
    last = numbered.aggregate(last=Max("receipt_number"))["last"] or 0
    return int(last) - numbered.count()
