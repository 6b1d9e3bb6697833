"""Gifts, notices, charges, refunds, disputes and crashes in any order, against a provider that misbehaves.

Every step commits for real or is rolled back for real. Each interleaving has projects, givers, provider and a stretch of
time of its own, so nothing has to be emptied between two: the ledger of all of them stays one ledger.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Sum

from polls.enums import Account, ContributionState, FundingModel, ProjectState, RefundReason, RefundState
from polls.gateways import FoundPayment, GatewayDown, PaymentState, SessionState
from polls.models import Charge, Contribution, LedgerLine, PollProject, ProviderEvent, Refund
from polls.queries.ledger import places_of_gift
from polls.queries.money import thermometers
from polls.services import (
    charging,
    giving,
    moving,
    provider_events,
    reconciling,
    refunding,
    releasing,
    settling,
)
from tests.make import NOON
from tests.polls import builders
from tests.polls.bad_provider import BadProvider, Card, Crash

State = ContributionState

STRETCH = dt.timedelta(days=12)
CARDS: tuple[dict[str, Any], ...] = (
    {}, {}, {}, {"is_declined": True}, {"is_declined": True}, {"is_prepaid": True}, {"country": "US"},
)  # fmt: skip
_worlds = count()


@dataclass(frozen=True)
class Step:
    """What is done, to which of what is there, and what goes wrong meanwhile.

    `fault`: "" | "down" | "crash" at call number `at` of the provider, before or after it acted; "sql": at statement `at`.
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

    def take(self, step: Step) -> None:
        """Do a step; the process may die in it, and what was not committed is gone."""
        self.now += dt.timedelta(minutes=1)
        self.provider.at = self.now
        try:
            with self._faults(step):
                ACTS[step.act](self, step)
        except (Crash, GatewayDown):
            self.crashes += 1
        self.provider.faults = lambda _call: ""

    @contextmanager
    def _faults(self, step: Step) -> Iterator[None]:
        seen, statements = count(), count()

        def fault(_call: str) -> str:
            if step.fault not in {"down", "crash"} or next(seen) != step.at % 3:
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


def _give(world: World, step: Step) -> None:
    project = (world.projects[0], world.projects[1], None)[step.which % 3]
    gift = builders.gift(
        project,
        amount_cents=2500 + 1000 * (step.how % 3),
        giver=builders.giver(f"Giver {step.how % 2}", f"w{world.number}@example.org", city=world.city),
    )
    begun = giving.begin_gift(
        gift=gift,
        success_url="https://ours.example/{contribution}",
        cancel_url="https://ours.example/",
        now=world.now,
        form_token=world.tokens[step.how % len(world.tokens)],
    )
    world.begun.append(begun.contribution.public_id)


def _give_and_pay(world: World, step: Step) -> None:
    """Let the giver go through to the end; nobody tells us."""
    _give(world, step)
    _complete(world, Step("complete", which=-1, how=step.which))


def _complete(world: World, step: Step) -> None:
    refs = [ref for ref, found in world.provider.sessions.items() if found.state is SessionState.OPEN]
    if refs:
        world.provider.complete(refs[step.which % len(refs)], Card(**CARDS[step.how % len(CARDS)]))


def _expire(world: World, step: Step) -> None:
    refs = list(world.provider.sessions)
    if refs:
        world.provider.expire(refs[step.which % len(refs)])


def _come_back(world: World, step: Step) -> None:
    row = world.gift(step.which)
    if row:
        settling.take_in_gift(contribution_id=row.pk, now=world.now)


def _deliver(world: World, step: Step) -> None:
    """Deliver any notice there ever was, once more if it was delivered already; `how` delivers several."""
    events = world.provider.outbox
    for number in range(step.how % 3 + 1):
        if events:
            event = events[-1 - (step.which + number) % len(events)]
            provider_events.note_event(provider="local", event=event, now=world.now)


def _follow(world: World, step: Step) -> None:
    provider_events.follow_events(now=world.now)


def _ask_charges(world: World, step: Step) -> None:
    charging.ask_charges(project=world.projects[step.which % 2], now=world.now)


def _send_charges(world: World, step: Step) -> None:
    charging.retry_charges(now=world.now)
    charging.send_charges(now=world.now)


def _mend(world: World, step: Step) -> None:
    row = world.gift(step.which)
    if row and row.state == State.FAILING:
        begun = giving.mend_card(
            contribution=row, success_url="https://s", cancel_url="https://c", now=world.now
        )
        world.provider.complete(begun.contribution.session_ref, Card())


def _ask_refund(world: World, step: Step) -> None:
    row = world.gift(step.which)
    if row:
        amount = (None, None, 1000, row.amount_cents)[step.how % 4]
        try:
            refunding.ask_refund(
                contribution=row, amount_cents=amount, reason=RefundReason.REQUEST, by=None, now=world.now
            )
        except refunding.NotRefundable:
            return


def _send_refunds(world: World, step: Step) -> None:
    world.provider.refuses_refunds = step.how % 7 == 6
    world.provider.keeps_refunds_pending = step.how % 3 == 2
    try:
        refunding.send_refunds(now=world.now)
    finally:
        world.provider.refuses_refunds = False


def _end_refund(world: World, step: Step) -> None:
    refs = list(world.provider.refunds)
    if refs:
        world.provider.end_refund(refs[step.which % len(refs)], succeeds=step.how % 2 == 0)


def _refund_by_hand(world: World, step: Step) -> None:
    paid = world.paid()
    if paid:
        chosen = paid[step.which % len(paid)]
        left = chosen.amount_cents - chosen.refunded_cents
        if left:
            world.provider.refund_by_hand(chosen.ref, min(left, (left, 700)[step.how % 2]))


def _dispute(world: World, step: Step) -> None:
    paid = world.paid()
    disputed = {each.payment_ref for each in world.provider.disputes.values() if each.is_won is not True}
    free = [each for each in paid if each.ref not in disputed]
    if free:
        world.provider.open_dispute(free[step.which % len(free)].ref)


def _decide(world: World, step: Step) -> None:
    refs = list(world.provider.disputes)
    if refs:
        world.provider.close_dispute(refs[step.which % len(refs)], is_won=step.how % 2 == 0)


def _move(world: World, step: Step) -> None:
    row = world.gift(step.which)
    if row:
        try:
            moving.move_gift(contribution=row, to=(None, *world.projects)[step.how % 3], now=world.now)
        except moving.NotMovable:
            return


def _release(world: World, step: Step) -> None:
    row = world.gift(step.which)
    if row and step.how % 2:
        releasing.release(contribution=row, now=world.now)
    releasing.forget_cards(now=world.now)


def _wait(world: World, step: Step) -> None:
    world.now += dt.timedelta(hours=step.how % 7)


def _stray(world: World, step: Step) -> None:
    world.provider.pay_directly(None, 1234)


def _reconcile(world: World, step: Step) -> None:
    reconciling.reconcile_gifts(since=world.start, now=world.now)


ACTS: dict[str, Callable[[World, Step], None]] = {
    "give": _give,
    "give and pay": _give_and_pay,
    "complete": _complete,
    "come back": _come_back,
    "deliver": _deliver,
    "follow": _follow,
    "ask charges": _ask_charges,
    "send charges": _send_charges,
    "ask refund": _ask_refund,
    "send refunds": _send_refunds,
    "dispute": _dispute,
    "decide": _decide,
    "move": _move,
    "end refund": _end_refund,
    "refund by hand": _refund_by_hand,
    "mend": _mend,
    "release": _release,
    "wait": _wait,
    "reconcile": _reconcile,
    "expire": _expire,
    "stray": _stray,
}
# Gifts must be given and paid before anything can go wrong with them.
LIKELY = (
    "give and pay", "give and pay", "give and pay", "complete", "deliver", "deliver", "follow", "come back", "ask charges",
    "send charges", "send refunds", "ask refund",
)  # fmt: skip


def at_random(chance: Random) -> list[Step]:
    """Return the steps of an interleaving, the same for the same seed; it begins with two gifts."""
    acts = [*ACTS, *LIKELY]
    chosen = ["give and pay", "give and pay", *chance.choices(acts, k=chance.randrange(8, 18))]
    return [
        Step(
            act=act,
            which=chance.randrange(6),
            how=chance.randrange(12),
            fault=chance.choice(FAULTS),
            at=chance.randrange(40),
            is_after=chance.random() < 0.5,
        )
        for act in chosen
    ]


def run(steps: list[Step]) -> World:
    """Run an interleaving to its end and return the world as it is then."""
    world = World()
    for step in steps:
        world.take(step)
    world.heal()
    return world
