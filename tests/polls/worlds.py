"""Providers as the contract of gateways sees them: what happens there, outside of the gateway."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol

import stripe

from coop4canada.kit import clock
from polls.gateways.local import LocalGateway
from polls.gateways.port import Gateway
from polls.gateways.stripe import StripeGateway
from polls.trial.provider import TrialProvider
from polls.trial.things import Troubles
from tests.polls.stripe_standin import StripeStandIn

WEBHOOK_SECRET = "whsec_for_tests"
Notice = tuple[bytes, dict[str, str]]


class World(Protocol):
    gateway: Gateway

    def pay(self, session_ref: str, card: str) -> None: ...

    def break_off(self, outage: str) -> None: ...

    def dispute(self, payment_ref: str) -> str: ...

    def decide(self, dispute_ref: str, *, is_won: bool) -> None: ...

    def notice(self, kind: str, ref: str, *, at: datetime) -> Notice: ...


class LocalWorld:
    def __init__(self, provider: TrialProvider) -> None:
        self.gateway: Gateway = LocalGateway()
        self.provider = provider

    def pay(self, session_ref: str, card: str) -> None:
        self.provider.pay(session_ref, card=card, now=clock.now())

    def break_off(self, outage: str) -> None:
        self.provider.trouble(replace(Troubles(), outage=outage))

    def dispute(self, payment_ref: str) -> str:
        return self.provider.open_dispute(payment_ref, now=clock.now()).ref

    def decide(self, dispute_ref: str, *, is_won: bool) -> None:
        self.provider.decide_dispute(dispute_ref, is_won=is_won, now=clock.now())

    def notice(self, kind: str, ref: str, *, at: datetime) -> Notice:
        """Return the last notice of something as it arrives when it is sent at this moment."""
        arrived: list[Notice] = []
        for one in self.provider.notices():
            if json.loads(one.body)["object"] == {"kind": kind, "ref": ref}:
                self.provider.send_again(one.id, now=at)

        def take(body: bytes, headers: Mapping[str, str]) -> bool:
            arrived.append((body, dict(headers)))
            return True

        self.provider.send_notices(take, now=at)
        return next(one for one in arrived if json.loads(one[0])["object"]["ref"] == ref)


class StripeWorld:
    def __init__(self) -> None:
        self.standin = StripeStandIn()
        self.gateway: Gateway = StripeGateway(self.standin)

    def pay(self, session_ref: str, card: str) -> None:
        self.standin.pay(session_ref, card)

    def break_off(self, outage: str) -> None:
        self.standin.outage = outage

    def dispute(self, payment_ref: str) -> str:
        amount = self.standin.objects[payment_ref]["amount"]
        fields = {"payment_intent": payment_ref, "amount": amount, "status": "needs_response"}
        return str(self.standin.make("dispute", "du", **fields)["id"])

    def decide(self, dispute_ref: str, *, is_won: bool) -> None:
        self.standin.objects[dispute_ref]["status"] = "won" if is_won else "lost"

    def notice(self, kind: str, ref: str, *, at: datetime) -> Notice:  # noqa: ARG002 — the object tells its kind
        return stripe_notice(self.standin.objects[ref], at=at)


def stripe_notice(about: dict[str, Any], *, at: datetime, secret: str = WEBHOOK_SECRET) -> Notice:
    seconds = int(at.timestamp())
    event = {"id": "evt_1", "object": "event", "type": "any", "created": seconds, "data": {"object": about}}
    body = json.dumps(event)
    signature = stripe.WebhookSignature.generate_signature_header(body, secret, seconds)
    return body.encode(), {"Stripe-Signature": signature}
