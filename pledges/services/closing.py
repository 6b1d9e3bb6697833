"""Closing a round, counting it, publishing what may be known: three steps that may each be done twice and cut short."""

import gzip
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from django.db import connection, transaction
from django.db.models.functions import Now

from pledges.enums import RoundMail, RoundState
from pledges.models import (
    Ballot,
    BallotSecret,
    RecommendationRound,
    RollEntry,
    RoundOption,
    RoundResult,
)
from pledges.rules.ballot_file import AFTER, BEFORE, BallotFile, FileOption, stated, used_parts, write_file
from pledges.rules.counting import NOBODY, Method, Round, Tally, count
from pledges.rules.outcome import Outcome, outcome_of
from pledges.services.opening import rounds_past_closing
from pledges.services.recommending import locked_round, move, plan_mails

# All in one statement, hence under one number of one transaction, in random order, under random keys.
SHUFFLE = """
    WITH gone AS (DELETE FROM pledges_ballot WHERE round_id = %(round)s RETURNING round_id, marks)
    INSERT INTO pledges_ballot (key, round_id, marks)
    SELECT replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), round_id, marks
    FROM gone ORDER BY gen_random_uuid()
"""


def close_due_rounds() -> int:
    """Close every round whose time is over; return how many."""
    return sum(close_round(round_id=pk) for pk in rounds_past_closing())


@transaction.atomic
def close_round(*, round_id: int) -> bool:
    """Take no more ballots, and cut every tie between those that came and the roll; False if it is not due.

    Waits for ballots that are being taken: each is either acknowledged before this or refused after it.
    """
    row = locked_round(round_id)
    if round_id not in rounds_past_closing():
        return False
    move(row, RoundState.CLOSED)
    RecommendationRound.objects.filter(pk=round_id).update(state=row.state, closed_at=Now())
    BallotSecret.objects.filter(round=row).delete()
    with connection.cursor() as cursor:
        cursor.execute(SHUFFLE, {"round": round_id})
    return True


def publish_due_rounds(*, now: datetime) -> int:
    """Count and publish every closed round whose time has come; return how many."""
    closed = RecommendationRound.objects.filter(state=RoundState.CLOSED).exclude(publishes_at__gt=now)
    return sum(
        publish_round(round_id=pk, now=now) for pk in closed.order_by("pk").values_list("pk", flat=True)
    )


@transaction.atomic
def publish_round(*, round_id: int, now: datetime) -> bool:
    """Count the ballots, keep what may be known, and destroy the ballots themselves; False if it is not due."""
    row = locked_round(round_id)
    if row.state != RoundState.CLOSED or (row.publishes_at is not None and row.publishes_at > now):
        return False
    options = list(row.options.select_related("party").order_by("key"))
    marks = Ballot.objects.filter(round=row).values_list("marks", flat=True)
    ballots = Counter(tuple(one) for one in marks)
    eligible = RollEntry.objects.filter(round=row).count()
    tally, outcome = _counted(row, options, ballots, eligible)
    RoundResult.objects.create(**_kept(row, options, ballots, tally, outcome), counted_at=now)
    Ballot.objects.filter(round=row).delete()
    move(row, RoundState.PUBLISHED)
    row.published_at = now
    row.save(update_fields=["state", "published_at"])
    plan_mails(row, RoundMail.RESULT)
    return True


def _withdrawal(row: RecommendationRound, option: RoundOption) -> str | None:
    if option.withdrawn_at is None:
        return None
    return AFTER if row.closed_at is not None and option.withdrawn_at >= row.closed_at else BEFORE


def _counted(
    row: RecommendationRound, options: Sequence[RoundOption], ballots: Counter[tuple[str, ...]], eligible: int
) -> tuple[Tally, Outcome]:
    tally = count(
        ballots,
        method=Method(row.method),
        options=(*(option.key for option in options), NOBODY),
        withdrawn=[option.key for option in options if option.withdrawn_at is not None],
        threshold_percent=row.threshold_percent,
    )
    after = [option.key for option in options if _withdrawal(row, option) == AFTER]
    return tally, outcome_of(tally, row.terms, eligible=eligible, withdrawn_after_closing=after)


def _kept(
    row: RecommendationRound,
    options: Sequence[RoundOption],
    ballots: Counter[tuple[str, ...]],
    tally: Tally,
    outcome: Outcome,
) -> dict[str, object]:
    values: dict[str, object] = {
        "round": row,
        "reason": outcome.reason.value,
        "option": next((option for option in options if option.key == outcome.option), None),
        "eligible": outcome.eligible,
        "cast": outcome.cast,
    }
    if not outcome.shows_tallies:
        return values
    content = write_file(_file(row, options, used_parts(ballots, tally, _keys(options)), outcome))
    return values | {
        "valid": outcome.valid,
        "leader": outcome.leader or "",
        "tied": list(outcome.tied),
        "rounds": [_record(one) for one in tally.rounds],
        "file": gzip.compress(content, mtime=0),
        "file_digest": sha256(content).hexdigest(),
    }


def _keys(options: Sequence[RoundOption]) -> tuple[str, ...]:
    return (*(option.key for option in options), NOBODY)


def _file(
    row: RecommendationRound,
    options: Sequence[RoundOption],
    ballots: Counter[tuple[str, ...]],
    outcome: Outcome,
) -> BallotFile:
    return BallotFile(
        round=row.pk,
        riding=row.riding_number,
        election=row.election_en,
        closes_at=row.closes_at.astimezone(UTC).isoformat(timespec="seconds"),
        method=Method(row.method),
        options=tuple(
            FileOption(option.key, option.name, option.party.code, _withdrawal(row, option))
            for option in options
        ),
        terms=row.terms,
        eligible=outcome.eligible,
        ballots=ballots,
        outcome=stated(outcome),
    )


def _record(one: Round) -> dict[str, object]:
    """Return a round of the count as it is kept; a ballot that names nobody else goes to ""."""
    transfers = {
        out: {to or "": number for to, number in moved.items()}
        for out, moved in (one.transfers or {}).items()
    }
    return {
        "votes": dict(one.votes),
        "exhausted": one.exhausted,
        "eliminated": list(one.eliminated),
        "broken_by": one.broken_by.value if one.broken_by else "",
        "transfers": transfers,
    }
