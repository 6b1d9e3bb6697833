"""What happens to signatures because of their owners, and what they are told about them."""

import pytest
from django.utils import translation

from petitions.models import Addressee, Petition, Signature, Tally
from petitions.queries.records import signature_records
from petitions.services import confirm_signature, count_signatures
from petitions.services.first_words import install_petition
from petitions.services.owners import forget_person, hold_bounced, show_name, withdraw_refused
from tests import make


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition()


def confirmed(petition: Petition, email: str) -> Signature:
    signature = make.signed(petition, email, riding_number=35001, postal_code="K1A0B1", is_public=True)
    confirm_signature(
        signature_id=signature.pk, riding_number=None, circumstances=make.circumstances(), now=make.NOON
    )
    return signature


def test_an_erased_person_leaves_riding_dates_and_counts(petition: Petition) -> None:
    signature, other = confirmed(petition, "amara@example.org"), confirmed(petition, "bruno@example.org")
    count_signatures(now=make.NOON)
    assert signature.supporter

    forget_person(supporter=signature.supporter)
    signature.supporter.delete()
    count_signatures(now=make.NOON)

    row = Signature.objects.get(pk=signature.pk)
    left = (row.supporter, row.name, row.postal_code, row.origin, row.email_domain, row.is_public)
    assert left == (None, "", "", "", "", False)
    assert (row.riding_number, row.state, row.created_at, row.confirmed_at) == (
        35001,
        "confirmed",
        make.NOON,
        make.NOON,
    )
    assert Tally.objects.get().confirmed == 2
    assert Signature.objects.get(pk=other.pk).name == "Amara Diallo"


def test_a_bounce_holds_what_waits_and_leaves_what_counts(petition: Petition) -> None:
    second = make.petition("second")
    waiting = make.signed(petition, suspicion=frozenset({"no_proof"}))
    make.signed(second)
    Signature.objects.filter(petition=second).update(state="confirmed", confirmed_at=make.NOON)
    make.signed(petition, "other@example.org")

    hold_bounced(address_key="amara@example.org", now=make.NOON)

    states = Signature.objects.order_by("pk").values_list("state", "suspicion")
    assert list(states) == [("held", "no_proof bounced"), ("confirmed", ""), ("pending", "")]
    assert waiting.pk


def test_not_me_takes_back_what_waits(petition: Petition) -> None:
    make.signed(petition)
    make.signed(petition, "other@example.org")

    for _again in range(2):
        withdraw_refused(address_key="amara@example.org", now=make.NOON)

    states = Signature.objects.order_by("pk").values_list("state", "withdrawn_at")
    assert list(states) == [("withdrawn", make.NOON), ("pending", None)]


def test_nobody_shows_the_name_of_an_erased_person(petition: Petition) -> None:
    signature = make.signed(petition)
    Signature.objects.update(supporter=None)

    show_name(signature_id=signature.pk, is_public=True)

    assert not Signature.objects.get().is_public


@pytest.mark.parametrize(("language", "state"), [("en", "confirmed"), ("fr", None)])
def test_records_tell_everything_but_what_is_looked_at(
    petition: Petition, language: str, state: str | None
) -> None:
    signature = make.signed(petition, suspicion=frozenset({"honeypot"}), postal_code="K1A0B1")
    confirm_signature(
        signature_id=signature.pk, riding_number=None, circumstances=make.circumstances(), now=make.NOON
    )
    assert signature.supporter

    with translation.override(language):
        records = signature_records(supporter=signature.supporter)

    row = dict(zip(records.columns, records.rows[0], strict=True))
    assert (len(records.rows), next(iter(row.values()))) == (1, f"title {language}")
    assert ("K1A0B1" in row.values(), "Amara Diallo" in row.values()) == (True, True)
    if state:
        assert row["State"] == state


def test_the_first_petition_is_installed_once(no_country: None) -> None:
    parties = make.parties()
    texts = {
        f"{field}_{tongue}": "x"
        for field in ("title", "summary", "statement", "letter")
        for tongue in ("en", "fr")
    }
    office = {f"{field}_{tongue}": "x" for field in ("role", "salutation") for tongue in ("en", "fr")}
    words = {**texts, "slug_en": "one", "slug_fr": "un", "goal": 5, "is_published": True}
    addressees = [{**office, "name": "A", "party": "NDP"}, {**office, "name": "B", "party": "XXX"}]

    made = [install_petition(words=words, addressees=addressees, now=make.NOON) for _again in range(2)]

    assert made == [True, False]
    assert Petition.objects.get().opens_at == make.NOON
    rows = Addressee.objects.order_by("display_order").values_list("name", "party")
    assert list(rows) == [("A", parties["NDP"].pk), ("B", None)]


@pytest.mark.usefixtures("country")
def test_the_first_petition_goes_to_the_four_cooperating_parties() -> None:
    petition = Petition.objects.get(slug_en="to-the-leaders")

    leaders = Addressee.objects.filter(petition=petition).order_by("display_order")
    assert list(leaders.values_list("party__code", flat=True)) == ["LPC", "NDP", "GPC", "BQ"]
    assert (petition.is_featured, petition.goal, petition.slug_fr) == (True, 30_000, "aux-chefs")
