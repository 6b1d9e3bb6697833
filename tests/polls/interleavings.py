"""Gifts, notices, charges, refunds, disputes and crashes in any order, against a provider that misbehaves."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from polls.enums import ContributionState, RefundReason
from polls.gateways import SessionState
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
from tests.polls import builders
from tests.polls.bad_provider import Card
from tests.polls.money_world import FAULTS, Step, World

State = ContributionState

CARDS: tuple[dict[str, Any], ...] = (
    {}, {}, {}, {"is_declined": True}, {"is_declined": True}, {"is_prepaid": True}, {"country": "US"},
)  # fmt: skip


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
# What is done most: without it nothing can go wrong. Answers are lost where charges and refunds are sent.
LIKELY = (
    "give and pay", "give and pay", "complete", "deliver", "deliver", "follow", "come back", "come back",
    "ask charges", "ask charges", "send charges", "send charges", "send charges", "ask refund", "ask refund",
    "send refunds", "send refunds", "send refunds", "end refund", "dispute", "decide", "wait",
)  # fmt: skip
BEGINNING = ("give and pay", "give and pay", "come back", "come back", "ask charges")


def at_random(chance: Random) -> list[Step]:
    """Return the steps of an interleaving, the same for the same seed; it begins with gifts that come in."""
    acts = [*ACTS, *LIKELY]
    chosen = [*BEGINNING, *chance.choices(acts, k=chance.randrange(6, 18))]
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
        world.take(step, partial(ACTS[step.act], world, step))
    world.heal()
    return world
