"""Walks through a gift's life, as far as a test needs it."""

import datetime as dt
from typing import Any

from polls.enums import FundingModel, RefundReason
from polls.models import Contribution, PollProject, Refund
from polls.services import charging, giving, refunding, settling
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card

URLS: dict[str, Any] = {
    "success_url": "https://ours.example/back/{contribution}/",
    "cancel_url": "https://ours.example/",
}
LATER = NOON + dt.timedelta(minutes=5)


def begin(project: PollProject | None = None, now: dt.datetime = NOON, **fields: Any) -> giving.Begun:
    token = fields.pop("form_token", None)
    return giving.begin_gift(gift=builders.gift(project, **fields), form_token=token, now=now, **URLS)


def looked_up(row: Contribution, now: dt.datetime = NOON) -> Contribution:
    return settling.take_in_gift(contribution_id=row.pk, now=now)


def paid(
    provider: BadProvider, project: PollProject | None = None, card: Card | None = None, **fields: Any
) -> Contribution:
    """Give at once, and let us know; to a keep-it project or the general fund."""
    row = begin(project, **fields).contribution
    provider.complete(row.session_ref, card)
    return looked_up(row)


def saved(
    provider: BadProvider, project: PollProject, card: Card | None = None, **fields: Any
) -> Contribution:
    """Promise with a saved card."""
    return paid(provider, project, card, **fields)


def declined(provider: BadProvider, project: PollProject) -> Contribution:
    """Promise with a card that is then declined."""
    row = saved(provider, project, Card(is_declined=True))
    charging.ask_charges(project=project, now=NOON)
    charging.send_charges(now=NOON)
    row.refresh_from_db()
    return row


def refund_of(row: Contribution, amount_cents: int | None = None) -> Refund:
    return refunding.ask_refund(
        contribution=row, amount_cents=amount_cents, reason=RefundReason.REQUEST, by=None, now=NOON
    )


def keep_it(**fields: Any) -> PollProject:
    return builders.project(funding_model=FundingModel.KEEP_IT, **fields)
