"""Opening a round at its time: the roll, the secret of its ballots, the mails."""

import secrets
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from pledges.enums import RoundMail, RoundState
from pledges.models import BallotSecret, RecommendationRound
from pledges.services.recommending import locked_round, move, plan_mails

# The same as `rules/roll.py` decides, of every pledge of the riding at one moment; in no order that tells anything.
ROLL = """
    INSERT INTO pledges_rollentry (round_id, pledge_id)
    SELECT %(round)s, pledge.id
    FROM pledges_pledge AS pledge
    JOIN supporters_supporter AS supporter ON supporter.id = pledge.supporter_id
    WHERE pledge.riding_number = %(riding)s
        AND pledge.state = 'confirmed'
        AND supporter.email_confirmed_at IS NOT NULL
        AND pledge.created_at < %(before)s
        AND (pledge.voter_status = 'voter' OR %(includes_future_voters)s)
    ORDER BY random()
    ON CONFLICT DO NOTHING
"""


def open_due_rounds(*, now: datetime) -> int:
    """Open the announced rounds whose time has come; return how many."""
    due = RecommendationRound.objects.filter(state=RoundState.ANNOUNCED, opens_at__lte=now)
    return sum(open_round(round_id=pk, now=now) for pk in due.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def open_round(*, round_id: int, now: datetime) -> bool:
    """Make the roll and let ballots come; False if that was done or called off meanwhile."""
    row = locked_round(round_id)
    if row.state != RoundState.ANNOUNCED or row.opens_at > now:
        return False
    move(row, RoundState.OPEN)
    row.opened_at = now
    row.save(update_fields=["state", "opened_at"])
    _make_roll(row)
    BallotSecret.objects.create(round=row, value=secrets.token_hex(32))
    plan_mails(row, RoundMail.BALLOT)
    return True


def _make_roll(row: RecommendationRound) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            ROLL,
            {
                "round": row.pk,
                "riding": row.riding_number,
                "before": row.pledged_before,
                "includes_future_voters": row.includes_future_voters,
            },
        )


def rounds_past_closing() -> list[int]:
    """Return the open rounds whose time is over by the database's clock, which is the one that ballots are measured by."""
    over = RecommendationRound.objects.filter(state=RoundState.OPEN).annotate(moment=Now())
    return list(over.filter(closes_at__lte=F("moment")).order_by("pk").values_list("pk", flat=True))
