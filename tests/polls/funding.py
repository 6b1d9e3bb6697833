"""A project with gifts that came the way they do: by the provider's page."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from polls.models import Contribution, PollProject
from polls.services.charging import send_charges
from polls.services.giving import begin_gift
from polls.services.projects import look_after_projects
from polls.services.refunding import send_refunds
from polls.services.settling import take_in_gift
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card

AFTER = NOON + dt.timedelta(days=30, seconds=1)


def given(
    provider: BadProvider,
    project: PollProject | None,
    amount_cents: int,
    *,
    card: Card | None = None,
    now: dt.datetime = NOON,
    **fields: Any,
) -> Contribution:
    """Give as a giver does, to the end of the provider's page."""
    number = Contribution.objects.count() + 1
    who = builders.giver(name=f"Giver {number}", email=f"giver{number}@example.org")
    gift = builders.gift(project, amount_cents, **{"giver": who, **fields})
    row = begin_gift(gift=gift, success_url="https://c/{contribution}", cancel_url="https://c/", now=now)
    provider.complete(row.contribution.session_ref, card)
    return take_in_gift(contribution_id=row.contribution.pk, now=now)


def run_jobs(now: dt.datetime, times: int = 3) -> None:
    """Let every job about projects run, as beat does every minute."""
    for _ in range(times):
        look_after_projects(now=now)
        send_charges(now=now)
        send_refunds(now=now)


def states(rows: Iterable[Contribution]) -> list[str]:
    """Return the states that gifts have now."""
    return [Contribution.objects.get(pk=row.pk).state for row in rows]


def path_of(project: PollProject) -> list[str]:
    """Return the states a project went through."""
    return list(project.moves.order_by("pk").values_list("to_state", flat=True))
