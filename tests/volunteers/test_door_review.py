"""Leaders see results, contradictions, what came late and whom one contacted after a refusal; nobody else does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests import people
from tests.volunteers.contacting import NOON, RIDING, contact, contact_list, volunteer
from tests.volunteers.walking import LATER, doors_of, visit, walk
from volunteers.enums import EndOfCheckout, Outcome
from volunteers.models import Attempt, ScriptVersion, TurfCheckout
from volunteers.queries.door_review import OfflineRefusal, Since, TurfResult, review_of
from volunteers.services.attempts import Said
from volunteers.services.settling import NothingToSettle, settle_door
from volunteers.services.visits import record_visits

pytestmark = pytest.mark.django_db


@pytest.fixture
def contradiction() -> TurfCheckout:
    """A door at which Bruno talked and Eve was refused, half an hour later."""
    checkout = walk()
    door = doors_of(checkout)[0]
    eve = volunteer("eve@example.org", of=checkout.turf.team)
    for by, outcome, minutes in ((checkout.holder, Outcome.ANSWERED, 5), (eve, Outcome.REFUSED, 35)):
        sent = [visit(door, outcome, minutes=minutes)]
        record_visits(canvasser=by, checkout=checkout, visits=sent, now=LATER)
    return checkout


def test_a_contradiction_is_shown_and_settled_once_and_keeps_both_records(
    contradiction: TurfCheckout,
) -> None:
    door, chantal = doors_of(contradiction)[0], people.chantal()
    conflict = review_of(RIDING).conflicts[0]
    assert [(one.label, one.by, one.can_win) for one in conflict.heard] == [
        ("talked", "bruno", True), ("did not want to talk", "eve", True)
    ]  # fmt: skip

    assert settle_door(door=door, outcome=Outcome.ANSWERED, by=chantal, now=LATER) == 1

    with pytest.raises(NothingToSettle):
        settle_door(door=door, outcome=Outcome.ANSWERED, by=chantal, now=LATER)
    door.refresh_from_db()
    assert (door.last_outcome, review_of(RIDING).conflicts) == (Outcome.ANSWERED, ())
    rows = Attempt.objects.order_by("pk").values_list("outcome", "by__email", "corrects__outcome")
    assert list(rows) == [
        ("answered", "bruno@example.org", None),
        ("refused", "eve@example.org", None),
        ("answered", "chantal@example.org", "refused"),
    ]


def test_a_refusal_is_never_settled_away(contradiction: TurfCheckout) -> None:
    door, chantal = doors_of(contradiction)[0], people.chantal()
    ivy = volunteer("ivy@example.org", of=contradiction.turf.team)
    record_visits(
        canvasser=ivy,
        checkout=contradiction,
        visits=[visit(door, Outcome.DO_NOT_CONTACT, minutes=40)],
        now=LATER,
    )
    assert [one.can_win for one in review_of(RIDING).conflicts[0].heard] == [False, False, True]
    for outcome in (Outcome.ANSWERED, Outcome.NOT_HOME):
        with pytest.raises(NothingToSettle):
            settle_door(door=door, outcome=outcome, by=chantal, now=LATER)
    assert settle_door(door=door, outcome=Outcome.DO_NOT_CONTACT, by=chantal, now=LATER) == 2


def test_contacts_made_between_a_refusal_and_its_arrival_are_listed() -> None:
    checkout = walk()
    door = doors_of(checkout)[0]
    eve = volunteer("eve@example.org", of=checkout.turf.team)
    called = contact(contact_list(), address_digest=door.address_digest)
    record_visits(
        canvasser=eve, checkout=checkout, visits=[visit(door, Outcome.NOT_HOME, minutes=60)], now=LATER
    )
    Attempt.objects.create(
        client_id=uuid4(), channel="phone", riding_number=RIDING, by=eve, contact=called, outcome=Outcome.NO_ANSWER,
        happened_at=NOON + timedelta(minutes=90), received_at=LATER,
    )  # fmt: skip
    record_visits(
        canvasser=checkout.holder, checkout=checkout, visits=[visit(door, Outcome.DO_NOT_CONTACT)], now=LATER
    )

    assert review_of(RIDING).refusals == (
        OfflineRefusal(
            "1 Main St", NOON + timedelta(minutes=5), LATER, "bruno",
            (
                Since("at the door", NOON + timedelta(minutes=60), "eve"),
                Since("by phone", NOON + timedelta(minutes=90), "eve"),
            ),
        ),
    )  # fmt: skip


def test_results_by_turf_and_what_came_late() -> None:
    checkout = walk()
    one, two, three = doors_of(checkout)
    version = ScriptVersion.objects.latest("pk")
    won = visit(one, answers=(Said("support", "yes"),), script_version_id=version.pk)
    record_visits(
        canvasser=checkout.holder,
        checkout=checkout,
        visits=[won, visit(two, Outcome.NOT_HOME), visit(three, Outcome.DO_NOT_CONTACT)],
        now=LATER,
    )
    checkout.ended_at, checkout.end_reason = LATER, EndOfCheckout.RETURNED
    checkout.save()
    record_visits(canvasser=checkout.holder, checkout=checkout, visits=[visit(two, Outcome.MOVED)], now=LATER)

    page = review_of(RIDING)

    turf = checkout.turf
    assert page.turfs == (TurfResult(turf.name, turf.contact_list.name, 3, 3, 2, 1, 1),)
    assert [(row.line, row.label, row.by) for row in page.late] == [("2 Main St", "moved away", "bruno")]
    assert (review_of(59003).turfs, review_of(59003).late) == ((), ())


@pytest.fixture
def door_paths(contradiction: TurfCheckout) -> dict[str, str]:
    door = doors_of(contradiction)[0]
    return {
        "review": reverse("doors:review", args=[RIDING]),
        "settle": reverse("doors:settle", args=[RIDING, door.pk]),
        "elsewhere": reverse("doors:settle", args=[59003, door.pk]),
    }


def test_a_captain_opens_the_review_and_settles(
    client: Client, door_paths: dict[str, str], ridings: Any
) -> None:
    client.force_login(people.chantal())
    assert client.get(door_paths["review"]).status_code == 200
    assert client.post(door_paths["settle"], {"outcome": "answered"}).status_code == 303
    assert client.post(door_paths["settle"], {"outcome": "answered"}).status_code == 409
    assert client.get(door_paths["settle"]).status_code == 404


@pytest.mark.parametrize("who", ["bruno", "dev", "maude"])
def test_nobody_else_opens_the_review_of_a_riding(
    client: Client, door_paths: dict[str, str], who: str, ridings: Any
) -> None:
    user = volunteer() if who == "bruno" else getattr(people, who)()
    client.force_login(user)
    answers = [client.post(path, {"outcome": "answered"}).status_code for path in door_paths.values()]
    # The captain of the other riding may settle there, yet this door is none of theirs.
    assert answers == [404, 404, 404]
    assert Attempt.objects.count() == 2
