"""Signing: one row a person, whatever is typed, however often, from however many places at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions.models import Petition, Signature
from petitions.rules.signing import Opening
from petitions.services import (
    PetitionClosed,
    Signer,
    confirm_signature,
    sign_petition,
    withdraw_signature,
)
from supporters.enums import EntryState, Method
from supporters.models import ConsentEvent, OutgoingMessage, Supporter
from tests import make

LATER = make.NOON + timedelta(minutes=11)
HOUSEHOLD: dict[str, Any] = {"postal_code": "K1A0B1", "riding_number": 35075}


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition()


def confirm(signature: Signature) -> None:
    confirm_signature(
        signature_id=signature.pk, riding_number=None, circumstances=make.circumstances(), now=make.NOON
    )


def people() -> list[tuple[str, str, str]]:
    rows = Signature.objects.order_by("pk").values_list("name", "supporter__email", "state")
    return [(name, email or "", state) for name, email, state in rows]


def test_a_signature_is_one_commit_with_person_consent_and_mail(petition: Petition) -> None:
    news, calls = make.wording("news"), make.wording("calls")

    signature = make.signed(petition, consents=(news.pk, 987_654), is_public=True, **HOUSEHOLD)

    assert (signature.state, signature.riding_number, signature.is_public) == ("pending", 35075, True)
    assert signature.method == Method.WEB
    events = ConsentEvent.objects.values_list("supporter", "purpose", "decision", "wording", "origin")
    assert list(events) == [(signature.supporter_id, "news", "given", news.pk, "192.0.2.1/32")]
    assert calls.pk != news.pk
    mail = OutgoingMessage.objects.get()
    assert (mail.kind, mail.to, mail.origin, mail.state) == (
        "petitions/confirm",
        "amara@example.org",
        "192.0.2.1/32",
        "queued",
    )


def test_the_cost_of_signing_is_nine_statements(petition: Petition) -> None:
    news = make.wording()
    signer = Signer(make.details(), consents=(news.pk,))

    with CaptureQueriesContext(connection) as queries:
        sign_petition(petition=petition, signer=signer, circumstances=make.circumstances(), now=make.NOON)

    # A savepoint and its release, which stand for BEGIN and COMMIT; the lock, who it is, the person, the signature, the
    # words, the consent, the mail.
    assert len(queries) == 9


def test_signing_twice_is_signing_once(petition: Petition) -> None:
    first = make.signed(petition)
    again = make.signed(petition, now=make.NOON + timedelta(minutes=1))

    assert (first.pk, Supporter.objects.count()) == (again.pk, 1)
    assert make.mails() == ["petitions/confirm"]


def test_an_unconfirmed_signature_takes_the_corrected_name_and_a_new_mail_later(petition: Petition) -> None:
    make.signed(petition, name="Jon Smth")
    make.signed(petition, name="John Smith", now=LATER)

    assert people() == [("John Smith", "amara@example.org", "pending")]
    assert Supporter.objects.get().name == "John Smith"
    assert make.mails() == ["petitions/confirm", "petitions/confirm"]


@pytest.mark.parametrize(
    "email", ["Amara@Example.org", "amara+list@example.org", " amara@example.org ", "AMARA@EXAMPLE.ORG"]
)
def test_one_address_in_many_spellings_signs_once(petition: Petition, email: str) -> None:
    make.signed(petition)
    make.signed(petition, email=email, now=LATER)

    assert len(people()) == 1


def test_who_has_signed_is_told_by_mail_and_nothing_changes(petition: Petition) -> None:
    confirm(make.signed(petition, **HOUSEHOLD))
    make.signed(petition, name="Amara Diallo", postal_code="V5K0A1", riding_number=59001, now=LATER)

    signature = Signature.objects.get()
    assert (signature.state, signature.riding_number, signature.postal_code) == ("confirmed", 35075, "K1A0B1")
    assert Supporter.objects.get().postal_code == "K1A0B1"
    assert make.mails() == ["petitions/confirm", "petitions/thanks", "petitions/already"]


def test_the_owner_gets_five_mails_at_most(petition: Petition) -> None:
    for number in range(12):
        make.signed(petition, now=make.NOON + timedelta(minutes=11 * number))

    assert make.mails() == ["petitions/confirm"] * 5


def test_a_couple_shares_an_address_and_a_third_is_refused_by_mail(petition: Petition) -> None:
    for name in ("Marie Tremblay", "Jean Tremblay"):
        confirm(make.signed(petition, "famille@example.org", name, **HOUSEHOLD))
    make.signed(petition, "famille@example.org", "Luc Gagnon", **HOUSEHOLD)

    assert [name for name, _email, state in people() if state == "confirmed"] == [
        "Marie Tremblay",
        "Jean Tremblay",
    ]
    assert make.mails()[-1:] == ["petitions/household"]
    assert len(people()) == 2


def test_junk_under_a_strangers_address_never_keeps_the_owner_out(petition: Petition) -> None:
    for name in ("Junk One", "Other Rubbish"):
        make.signed(petition, name=name)

    mine = make.signed(petition, name="Amara Diallo", now=LATER)
    confirm(Signature.objects.get(name="Amara Diallo"))

    assert ("Amara Diallo", "amara@example.org", "confirmed") in people()
    assert len(people()) == 2
    assert mine.petition_id == petition.pk


def test_a_withdrawn_signature_can_be_given_again(petition: Petition) -> None:
    signature = make.signed(petition)
    confirm(signature)
    withdraw_signature(signature_id=signature.pk, now=make.NOON)
    make.signed(petition, now=LATER)

    assert people() == [("Amara Diallo", "amara@example.org", "pending")]


def test_an_invalid_signature_stays_so_in_silence(petition: Petition) -> None:
    make.signed(petition)
    Signature.objects.update(state=EntryState.INVALID)
    make.signed(petition, now=LATER)

    assert [state for _name, _email, state in people()] == ["invalid"]
    assert make.mails() == ["petitions/confirm"]


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"is_published": False}, Opening.DRAFT),
        ({"opens_at": make.NOON + timedelta(hours=1)}, Opening.UPCOMING),
        ({"closes_at": make.NOON}, Opening.CLOSED),
        ({"withdrawn_at": make.NOON}, Opening.WITHDRAWN),
    ],
)
def test_what_is_not_open_takes_no_signature(
    no_country: None, fields: dict[str, Any], state: Opening
) -> None:
    petition = make.petition(**fields)

    with pytest.raises(PetitionClosed) as refused:
        make.signed(petition)

    assert refused.value.state == state
    assert (Signature.objects.count(), Supporter.objects.count(), make.mails()) == (0, 0, [])


def test_a_referral_counts_only_for_a_signature_that_exists(petition: Petition) -> None:
    friend = make.signed(petition, "friend@example.org", "Zoë O’Brien")

    brought = make.signed(petition, referred_by=friend.pk)
    lost = make.signed(petition, "third@example.org", "李小龍", referred_by=987_654)

    assert (brought.referred_by_id, lost.referred_by_id) == (friend.pk, None)


def at_once(number: int, act: Callable[[int], object]) -> None:
    """Do something from many threads, each with its own connection to the database."""

    def one(index: int) -> None:
        try:
            act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        list(pool.map(one, range(number)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [4, 40])
def test_simultaneous_forms_leave_one_row_and_one_mail(no_country: None, number: int) -> None:
    petition = make.petition()

    at_once(number, lambda _index: make.signed(petition))

    assert (Signature.objects.count(), Supporter.objects.count()) == (1, 1)
    assert make.mails() == ["petitions/confirm"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [4, 40])
def test_simultaneous_confirmations_leave_one_row_counted_once(no_country: None, number: int) -> None:
    petition = make.petition()
    signature = make.signed(petition)

    at_once(number, lambda _index: confirm(signature))

    assert people() == [("Amara Diallo", "amara@example.org", "confirmed")]
    assert make.mails() == ["petitions/confirm", "petitions/thanks"]


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_while_its_owner_confirms_undoes_nothing(no_country: None) -> None:
    petition = make.petition()
    signature = make.signed(petition)

    def act(index: int) -> None:
        if index == 20:
            confirm(signature)
        else:
            make.signed(petition, name="Amara Dialo", now=LATER)

    at_once(40, act)

    assert [state for _name, _email, state in people()] == ["confirmed"]
    assert Supporter.objects.get().email_confirmed_at == make.NOON


@pytest.mark.django_db(transaction=True)
def test_a_failure_leaves_nothing_behind(no_country: None, monkeypatch: pytest.MonkeyPatch) -> None:
    petition = make.petition()

    def fail(**_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("petitions.services.mails.queue_message", fail)
    with pytest.raises(RuntimeError):
        make.signed(petition)

    assert (Signature.objects.count(), Supporter.objects.count(), make.mails()) == (0, 0, [])
