"""A small world in which gifts are given and things go wrong, and what must be true of its money in the end.

Every step commits for real or is rolled back for real. Each interleaving has projects, givers, provider and a stretch of
time of its own, so nothing has to be emptied between two: the ledger of all of them stays one ledger.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Sum

from polls.enums import Account, ContributionState, FundingModel, ProjectState, RefundState
from polls.gateways import FoundPayment, GatewayDown, PaymentState
from polls.models import Charge, Contribution, LedgerLine, PollProject, ProviderEvent, Refund
from polls.queries.ledger import places_of_gift
from polls.queries.money import thermometers
from polls.services import (
    provider_events,
    reconciling,
    releasing,
)
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Crash

State = ContributionState

STRETCH = dt.timedelta(days=12)
_worlds = count()


@dataclass(frozen=True)
class Step:
    """What is done, to which of what is there, and what goes wrong meanwhile.

    `fault`: "", or "down" or "crash" at the first or second call of the provider, before or after it acted, or "sql" at
    statement `at`.
    """

    act: str
    which: int = 0
    how: int = 0
    fault: str = ""
    at: int = 0
    is_after: bool = False


@dataclass
class World:
    """Two projects, a provider, and everything that was done there."""

    number: int = field(default_factory=lambda: next(_worlds))
    provider: BadProvider = field(default_factory=BadProvider)
    begun: list[UUID] = field(default_factory=list)
    crashes: int = 0

    def __post_init__(self) -> None:
        self.start = NOON + self.number * STRETCH
        self.now = self.start
        self.provider.at = self.now
        self.provider.fee_cents = 30
        self.tokens = [uuid4() for _number in range(4)]
        PollProject.objects.filter(state=ProjectState.FUNDING).update(state=ProjectState.FUNDED)
        deadline = self.now + dt.timedelta(days=9)
        # Of the first cards are saved and charged later, the other's gifts are charged at once.
        models = (FundingModel.ALL_OR_NOTHING, FundingModel.KEEP_IT)
        self.projects = [
            builders.project(builders.riding(35001 + place), deadline_at=deadline, funding_model=model)
            for place, model in enumerate(models)
        ]
        builders.stand(self.provider)

    # What is there.

    def gifts(self) -> list[Contribution]:
        return list(Contribution.objects.filter(city=self.city).order_by("pk"))

    def paid(self) -> list[FoundPayment]:
        payments = self.provider.payments.values()
        return [each for each in payments if each.state is PaymentState.SUCCEEDED and each.contribution]

    @property
    def city(self) -> str:
        return f"World {self.number}"

    def gift(self, which: int) -> Contribution | None:
        rows = self.gifts()
        return rows[which % len(rows)] if rows else None

    # Steps.

    def take(self, step: Step, act: Callable[[], None]) -> None:
        """Do a step; the process may die in it, and what was not committed is gone."""
        self.now += dt.timedelta(minutes=2)
        self.provider.at = self.now
        try:
            with self._faults(step):
                act()
        except (Crash, GatewayDown):
            self.crashes += 1
        self.provider.faults = lambda _call: ""

    @contextmanager
    def _faults(self, step: Step) -> Iterator[None]:
        seen, statements = count(), count()

        def fault(_call: str) -> str:
            if step.fault not in {"down", "crash"} or next(seen) != step.at % 4 // 2:
                return ""
            return ("crash-" if step.fault == "crash" else "") + ("after" if step.is_after else "before")

        def die(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if step.fault == "sql" and not sql.startswith("ROLLBACK") and next(statements) == step.at:
                raise Crash(sql)
            return execute(sql, *rest)

        self.provider.faults = fault
        with connection.execute_wrapper(die):
            yield

    # The end.

    def heal(self) -> None:
        """Let everything run as it does by the clock, without faults, until nothing is open."""
        self.provider.keeps_refunds_pending = False
        for ref, made in list(self.provider.refunds.items()):
            if made.state is PaymentState.PENDING:
                self.provider.end_refund(ref, succeeds=True)
        # What nobody has paid by now has lapsed, and every claim has run out.
        self._let_run(dt.timedelta(hours=26))
        if Charge.objects.filter(state="asked").exists() or Refund.objects.filter(state="asked").exists():
            self._let_run(dt.timedelta(minutes=2))
        for row in self.gifts():
            if row.state in {State.SAVED, State.FAILING}:
                releasing.release(contribution=row, now=self.now)
        releasing.forget_cards(now=self.now)
        # Notices of money that is not ours are asked about for days: the next interleaving must not find them.
        ProviderEvent.objects.filter(done_at__isnull=True).update(done_at=self.now)

    def _let_run(self, pause: dt.timedelta) -> None:
        self.now += pause
        self.provider.at = self.now
        provider_events.follow_events(now=self.now)
        reconciling.reconcile_gifts(since=self.start, now=self.now)

    def wrongs(self) -> list[str]:
        """Return what is wrong with the money; nothing, always."""
        rows = self.gifts()
        found = [wrong for row in rows for wrong in self._wrongs_of(row)]
        ours = LedgerLine.objects.filter(entry__contribution__in=rows)
        sums = dict(ours.values_list("account").annotate(total=Sum("amount_cents")).order_by("account"))
        stray = sum(
            paid.amount_cents - paid.fee_cents
            for paid in self.provider.payments.values()
            if not paid.contribution
        )
        withheld = sum(each.amount_cents for each in self.provider.disputes.values() if each.is_won is None)
        found += _unequal("ledger", sum(sums.values()), 0)
        found += _unequal("provider", sums.get(Account.PROVIDER, 0), self.provider.balance() - stray)
        found += _unequal("disputed", sums.get(Account.DISPUTED, 0), withheld)
        found += _unequal("begun", set(self.begun) - {row.public_id for row in rows}, set())
        tokens = [row.form_token for row in rows if row.form_token]
        found += _unequal("forms", len(tokens), len(set(tokens)))
        return found + self._wrong_thermometers()

    def _wrong_thermometers(self) -> list[str]:
        shown = thermometers([project.pk for project in self.projects])
        wrongs = []
        for project in self.projects:
            lines = LedgerLine.objects.filter(account=Account.PROJECT, project=project)
            held = -(lines.aggregate(total=Sum("amount_cents"))["total"] or 0)
            gifts = sum(places_of_gift(row.pk).get(project.pk, 0) for row in self.gifts())
            wrongs += _unequal("thermometer", shown[project.pk].received_cents, held)
            wrongs += _unequal("gifts here", gifts, held)
        return wrongs

    def _wrongs_of(self, row: Contribution) -> list[str]:
        paid = [
            each
            for each in self.provider.payments.values()
            if each.contribution == row.public_id and each.state is PaymentState.SUCCEEDED
        ]
        refs = {each.ref for each in paid}
        back = [
            each
            for each in self.provider.refunds.values()
            if each.payment_ref in refs and each.state is PaymentState.SUCCEEDED
        ]
        lost = [
            each
            for each in self.provider.disputes.values()
            if each.payment_ref in refs and each.is_won is False
        ]
        sent = Refund.objects.filter(contribution=row, state=RefundState.SUCCEEDED)
        back_cents = sum(each.amount_cents for each in back)
        left = sum(each.amount_cents for each in paid) - back_cents - sum(each.amount_cents for each in lost)
        name = f"gift {row.public_id} ({row.state})"
        return [
            *_unequal(f"{name} paid at most once", len(paid) > 1, False),
            *_unequal(f"{name} booked", row.ledger_entries.filter(kind="gift").count(), len(paid)),
            *_unequal(f"{name} receipt", row.receipt_number is not None, bool(paid)),
            *_unequal(
                f"{name} refunds",
                sorted(sent.values_list("provider_ref", flat=True)),
                sorted(r.ref for r in back),
            ),
            *_unequal(
                f"{name} refunded too much", back_cents > sum(each.amount_cents for each in paid), False
            ),
            *_unequal(f"{name} left", sum(places_of_gift(row.pk).values()), left),
            *_unequal(f"{name} state", row.state, self._state_of(row, paid, left)),
        ]

    def _state_of(self, row: Contribution, paid: list[Any], _left: int) -> str:
        if not paid:
            is_open = row.state in {State.LAPSED, State.RELEASED, State.STARTED}
            return row.state if is_open else "never paid"
        disputes = [each for each in self.provider.disputes.values() if each.payment_ref == paid[0].ref]
        if any(each.is_won is None for each in disputes):
            # A lost one is final, whatever the bank does afterwards.
            return State.CHARGED_BACK if any(each.is_won is False for each in disputes) else State.DISPUTED
        if any(each.is_won is False for each in disputes):
            return State.CHARGED_BACK
        refunds = [each for each in self.provider.refunds.values() if each.payment_ref == paid[0].ref]
        back = sum(each.amount_cents for each in refunds if each.state is PaymentState.SUCCEEDED)
        return State.REFUNDED if back == row.amount_cents else State.SETTLED


FAULTS = ("", "", "", "", "down", "crash", "sql")


def _unequal(what: str, found: object, wanted: object) -> list[str]:
    return [] if found == wanted else [f"{what}: {found!r} instead of {wanted!r}"]
