"""Builders for tests of polls and of the money that pays for them."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.test import override_settings

from polls.enums import ContributionState, Leftover, ProjectState, Provider
from polls.gateways import choice
from polls.models import Contribution, PollProject
from polls.services.giving import Gift, Giver
from ridings.models import BoundarySet, Riding
from supporters.rules.email import read_address
from tests import make
from tests.make import NOON
from tests.polls.bad_provider import BadProvider

DECLARATION = "I am a Canadian citizen or permanent resident."


def riding(number: int = 35001, name: str = "Somewhere", **fields: Any) -> Riding:
    """Make a riding on the boundaries that are in force, or find it."""
    found = Riding.objects.filter(boundary_set__status="live", number=number).first()
    live = BoundarySet.objects.filter(status="live").first() or make.boundary_set()
    return found or make.riding(live, number, name, **fields)


def project(place: Riding | None = None, **fields: Any) -> PollProject:
    """Make a project of $1,000 that takes gifts for another thirty days."""
    defaults = {
        "state": ProjectState.FUNDING,
        "pollster": "Oraclepoll",
        "cost_cents": 100_000,
        "goal_cents": 100_000,
        "minimum_cents": 80_000,
        "deadline_at": NOON + dt.timedelta(days=30),
        "opened_at": NOON - dt.timedelta(days=1),
    }
    return PollProject.objects.create(riding=place or riding(), **{**defaults, **fields})


def contribution(**fields: Any) -> Contribution:
    """Make the row of a gift of $25 to the general fund that was just begun; nothing is booked."""
    defaults = {
        "amount_cents": 2500,
        "provider": Provider.LOCAL,
        "state": ContributionState.STARTED,
        "leftover": Leftover.RETURN,
        "email": "amara@example.org",
        "name": "Amara Diallo",
        "street": "1 Main Street",
        "city": "Ottawa",
        "province": "ON",
        "postal_code": "K1A0B1",
        "person_key": uuid4().hex,
        "declared_at": NOON,
        "declaration": DECLARATION,
        "created_at": NOON,
    }
    return Contribution.objects.create(**{**defaults, **fields})


class Desk:
    """Where the provider of the running test stands, for `polls.gateways.choice` to find it by its dotted name."""

    provider = BadProvider()


def standing_provider() -> BadProvider:
    """Return the provider that takes cards in this test."""
    return Desk.provider


def stand(provider: BadProvider) -> BadProvider:
    """Let a provider in memory take cards from now on; `settings.PAYMENT_PROVIDER` names it."""
    choice._CLASSES[provider.name] = "tests.polls.builders.standing_provider"
    choice.gateway_of.cache_clear()
    Desk.provider = provider
    return provider


@contextmanager
def standing(provider: BadProvider) -> Iterator[BadProvider]:
    """Let a provider in memory take cards meanwhile."""
    former = dict(choice._CLASSES)
    with override_settings(PAYMENT_PROVIDER=provider.name):
        yield stand(provider)
    choice._CLASSES.update(former)
    choice.gateway_of.cache_clear()


def giver(name: str = "Amara Diallo", email: str = "amara@example.org", **fields: Any) -> Giver:
    """Describe who gives; an empty `email` is none."""
    defaults = {
        "street": "1 Main Street",
        "city": "Ottawa",
        "province": "ON",
        "postal_code": "K1A0B1",
        "language": "en",
        "declaration": DECLARATION,
    }
    return Giver(name=name, email=read_address(email) if email else None, **{**defaults, **fields})


def gift(project: PollProject | None = None, amount_cents: int = 2500, **fields: Any) -> Gift:
    """Describe a gift; to the general fund where no project is named."""
    defaults = {"giver": giver(), "leftover": Leftover.RETURN, "is_anonymous": True}
    return Gift(project=project, amount_cents=amount_cents, **{**defaults, **fields})
