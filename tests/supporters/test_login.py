"""Logging in by a mailed code: who gets in, who does not, and what the pages give away."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from coop4canada.kit import clock
from supporters.models import OutgoingMessage, User
from supporters.services import forget_sessions, write_mail
from tests import people

pytestmark = pytest.mark.django_db

LOGIN, CODE, HOME, LOGOUT = "/account/login/", "/account/code/", "/account/", "/account/logout/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def ask(client: Client, email: str, **fields: str) -> HttpResponse:
    return client.post(LOGIN, {"email": email, **fields})  # type: ignore[return-value]


def mailed_code(email: str = "chantal@example.org") -> str:
    """Return the code of the newest mail, as its text has it."""
    mail = OutgoingMessage.objects.filter(to=email, kind="supporters/login_code").order_by("-pk")[0]
    found = re.search(r"^[A-Z]{4}-[A-Z]{4}$", str(write_mail(mail).body), re.MULTILINE)
    assert found
    return found[0]


def user_of(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_mailed_code_lets_in_and_leads_on(client: Client) -> None:
    chantal = people.chantal()

    asked = ask(client, "Chantal@Example.org", next="/account/?x=1")
    answer = client.post(asked["Location"], {"code": mailed_code().lower(), "next": "/account/?x=1"})

    assert (asked.status_code, asked["Location"]) == (303, "/account/code/?next=%2Faccount%2F%3Fx%3D1")
    assert (answer.status_code, answer["Location"]) == (303, "/account/?x=1")
    assert user_of(client) == str(chantal.pk)


def test_no_page_is_kept_by_a_cache_and_every_form_has_a_token(client: Client) -> None:
    people.chantal()
    pages = [client.get(LOGIN)]
    ask(client, "chantal@example.org")
    pages.append(client.get(CODE))
    client.post(CODE, {"code": mailed_code()})
    pages += [client.get(HOME), client.get(LOGOUT)]

    assert [page.status_code for page in pages] == [200] * 4
    assert {page["Cache-Control"] for page in pages} <= {
        "private, no-store",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    }
    assert ["csrfmiddlewaretoken" in page.content.decode() for page in pages] == [True, True, False, True]


def test_a_form_without_its_token_is_refused() -> None:
    people.chantal()
    strict = Client(enforce_csrf_checks=True)

    assert [strict.post(path, {"email": "chantal@example.org"}).status_code for path in (LOGIN, LOGOUT)] == [
        403,
        403,
    ]
    assert OutgoingMessage.objects.count() == 0


def test_unknown_and_barred_addresses_are_answered_as_known_ones() -> None:
    people.chantal()
    people.edith()
    User.objects.create_user("gone@example.org", is_active=False)
    answers = []
    for email in ("chantal@example.org", "nobody@example.org", "edith@example.org", "gone@example.org"):
        visitor = Client()
        asked, page = ask(visitor, email), visitor.get(CODE)
        wrong = visitor.post(CODE, {"code": "AAAA-AAAA"})
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
        answers.append(
            (asked.status_code, asked["Location"], body, wrong.status_code, visitor.cookies.keys())
        )

    assert all(answer == answers[0] for answer in answers)
    assert list(OutgoingMessage.objects.values_list("to", flat=True)) == ["chantal@example.org"]


def test_an_empty_code_opens_nothing_where_no_code_was_made(client: Client) -> None:
    ask(client, "nobody@example.org")

    assert [client.post(CODE, {"code": code}).status_code for code in ("", "-", " ")] == [422, 422, 303]
    assert user_of(client) is None


def test_a_wrong_code_is_told_and_the_third_ends_it(client: Client) -> None:
    people.chantal()
    ask(client, "chantal@example.org", next="/account/")
    right = mailed_code()

    answers = [client.post(CODE, {"code": "BBBB-BBBB", "next": "/account/"}) for _ in range(3)]
    late = client.post(CODE, {"code": right})

    assert [answer.status_code for answer in answers] == [422, 422, 303]
    assert "This is not the code" in answers[0].content.decode()
    assert answers[2]["Location"] == "/account/login/?ended=1&next=%2Faccount%2F"
    assert "This code is over" in client.get(answers[2]["Location"]).content.decode()
    assert (late.status_code, late["Location"], user_of(client)) == (303, "/account/login/?ended=1", None)


def test_a_code_is_over_after_ten_minutes(client: Client) -> None:
    people.chantal()
    ask(client, "chantal@example.org")

    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        answer = client.post(CODE, {"code": mailed_code()})

    assert (answer["Location"], user_of(client)) == ("/account/login/?ended=1", None)


def test_a_code_is_good_once_and_in_its_browser_only(client: Client) -> None:
    people.chantal()
    ask(client, "chantal@example.org")
    code, thief = mailed_code(), Client()
    ask(thief, "chantal@example.org")

    assert thief.post(CODE, {"code": code}).status_code == 422
    assert client.post(CODE, {"code": code})["Location"] == "/account/"
    client.post(LOGOUT)
    assert client.post(CODE, {"code": code})["Location"] == "/account/login/?ended=1"
    assert (user_of(client), user_of(thief)) == (None, None)


def test_two_tabs_share_one_code(client: Client) -> None:
    people.chantal()
    ask(client, "chantal@example.org")

    second_tab = client.get(LOGIN)

    assert second_tab["Location"].startswith(CODE)
    assert client.post(CODE, {"code": mailed_code()})["Location"] == "/account/"
    assert OutgoingMessage.objects.count() == 1
    assert client.post(CODE, {"code": mailed_code()})["Location"] == "/account/"


def test_a_mistyped_address_can_be_changed(client: Client) -> None:
    people.chantal()
    ask(client, "chantall@example.org")

    back = client.post(LOGOUT, {"next": LOGIN})
    ask(client, "chantal@example.org")

    assert (back.status_code, back["Location"]) == (303, LOGIN)
    assert client.post(CODE, {"code": mailed_code()})["Location"] == "/account/"


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_nobody_is_led_to_another_site(client: Client, onward: str) -> None:
    people.chantal()
    asked = ask(client, "chantal@example.org", next=onward)

    answer = client.post(CODE, {"code": mailed_code(), "next": onward})

    assert (asked["Location"], answer["Location"]) == (CODE, "/account/")
    assert client.post(LOGOUT, {"next": onward})["Location"] == "/"


@pytest.mark.parametrize(
    "typed", ["", "chantal", "a\x00b@example.org", "x" * 400, "\N{REPLACEMENT CHARACTER}@b.ca"]
)
def test_what_is_no_address_is_told_and_kept(client: Client, typed: str) -> None:
    answer = ask(client, typed)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


def test_codes_are_not_mailed_without_end(client: Client) -> None:
    people.chantal()

    statuses = [ask(Client(), "chantal@example.org").status_code for _ in range(5)]

    assert statuses == [303, 303, 303, 422, 422]
    assert OutgoingMessage.objects.count() == 3


def test_whoever_becomes_staff_meanwhile_is_turned_back(client: Client) -> None:
    chantal = people.chantal()
    ask(client, "chantal@example.org")
    User.objects.filter(pk=chantal.pk).update(is_staff=True)

    answer = client.post(CODE, {"code": mailed_code()})

    assert user_of(client) is None
    assert answer["Location"].startswith(LOGIN)


def test_whoever_becomes_staff_later_needs_the_password_for_admin(client: Client) -> None:
    chantal = people.chantal()
    ask(client, "chantal@example.org")
    client.post(CODE, {"code": mailed_code()})
    chantal.is_staff = chantal.is_superuser = True
    chantal.save(update_fields=["is_staff", "is_superuser"])

    refused = client.get("/admin/")
    form = client.get(refused["Location"])

    assert (refused.status_code, refused["Location"], form.status_code) == (
        302,
        "/admin/login/?next=/admin/",
        200,
    )
    assert user_of(client) is None
    chantal.set_password("a long pass phrase")
    chantal.save(update_fields=["password"])
    client.post("/admin/login/", {"username": "chantal@example.org", "password": "a long pass phrase"})
    assert client.get("/admin/").status_code == 200


def test_french_visitors_get_french_pages_and_mail(client: Client) -> None:
    people.chantal()

    answer = client.post("/fr/account/login/", {"email": "chantal@example.org"})
    mail = OutgoingMessage.objects.get()

    assert (answer["Location"], mail.language) == ("/fr/account/code/", "fr")
    assert "valable 10 minutes" in str(write_mail(mail).body)


def test_pages_of_accounts_and_of_organizers_each_lead_to_their_own_log_in(client: Client) -> None:
    assert client.get(HOME)["Location"] == "/account/login/?next=/account/"
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"


@pytest.mark.parametrize(
    "path",
    [
        "email/",
        "password/change/",
        "password/reset/",
        "password/set/",
        "inactive/",
        "reauthenticate/",
    ],
)
def test_no_other_page_of_the_library_is_reachable(client: Client, path: str) -> None:
    client.force_login(people.chantal())

    assert client.get(f"/account/{path}").status_code == 404


def test_logging_out_needs_the_button(client: Client) -> None:
    client.force_login(people.chantal())

    assert client.get(LOGOUT).status_code == 200
    assert user_of(client) is not None
    assert client.post(LOGOUT)["Location"] == "/"
    assert user_of(client) is None


def test_sessions_that_ran_out_are_forgotten(client: Client) -> None:
    ask(client, "nobody@example.org")

    assert forget_sessions(now=clock.now()) == 0
    assert forget_sessions(now=clock.now() + timedelta(days=15)) == 1
    assert Session.objects.count() == 0
