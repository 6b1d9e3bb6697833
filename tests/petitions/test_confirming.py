"""Confirming and withdrawing by the links in our mails."""

from datetime import timedelta

import pytest

from petitions.models import Petition, Signature
from petitions.rules.signing import GRACE
from petitions.services import choose_riding, confirm_signature, send_fresh_link, withdraw_signature
from petitions.services.confirming import Confirmation, ConfirmationKind
from supporters.models import ConsentEvent, Supporter
from tests import make


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition()


def confirm(
    signature: Signature, *, riding: int | None = None, after: timedelta = timedelta(0)
) -> Confirmation:
    return confirm_signature(
        signature_id=signature.pk,
        riding_number=riding,
        circumstances=make.circumstances(page="/petitions/confirm/"),
        now=make.NOON + after,
    )


def test_confirming_makes_the_signature_count_and_the_consents_stand(petition: Petition) -> None:
    signature = make.signed(
        petition, consents=(make.wording().pk,), postal_code="K1A0B1", riding_number=35075
    )

    result = confirm(signature, after=timedelta(hours=1))

    signature.refresh_from_db()
    assert (result.kind, signature.state, signature.confirmed_at) == (
        ConfirmationKind.CONFIRMED,
        "confirmed",
        make.NOON + timedelta(hours=1),
    )
    assert list(ConsentEvent.objects.order_by("pk").values_list("purpose", "decision")) == [
        ("news", "given"),
        ("news", "confirmed"),
    ]
    person = Supporter.objects.get()
    assert (person.email_confirmed_at, person.riding_number) == (signature.confirmed_at, 35075)


def test_confirming_again_lands_softly(petition: Petition) -> None:
    signature = make.signed(petition)

    kinds = [confirm(signature).kind, confirm(signature).kind]

    assert kinds == [ConfirmationKind.CONFIRMED, ConfirmationKind.ALREADY]
    assert make.mails() == ["petitions/confirm", "petitions/thanks"]


def test_the_riding_chosen_at_confirming_is_noted_as_chosen(petition: Petition) -> None:
    signature = make.signed(petition, postal_code="K1A")
    confirm(signature, riding=35079)

    signature.refresh_from_db()
    assert (signature.riding_number, signature.riding_source) == (35079, "chosen")
    assert Supporter.objects.values_list("riding_number", "riding_source").get() == (35079, "chosen")


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (GRACE - timedelta(minutes=1), ConfirmationKind.CONFIRMED),
        (GRACE, ConfirmationKind.CLOSED),
    ],
)
def test_a_closed_petition_honours_confirmations_for_a_day(
    no_country: None, after: timedelta, kind: ConfirmationKind
) -> None:
    closes = make.NOON + timedelta(minutes=1)
    signature = make.signed(make.petition(closes_at=closes))

    result = confirm(signature, after=timedelta(minutes=1) + after)

    assert result.kind == kind


def test_a_suspect_signature_is_held_and_its_owner_sees_no_difference(petition: Petition) -> None:
    signature = make.signed(petition, suspicion=frozenset({"honeypot"}))

    result = confirm(signature)

    signature.refresh_from_db()
    assert (result.kind, signature.state) == (ConfirmationKind.CONFIRMED, "held")


def test_withdrawing_ends_it_and_the_old_link_says_so(petition: Petition) -> None:
    signature = make.signed(petition)
    for _twice in range(2):
        withdraw_signature(signature_id=signature.pk, now=make.NOON)

    signature.refresh_from_db()
    assert (signature.state, signature.withdrawn_at) == ("withdrawn", make.NOON)
    assert confirm(signature).kind == ConfirmationKind.WITHDRAWN


def test_what_is_not_there_is_gone(petition: Petition) -> None:
    nobody = Signature(pk=987_654)

    assert confirm(nobody) == Confirmation(ConfirmationKind.GONE)
    assert withdraw_signature(signature_id=987_654, now=make.NOON) is None
    choose_riding(signature_id=987_654, riding_number=35075)
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(("minutes", "mails"), [(1, 1), (11, 2)])
def test_a_fresh_link_comes_as_often_as_mails_may(petition: Petition, minutes: int, mails: int) -> None:
    signature = make.signed(petition)

    send_fresh_link(
        signature_id=signature.pk,
        circumstances=make.circumstances(),
        now=make.NOON + timedelta(minutes=minutes),
    )

    assert make.mails() == ["petitions/confirm"] * mails


def test_a_riding_can_be_chosen_later(petition: Petition) -> None:
    signature = make.signed(petition, postal_code="K1A")

    choose_riding(signature_id=signature.pk, riding_number=35079)

    assert Signature.objects.values_list("riding_number", "riding_source").get() == (35079, "chosen")
    assert Supporter.objects.values_list("riding_number", "riding_source").get() == (35079, "chosen")
