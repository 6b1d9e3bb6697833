"""Pledging, confirming, changing, taking back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from pledges.enums import VoterStatus
from pledges.models import Pledge
from pledges.services import (
    PledgeAnswer,
    change_pledge,
    pledge_known,
    send_fresh_pledge_link,
    withdraw_pledge,
)
from pledges.services.pledge_owners import forget_pledger, hold_bounced_pledges, withdraw_refused_pledges
from supporters.enums import Method
from supporters.models import ConsentEvent, OutgoingMessage, Supporter
from tests import make
from tests.pledges.build_pledges import answer, confirmed, pledged

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(hours=1)


def state(pledge: Pledge) -> tuple[Any, ...]:
    pledge.refresh_from_db()
    return pledge.state, pledge.confirmed_at


def test_a_pledge_counts_once_its_owner_has_confirmed(no_country: None) -> None:
    party = make.parties()["NDP"]
    pledge = pledged(
        postal_code="K1A0B1", riding_number=35075, preference_id=party.pk, consents=(make.wording().pk,)
    )
    before = state(pledge)

    result = answer(pledge, now=LATER)

    assert (before, result, state(pledge)) == (
        ("pending", None),
        PledgeAnswer.CONFIRMED,
        ("confirmed", LATER),
    )
    assert (pledge.preference_id, pledge.voter_status) == (party.pk, "voter")
    assert make.mails() == ["pledges/pledge_confirm", "pledges/pledge_thanks"]
    person = Supporter.objects.get()
    assert (person.name, person.email_confirmed_at, person.riding_number) == ("", LATER, 35075)
    decisions = ConsentEvent.objects.order_by("pk").values_list("purpose", "decision")
    assert list(decisions) == [("news", "given"), ("news", "confirmed")]


def test_confirming_again_lands_softly() -> None:
    pledge = pledged()

    assert [answer(pledge), answer(pledge, now=LATER)] == [PledgeAnswer.CONFIRMED, PledgeAnswer.ALREADY]
    assert state(pledge) == ("confirmed", make.NOON)
    assert make.mails() == ["pledges/pledge_confirm", "pledges/pledge_thanks"]


def test_a_form_sent_twice_makes_one_pledge_with_the_newer_details() -> None:
    pledged(voter_status=VoterStatus.TOO_YOUNG)
    pledge = pledged(postal_code="K1A0B1", now=make.NOON + timedelta(minutes=1))

    assert Pledge.objects.count() == 1
    assert (pledge.postal_code, pledge.voter_status) == ("K1A0B1", "voter")
    # Within ten minutes no second mail.
    assert make.mails() == ["pledges/pledge_confirm"]


def test_a_form_for_whoever_pledged_changes_nothing_and_tells_the_owner_alone() -> None:
    pledge = confirmed(postal_code="K1A0B1", riding_number=35075)

    pledged(postal_code="V6B1A1", riding_number=59001, now=LATER)

    assert (state(pledge), pledge.postal_code) == (("confirmed", make.NOON), "K1A0B1")
    assert make.mails()[-1] == "pledges/pledge_already"


def test_a_pledge_taken_back_can_be_made_anew() -> None:
    pledge = confirmed()
    withdraw_pledge(pledge_id=pledge.pk, now=LATER)
    withdraw_pledge(pledge_id=pledge.pk, now=LATER + timedelta(hours=1))
    pledge.refresh_from_db()
    back = (pledge.state, pledge.withdrawn_at, answer(pledge))

    again = pledged(now=LATER + timedelta(hours=2))

    assert back == ("withdrawn", LATER, PledgeAnswer.WITHDRAWN)
    assert (again.pk, again.state, again.created_at, again.withdrawn_at) == (
        pledge.pk,
        "pending",
        LATER + timedelta(hours=2),
        None,
    )
    assert answer(again) == PledgeAnswer.CONFIRMED


def test_what_looks_like_a_robot_is_held_on_confirming_and_told_to_nobody() -> None:
    pledge = pledged(suspicion=frozenset({"honeypot"}))

    assert answer(pledge) == PledgeAnswer.CONFIRMED
    assert state(pledge) == ("held", make.NOON)


def test_a_proof_counts_once() -> None:
    digest = "d" * 64
    first = pledged(proof=digest)
    second = pledged("bruno@example.org", proof=digest)

    assert (first.suspicion, second.suspicion) == ("", "no_proof")


def test_somebody_who_signed_is_the_same_person_and_keeps_their_name() -> None:
    signature = make.signed(make.petition())

    pledge = pledged()

    assert pledge.supporter_id == signature.supporter_id
    assert Supporter.objects.get().name == "Amara Diallo"


def test_whoever_pledged_first_gets_the_name_they_sign_with_later() -> None:
    pledge = confirmed()

    signature = make.signed(make.petition())

    assert signature.supporter_id == pledge.supporter_id
    assert Supporter.objects.count() == 1


def test_the_owner_changes_what_they_told() -> None:
    pledge = confirmed(postal_code="K1A0B1")
    party = make.parties()["GPC"]

    change_pledge(pledge_id=pledge.pk, voter_status="newcomer", preference_id=party.pk, riding_number=35079)

    pledge.refresh_from_db()
    assert (pledge.voter_status, pledge.preference_id) == ("newcomer", party.pk)
    assert (pledge.riding_number, pledge.riding_source) == (35079, "chosen")
    assert Supporter.objects.get().riding_number == 35079


@pytest.mark.parametrize("before", ["none", "pending", "withdrawn", "confirmed"])
def test_whom_we_know_pledges_with_one_click(before: str) -> None:
    signature = make.signed(make.petition(), postal_code="K1A0B1", riding_number=35075)
    Supporter.objects.update(email_confirmed_at=make.NOON)
    if before != "none":
        earlier = pledged() if before == "pending" else confirmed()
        if before == "withdrawn":
            withdraw_pledge(pledge_id=earlier.pk, now=make.NOON)
    assert signature.supporter_id

    made = pledge_known(
        supporter_id=signature.supporter_id,
        voter_status="voter",
        preference_id=None,
        circumstances=make.circumstances(),
        now=LATER,
    )

    assert made is not None
    expected = make.NOON if before == "confirmed" else LATER
    assert (state(made), Pledge.objects.count()) == (("confirmed", expected), 1)
    assert make.mails(kind="pledges/pledge_thanks") == ["pledges/pledge_thanks"] * (
        2 if before == "withdrawn" else 1
    )


def test_nobody_pledges_for_an_address_that_never_answered_nor_past_a_review() -> None:
    pledge = pledged(suspicion=frozenset({"honeypot"}))
    values: dict[str, Any] = {"voter_status": "voter", "preference_id": None}
    known = {**values, "circumstances": make.circumstances(), "now": LATER}
    assert pledge.supporter_id
    stranger = pledge_known(supporter_id=pledge.supporter_id, **known)
    answer(pledge)

    held = pledge_known(supporter_id=pledge.supporter_id, **known)

    assert (stranger, held, state(pledge)) == (None, pledge, ("held", make.NOON))


def test_a_paper_pledge_counts_and_its_owner_can_still_confirm_the_address() -> None:
    pledge = pledged()
    Pledge.objects.update(state="confirmed", method=Method.PAPER)

    assert answer(pledge, now=LATER) == PledgeAnswer.CONFIRMED
    assert state(pledge) == ("confirmed", LATER)
    assert Supporter.objects.get().email_confirmed_at == LATER


def test_a_fresh_link_goes_to_whoever_has_not_confirmed() -> None:
    waiting, done = pledged(), confirmed("bruno@example.org")
    for pledge in (waiting, done):
        send_fresh_pledge_link(pledge_id=pledge.pk, circumstances=make.circumstances(), now=LATER)

    mails = OutgoingMessage.objects.filter(kind="pledges/pledge_confirm").order_by("pk")
    assert list(mails.values_list("to", flat=True)) == [
        "amara@example.org",
        "bruno@example.org",
        "amara@example.org",
    ]


def test_an_erased_person_leaves_a_pledge_without_a_person() -> None:
    pledge = confirmed(postal_code="K1A0B1", riding_number=35075, preference_id=make.parties()["NDP"].pk)
    assert pledge.supporter

    forget_pledger(supporter=pledge.supporter)

    row = Pledge.objects.get()
    assert (row.supporter, row.postal_code, row.origin, row.email_domain, row.preference) == (
        None,
        "",
        "",
        "",
        None,
    )
    assert (row.riding_number, row.state, row.confirmed_at) == (35075, "confirmed", make.NOON)


def test_bounces_and_refusals_touch_only_what_waits() -> None:
    pledged("bounced@example.org", suspicion=frozenset({"no_proof"}))
    pledged("refused@example.org")
    confirmed("counts@example.org")

    hold_bounced_pledges(address_key="bounced@example.org", now=LATER)
    withdraw_refused_pledges(address_key="refused@example.org", now=LATER)
    hold_bounced_pledges(address_key="counts@example.org", now=LATER)

    rows = Pledge.objects.order_by("pk").values_list("state", "suspicion")
    assert list(rows) == [("held", "no_proof bounced"), ("withdrawn", ""), ("confirmed", "")]


@pytest.mark.django_db(transaction=True)
def test_forty_forms_and_forty_confirmations_at_once_make_one_pledge() -> None:
    def send(_number: int) -> None:
        try:
            pledged()
        finally:
            connection.close()

    def press(_number: int) -> PledgeAnswer:
        try:
            return answer(Pledge.objects.get())
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(40)))
        answers = list(pool.map(press, range(40)))

    assert Pledge.objects.get().state == "confirmed"
    assert sorted(answers) == sorted([PledgeAnswer.CONFIRMED] + [PledgeAnswer.ALREADY] * 39)
    assert make.mails() == ["pledges/pledge_confirm", "pledges/pledge_thanks"]
