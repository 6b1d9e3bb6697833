"""Stall mode: one person after the other on one device."""

import re

import pytest
import time_machine
from django.test import Client

from petitions.models import Petition, Signature
from supporters.models import AddressRule, ConsentEvent, OutgoingMessage, User
from tests import make

STALL = "/petitions/cooperate/stall/"
SIGN = "/petitions/cooperate/sign/"
FORM = {"name": "Amara Diallo", "email": "amara@example.org", "postal_code": "K1A 0B1"}


@pytest.fixture
def petition(no_country: None) -> Petition:
    return make.petition(opens_at=make.LONG_AGO)


@pytest.fixture
def tablet(organizer_client: Client, petition: Petition) -> Client:
    organizer_client.post(STALL)
    return organizer_client


def test_only_staff_may_start_it(client: Client, petition: Petition, organizer_client: Client) -> None:
    volunteer = Client()
    volunteer.force_login(User.objects.create_user("bruno@example.org", "a long pass phrase"))

    assert client.get(STALL)["Location"].startswith("/admin/login/")
    assert [volunteer.get(STALL).status_code, volunteer.post(STALL).status_code] == [404, 404]
    assert organizer_client.get(STALL).status_code == 200


def test_starting_logs_out_and_leads_to_the_form(organizer_client: Client, petition: Petition) -> None:
    answer = organizer_client.post(STALL)

    assert (answer.status_code, answer["Location"]) == (303, SIGN)
    assert "_auth_user_id" not in organizer_client.session
    assert organizer_client.get(STALL).status_code == 302


def test_it_cannot_be_started_by_a_form_of_another_site(organizer: User, petition: Petition) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(organizer)

    assert strict.post(STALL).status_code == 403


def test_the_form_is_blank_forgets_and_comes_back_by_itself(tablet: Client) -> None:
    form = tablet.get(SIGN).content.decode()
    assert set(re.findall(r'autocomplete="([^"]+)"', form)) == {"off"}

    answer = tablet.post(SIGN, FORM)
    thanks = tablet.get(answer["Location"])

    # Only the session of the organizer who left is taken back.
    assert (answer.status_code, set(answer.cookies)) == (303, {"sessionid"})
    assert answer.cookies["sessionid"].value == ""
    assert thanks["Refresh"] == f"5; url={SIGN}"
    assert "amara" not in thanks.content.decode()
    assert "Amara" not in tablet.get(SIGN).content.decode()


def test_the_address_of_the_tablet_stands_for_nobody(tablet: Client, organizer: User) -> None:
    AddressRule.objects.create(verdict="block", subject="network", pattern="127.0.0.0/8")
    tablet.post(SIGN, {**FORM, "consent_news": make.wording().pk})

    signature = Signature.objects.get()
    event = ConsentEvent.objects.get()
    assert (signature.method, signature.origin, signature.suspicion) == ("stall", "", "no_proof")
    assert (event.method, event.staff, event.origin) == ("stall", organizer, "")
    assert OutgoingMessage.objects.get().origin == ""


def test_whoever_holds_it_may_end_it(tablet: Client) -> None:
    assert tablet.get(f"{STALL}end/").status_code == 200

    tablet.post(f"{STALL}end/")
    tablet.post(SIGN, FORM)

    assert Signature.objects.get().method == "web"


def test_it_ends_after_twelve_hours_or_when_the_organizer_leaves(petition: Petition, organizer: User) -> None:
    tablet = Client()
    with time_machine.travel(make.NOON, tick=False) as time:
        tablet.force_login(organizer)
        tablet.post(STALL)
        assert "c-stall-bar" in tablet.get(SIGN).content.decode()
        User.objects.update(is_active=False)
        assert "c-stall-bar" not in tablet.get(SIGN).content.decode()
        User.objects.update(is_active=True)
        time.shift(12 * 3600 + 1)
        assert "c-stall-bar" not in tablet.get(SIGN).content.decode()
