"""Casting a ballot: one for each place on the roll, replaced as often as one likes, counted if it was acknowledged.

Nothing but the ballot is written in the transaction of a ballot. Why: docs/algorithms/ballot-secrecy.md.
"""

from enum import StrEnum

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from coop4canada.kit.db import share_for_transaction
from pledges.enums import RoundState
from pledges.models import Ballot, BallotSecret, RecommendationRound, RollEntry
from pledges.queries.ballots import ballot_key
from pledges.rules.counting import NOBODY, Method, fault_of
from pledges.services.recommending import lock_name
from supporters.enums import EntryState


class Refusal(StrEnum):
    """Why a ballot was not taken."""

    CLOSED = "closed"
    NOT_ON_ROLL = "not_on_roll"
    FAULTY = "faulty"


class BallotRefused(Exception):
    """The ballot was not taken; nothing was recorded. The message never holds a choice."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@transaction.atomic
@sensitive_variables("marks")
def cast_ballot(*, entry_id: int, marks: tuple[str, ...]) -> None:
    """Take a ballot, in place of the former one from the same place on the roll.

    Closing waits until this is committed or undone, and then takes no more: what was acknowledged is counted.
    Raises: BallotRefused.
    """
    entry = _entry_in_open_round(entry_id)
    pledge = entry.pledge
    if pledge is None or pledge.supporter_id is None or pledge.state != EntryState.CONFIRMED:
        raise BallotRefused(Refusal.NOT_ON_ROLL)
    options = entry.round.options.filter(withdrawn_at__isnull=True)
    offered = {NOBODY, *options.values_list("key", flat=True)}
    if fault_of(marks, method=Method(entry.round.method), options=offered) is not None:
        raise BallotRefused(Refusal.FAULTY)
    ballot = Ballot(key=_key_of(entry), round_id=entry.round_id, marks=list(marks))
    Ballot.objects.bulk_create(
        [ballot], update_conflicts=True, unique_fields=["key"], update_fields=["marks"]
    )


@transaction.atomic
def take_back_ballot(*, entry_id: int) -> None:
    """Destroy the ballot of a place on the roll while voting lasts, also after its pledge was withdrawn; twice is once.

    Raises: BallotRefused once the round is closed.
    """
    entry = _entry_in_open_round(entry_id)
    Ballot.objects.filter(key=_key_of(entry)).delete()


def _entry_in_open_round(entry_id: int) -> RollEntry:
    """Return the place on the roll, its round kept open until the transaction ends."""
    round_id = RollEntry.objects.filter(pk=entry_id).values_list("round_id", flat=True).first()
    if round_id is None:
        raise BallotRefused(Refusal.NOT_ON_ROLL)
    share_for_transaction(lock_name(round_id))
    entry = RollEntry.objects.select_related("round", "pledge").get(pk=entry_id)
    if not _takes_ballots(entry.round):
        raise BallotRefused(Refusal.CLOSED)
    return entry


def _takes_ballots(row: RecommendationRound) -> bool:
    """Say whether the round is open at this very moment, by the database's clock: no web server's is asked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp() < %s", [row.closes_at])
        is_before_closing = cursor.fetchone()[0]
    return row.state == RoundState.OPEN and bool(is_before_closing)


def _key_of(entry: RollEntry) -> str:
    return ballot_key(BallotSecret.objects.get(pk=entry.round_id).value, entry.pk)
