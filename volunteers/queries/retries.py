"""The rules for the next call, as organizers have set them."""

from datetime import timedelta

from volunteers.enums import ContactState, Outcome
from volunteers.models import RetryRule
from volunteers.rules.retries import Rule


def retry_rules() -> dict[Outcome, Rule]:
    """Return the rules by outcome."""
    return {Outcome(row.outcome): _rule(row) for row in RetryRule.objects.order_by("outcome")}


def _rule(row: RetryRule) -> Rule:
    return Rule(
        outcome=Outcome(row.outcome),
        end_state=ContactState(row.end_state) if row.end_state else None,
        retry_after=timedelta(minutes=row.retry_after_minutes),
        other_daypart=row.other_daypart,
        most_attempts=row.most_attempts,
        counts=row.counts,
        everywhere=row.everywhere,
        rest_elsewhere=timedelta(minutes=row.rest_elsewhere_minutes),
        again_as=Outcome(row.again_as) if row.again_as else None,
    )
