"""What every part of the trial provider stands on: its books, its troubles, and the notices it owes."""

import json
import secrets
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from polls.trial.store import Store
from polls.trial.things import State, Thing, TrialPayment, TrialSession, Troubles

# As with Stripe: a page can be used for a day.
SECONDS_OF_A_SESSION = 86_400
# Source: stripe.com/en-ca/pricing, domestic cards, read 2026-11: 2.9 % + C$0.30.
FEE_PER_MILLE, FEE_CENTS = 29, 30


def fee_of(amount_cents: int) -> int:
    """Return the fee for taking an amount, in cents, half a cent rounded up."""
    return (amount_cents * FEE_PER_MILLE + 500) // 1000 + FEE_CENTS


def new_ref(kind: str) -> str:
    """Return a new reference that tells what it stands for."""
    return f"trial_{kind}_{secrets.token_hex(12)}"


class Books:
    """The books in a file."""

    def __init__(self, path: Path, *, secret: str) -> None:
        """Open the books at `path`; `secret` signs the notices."""
        self._store = Store(path)
        self._secret = secret

    @property
    def troubles(self) -> Troubles:
        """How the provider misbehaves now."""
        row = self._store.run("SELECT body FROM trouble").fetchone()
        return Troubles(**json.loads(row[0])) if row else Troubles()

    def trouble(self, troubles: Troubles) -> None:
        """Misbehave in these ways from now on."""
        self._store.run("INSERT OR REPLACE INTO trouble VALUES (1, ?)", (json.dumps(asdict(troubles)),))

    def _is_declined_by_trouble(self) -> bool:
        troubles = self.troubles
        if troubles.declines_next:
            self.trouble(replace(troubles, declines_next=False))
        return troubles.declines_next

    def _notify(self, what: str, thing: Thing, now: datetime) -> None:
        """Owe the site a notice of something; it goes out with the act or not at all."""
        event = {
            "id": new_ref("event"),
            "type": f"{thing.kind}.{what}",
            "created": int(now.timestamp()),
            "object": {"kind": thing.kind, "ref": thing.ref},
        }
        self._store.run(
            "INSERT INTO notice (id, type, body, made_at, due_at) VALUES (?, ?, ?, ?, ?)",
            (event["id"], event["type"], json.dumps(event), now.timestamp(), now.timestamp()),
        )

    def _aged(self, session: TrialSession, now: datetime) -> TrialSession:
        is_over = now.timestamp() >= session.made_at + SECONDS_OF_A_SESSION
        return replace(session, state=State.EXPIRED) if is_over and session.state == State.OPEN else session

    def _try_payment(
        self, ref: str, contribution: str, amount_cents: int, *, card: str, refusal: str, now: datetime
    ) -> TrialPayment:
        """Write down a try to take money and owe a notice of it."""
        code = "card_declined" if self._is_declined_by_trouble() else refusal
        state, fee = (State.DECLINED, 0) if code else (State.SUCCEEDED, fee_of(amount_cents))
        payment = TrialPayment(
            ref, now.timestamp(), contribution, amount_cents, card, state, decline_code=code, fee_cents=fee
        )
        self._store.put(payment)
        self._notify("declined" if code else "succeeded", payment, now)
        return payment
