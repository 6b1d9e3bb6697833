"""Decisions over many signatures: previewed, bounded, in batches, undone."""

from datetime import timedelta
from typing import Any

import pytest

from petitions.enums import BulkTarget
from petitions.models import Invalidation, Petition, PetitionCount, Signature
from petitions.queries.matching import Preview, preview_of
from petitions.rules.criteria import Criteria
from petitions.services import (
    NoCriteria,
    Proposal,
    carry_on_decision,
    confirm_signature,
    count_signatures,
    decide_in_bulk,
    undo_decision,
    withdraw_signature,
)
from petitions.tasks import work_through_bulk
from supporters.models import User
from tests import make

pytestmark = pytest.mark.django_db

LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def petition() -> Petition:
    """Five signed: three from one firm, of which one is confirmed, and two others."""
    petition = make.petition()
    for index in range(5):
        domain = "firm.example" if index < 3 else "example.org"
        make.signed(
            petition, f"p{index}@{domain}", f"Person N{index}", riding_number=35075, postal_code="K1A0B1"
        )
    Signature.objects.filter(name="Person N0").update(state="confirmed", confirmed_at=make.NOON)
    return petition


def proposal(
    petition: Petition, target: str = BulkTarget.INVALID, key: str = "k", **criteria: Any
) -> Proposal:
    chosen = Criteria(**criteria)
    preview = preview_of(petition_id=petition.pk, criteria=chosen, target=target)
    return Proposal(petition.pk, chosen, target, "a robot", preview.last_signature_id, preview.count, key)


def states() -> list[str]:
    return list(Signature.objects.order_by("pk").values_list("state", flat=True))


def work(batch: int = 5000) -> int:
    batches = 0
    while carry_on_decision(now=LATER, batch=batch):
        batches += 1
    return batches


def counts(petition: Petition) -> tuple[int, int]:
    count_signatures(now=LATER)
    row = PetitionCount.objects.get(petition=petition)
    return row.confirmed, row.pending


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        ({"domain": "firm.example"}, ["N0", "N1", "N2"]),
        ({"name": "n4"}, ["N4"]),
        ({"email": "p3@example.org"}, ["N3"]),
        ({"network": "192.0.2.0/24"}, ["N0", "N1", "N2", "N3", "N4"]),
        ({"network": "198.51.100.0/24"}, []),
        ({"network": "2001:db8::/32"}, []),
        ({"postal_prefix": "K1A", "state": "confirmed"}, ["N0"]),
        ({"postal_prefix": "K1B"}, []),
        ({"riding": 35075, "domain": "example.org"}, ["N3", "N4"]),
        ({"riding": 35076}, []),
        ({"suspicion": "honeypot"}, []),
        ({"created_from": make.NOON.isoformat()}, ["N0", "N1", "N2", "N3", "N4"]),
        ({"created_to": make.NOON.isoformat()}, []),
    ],
)
def test_criteria_choose(petition: Petition, criteria: dict[str, Any], names: list[str]) -> None:
    preview = preview_of(petition_id=petition.pk, criteria=Criteria(**criteria), target=BulkTarget.INVALID)

    assert (preview.count, [row.name[-2:] for row in reversed(preview.samples)]) == (len(names), names)


def test_criteria_choose_under_one_petition_only(petition: Petition) -> None:
    other = make.petition("other")
    make.signed(other, "p0@firm.example", "Person N0")

    preview = preview_of(
        petition_id=other.pk, criteria=Criteria(domain="firm.example"), target=BulkTarget.INVALID
    )

    assert preview.count == 1


def test_a_preview_says_what_it_is_made_of(petition: Petition) -> None:
    preview = preview_of(petition_id=petition.pk, criteria=Criteria(riding=35075), target=BulkTarget.INVALID)

    last = Signature.objects.latest("pk").pk
    rows = tuple(Signature.objects.order_by("-pk"))
    assert preview == Preview(
        count=5,
        last_signature_id=last,
        first_at=make.NOON,
        last_at=make.NOON,
        samples=rows,
        by_state=(("pending", 4), ("confirmed", 1)),
        by_domain=(("firm.example", 3), ("example.org", 2)),
        by_network=(("192.0.2.1/32", 5),),
        by_riding=((35075, 5),),
    )


@pytest.mark.parametrize("criteria", [Criteria(), Criteria(state="confirmed")])
def test_a_decision_without_criteria_is_refused(
    petition: Petition, organizer: User, criteria: Criteria
) -> None:
    everybody = Proposal(petition.pk, criteria, BulkTarget.INVALID, "", 10**9, 5, "k")

    with pytest.raises(NoCriteria):
        decide_in_bulk(proposal=everybody, user=organizer, now=make.NOON)

    assert not Invalidation.objects.exists()


def test_a_decision_is_carried_out_in_batches_and_counts_follow(petition: Petition, organizer: User) -> None:
    before = counts(petition)
    decision = decide_in_bulk(
        proposal=proposal(petition, domain="firm.example"), user=organizer, now=make.NOON
    )

    batches = work(batch=2)

    decision.refresh_from_db()
    assert (before, batches, counts(petition)) == ((1, 4), 2, (0, 2))
    assert states() == ["invalid"] * 3 + ["pending"] * 2
    assert (decision.changed_count, decision.expected_count, decision.done_at, decision.percent) == (
        3,
        3,
        LATER,
        100,
    )


def test_confirming_the_preview_twice_decides_once(petition: Petition, organizer: User) -> None:
    previewed = proposal(petition, domain="firm.example")
    decisions = [decide_in_bulk(proposal=previewed, user=organizer, now=make.NOON) for _click in range(2)]

    assert decisions[0] == decisions[1]
    assert Invalidation.objects.count() == 1


def test_what_was_signed_after_the_preview_is_left_alone(petition: Petition, organizer: User) -> None:
    previewed = proposal(petition, domain="firm.example")
    make.signed(petition, "p9@firm.example", "Late Comer")

    decide_in_bulk(proposal=previewed, user=organizer, now=make.NOON)
    work()

    assert states() == ["invalid"] * 3 + ["pending"] * 3


@pytest.mark.parametrize("batch", [1, 2, 5000])
def test_a_decision_is_undone(petition: Petition, organizer: User, batch: int) -> None:
    before = states()
    decision = decide_in_bulk(
        proposal=proposal(petition, domain="firm.example"), user=organizer, now=make.NOON
    )
    work(batch)
    undo_decision(decision_id=decision.pk, user=organizer, now=LATER)
    work(batch)

    decision.refresh_from_db()
    assert (states(), decision.undone_at, counts(petition)) == (before, LATER, (1, 4))
    assert not Signature.objects.exclude(invalidation=None, state_before="").exists()


def test_undoing_stops_what_is_being_carried_out(petition: Petition, organizer: User) -> None:
    before = states()
    decision = decide_in_bulk(
        proposal=proposal(petition, domain="firm.example"), user=organizer, now=make.NOON
    )
    carry_on_decision(now=LATER, batch=1)
    undo_decision(decision_id=decision.pk, user=organizer, now=LATER)
    work()

    assert states() == before


def test_undoing_leaves_alone_what_its_owner_took_back(petition: Petition, organizer: User) -> None:
    held = proposal(petition, BulkTarget.HELD, domain="firm.example")
    decision = decide_in_bulk(proposal=held, user=organizer, now=make.NOON)
    work()
    withdraw_signature(signature_id=Signature.objects.earliest("pk").pk, now=LATER)
    undo_decision(decision_id=decision.pk, user=organizer, now=LATER)
    work()

    assert states() == ["withdrawn"] + ["pending"] * 4


@pytest.mark.parametrize("target", [BulkTarget.INVALID, BulkTarget.HELD])
def test_who_confirms_meanwhile_sees_no_difference_and_counts_when_it_is_undone(
    petition: Petition, organizer: User, target: str
) -> None:
    decision = decide_in_bulk(proposal=proposal(petition, target, name="N1"), user=organizer, now=make.NOON)
    work()
    kinds = [
        confirm_signature(
            signature_id=Signature.objects.get(name="Person N1").pk,
            riding_number=None,
            circumstances=make.circumstances(),
            now=LATER,
        ).kind
        for _click in range(2)
    ]
    meanwhile = Signature.objects.get(name="Person N1").state
    undo_decision(decision_id=decision.pk, user=organizer, now=LATER)
    work()

    assert (kinds, meanwhile) == (["confirmed", "already"], target)
    assert states() == ["confirmed", "confirmed", "pending", "pending", "pending"]


def test_who_signed_anew_after_taking_it_back_confirms_anew(petition: Petition, organizer: User) -> None:
    row = Signature.objects.get(name="Person N0")
    withdraw_signature(signature_id=row.pk, now=LATER)
    make.signed(petition, "p0@firm.example", "Person N0", now=LATER)
    decision = decide_in_bulk(proposal=proposal(petition, name="N0"), user=organizer, now=LATER)
    work()
    undo_decision(decision_id=decision.pk, user=organizer, now=LATER)
    work()

    row.refresh_from_db()
    assert (row.state, row.confirmed_at) == ("pending", None)


def test_many_held_ones_are_accepted_where_their_owners_confirmed(
    petition: Petition, organizer: User
) -> None:
    Signature.objects.filter(email_domain="firm.example").update(state="held", suspicion="no_proof")
    accepted = proposal(petition, BulkTarget.CONFIRMED, suspicion="no_proof")

    decide_in_bulk(proposal=accepted, user=organizer, now=make.NOON)
    work()

    assert (accepted.expected_count, states()) == (1, ["confirmed", "held", "held", "pending", "pending"])


def test_the_job_carries_on_until_nothing_is_left(petition: Petition, organizer: User) -> None:
    for key in ("one", "two"):
        decide_in_bulk(
            proposal=proposal(petition, key=key, name={"one": "N1", "two": "N2"}[key]),
            user=organizer,
            now=make.NOON,
        )

    work_through_bulk()

    assert not Invalidation.objects.filter(done_at=None).exists()
    assert states() == ["confirmed", "invalid", "invalid", "pending", "pending"]
