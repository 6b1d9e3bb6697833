"""Opening an account: who gets one, what the pages give away, and where they lead."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from supporters.models import OutgoingMessage, RidingRole, Supporter, User
from supporters.queries.accounts import supporter_of
from tests import people
from tests.supporters.logins import CODE, HOME, PLACE, by_code, mailed_code, user_of

pytestmark = pytest.mark.django_db
SIGN_UP = "/account/signup/"
KIND = "supporters/sign_up_code"
NADIA = {"name": "Nadia Roy", "email": "nadia@example.org", "postal_code": "M5V 2T6", "phone": "416 555 0199"}


def send(client: Client, **fields: str) -> Any:
    return client.post(SIGN_UP, NADIA | fields)


def open_one(client: Client, **fields: str) -> Any:
    asked = send(client, **fields)
    return client.post(asked["Location"], {"code": mailed_code(fields.get("email", NADIA["email"]), KIND)})


def test_the_code_opens_account_and_person_and_leads_on(client: Client, homes: None) -> None:
    asked = send(client, next="/account/details/")
    before = (User.objects.count(), Supporter.objects.count())

    answer = client.post(
        asked["Location"], {"code": mailed_code(NADIA["email"], KIND), "next": "/account/details/"}
    )

    user, person = User.objects.get(), Supporter.objects.get()
    assert (asked.status_code, asked["Location"], before) == (
        303,
        f"{CODE}?next=%2Faccount%2Fdetails%2F",
        (0, 0),
    )
    assert (answer.status_code, answer["Location"], user_of(client)) == (303, "/account/details/", user.pk)
    assert (user.email, user.name, user.is_staff, user.has_usable_password()) == (
        "nadia@example.org", "Nadia Roy", False, False,
    )  # fmt: skip
    assert (supporter_of(user), person.postal_code, person.phone) == (person, "M5V2T6", "+14165550199")
    assert (person.riding_number, person.riding_source) == (35001, "postal")
    assert person.email_confirmed_at is not None
    assert RidingRole.objects.count() == 0


def test_no_address_is_answered_otherwise(homes: None) -> None:
    people.chantal()
    people.edith()
    User.objects.create_user("gone@example.org", is_active=False)
    answers = []
    for email in ("nadia@example.org", "chantal@example.org", "edith@example.org", "gone@example.org"):
        visitor = Client()
        asked, page = send(visitor, email=email), visitor.get(CODE)
        wrong = visitor.post(CODE, {"code": "AAAA-AAAA"})
        body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
        cookies = {name: cookie["max-age"] for name, cookie in visitor.cookies.items()}
        answers.append((asked.status_code, asked["Location"], body, wrong.status_code, cookies))

    assert all(answer == answers[0] for answer in answers)
    assert list(OutgoingMessage.objects.order_by("pk").values_list("kind", "to")) == [
        (KIND, "nadia@example.org"),
        ("supporters/login_code", "chantal@example.org"),
    ]


def test_an_address_with_an_account_logs_in_and_its_owner_is_known(client: Client, homes: None) -> None:
    chantal = people.chantal()
    send(client, email=chantal.email, name="Chantal Roy")

    client.post(CODE, {"code": mailed_code(chantal.email)})

    person = supporter_of(chantal)
    assert (user_of(client), User.objects.count()) == (chantal.pk, 1)
    assert person is not None
    assert person.name == "Chantal Roy"


def test_another_spelling_of_a_mailbox_is_its_account(homes: None) -> None:
    open_one(Client(), email="nadia.roy@gmail.com")

    send(Client(), email="nadiaroy+teams@gmail.com")

    mail = OutgoingMessage.objects.latest("pk")
    assert (mail.kind, mail.to, User.objects.count()) == ("supporters/login_code", "nadia.roy@gmail.com", 1)


def test_a_session_of_a_sign_up_ends_soon_and_lasts_once_it_is_an_account(
    client: Client, homes: None
) -> None:
    send(client)
    waiting = client.session.get_expiry_age()
    client.post(CODE, {"code": mailed_code(NADIA["email"], KIND)})

    assert (waiting, client.session.get_expiry_age()) == (3600, 1_209_600)
    assert "Nadia" not in str([session.get_decoded() for session in Session.objects.all()])


def test_typed_twice_at_once_it_is_one_account(homes: None) -> None:
    first, second = Client(), Client()
    send(first)
    first_code = mailed_code(NADIA["email"], KIND)
    send(second, name="Somebody Else")
    second.post(CODE, {"code": mailed_code(NADIA["email"], KIND)})
    first.post(CODE, {"code": first_code})

    assert user_of(first) == user_of(second) == User.objects.get().pk
    assert Supporter.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""), ("name", "\0"), ("email", "nadia"), ("email", ""), ("postal_code", ""), ("postal_code", "12345"),
        ("phone", "call me"), ("name", "https://spam.example"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    client: Client, homes: None, field: str, value: str
) -> None:
    answer = send(client, **{field: value})

    assert (answer.status_code, OutgoingMessage.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == [field]
    kept = "416 555 0199" if field != "phone" else "M5V 2T6"
    assert f'value="{kept}"' in answer.content.decode()


def test_a_code_in_several_ridings_asks_which(client: Client, homes: None) -> None:
    split = {"postal_code": "K0A"}
    asked = send(client, **split)
    numbers = [number for number, _name in asked.context["form"].place.ridings]

    open_one(client, **split, riding=str(numbers[1]))

    person = Supporter.objects.get()
    assert (asked.status_code, len(numbers) > 1) == (422, True)
    assert (person.riding_number, person.riding_source) == (numbers[1], "chosen")


@pytest.mark.parametrize(
    "fields", [{"website": "https://spam.example"}, {"proof": "made up", "opened": "made up"}]
)
def test_robots_are_answered_alike(client: Client, homes: None, fields: dict[str, str]) -> None:
    answer = send(client, **fields)

    assert (answer.status_code, answer["Location"]) == (303, CODE)
    assert OutgoingMessage.objects.count() == (0 if "website" in fields else 1)


def test_of_doubtful_forms_few_an_hour_get_a_mail(homes: None) -> None:
    for turn in range(5):
        assert send(Client(), email=f"n{turn}@example.org").status_code == 303

    assert OutgoingMessage.objects.count() == 3


def test_asking_for_one_mailbox_is_limited_and_says_so(homes: None) -> None:
    statuses = [send(Client()).status_code for _ in range(5)]

    assert statuses == [303, 303, 303, 422, 422]


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_a_hostile_next_is_dropped(client: Client, homes: None, onward: str) -> None:
    page = client.get(SIGN_UP, {"next": onward})
    asked = send(client, next=onward)
    answer = client.post(CODE, {"code": mailed_code(NADIA["email"], KIND), "next": onward})

    assert "evil" not in re.sub(r'href="[^"]*fr[^"]*"', "", page.context["onward"])
    assert (asked["Location"], answer["Location"]) == (CODE, HOME)


def test_pages_lead_to_each_other_and_keep_where_one_goes(client: Client) -> None:
    log_in = client.get("/account/login/", {"next": PLACE}).content.decode()
    sign_up = client.get(SIGN_UP, {"next": PLACE}).content.decode()

    assert f'href="{SIGN_UP}?next=%2Faccount%2Fsecond-factor%2F"' in log_in
    assert 'href="/account/login/?next=%2Faccount%2Fsecond-factor%2F"' in sign_up


def test_whoever_is_logged_in_needs_no_account(client: Client) -> None:
    by_code(client, people.chantal().email)

    answer = client.get(SIGN_UP, {"next": PLACE})

    assert (answer.status_code, answer["Location"]) == (303, PLACE)


def test_a_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(SIGN_UP, NADIA).status_code == 403


def test_french_visitors_get_french_mail(client: Client, homes: None) -> None:
    client.post(f"/fr{SIGN_UP}", NADIA)

    mail = OutgoingMessage.objects.get()
    client.post(f"/fr{CODE}", {"code": mailed_code(NADIA["email"], KIND)})
    assert (mail.language, Supporter.objects.get().language) == ("fr", "fr")
