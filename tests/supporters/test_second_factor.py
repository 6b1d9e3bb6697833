"""The second factor: set up, asked for, given once, lost."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client

from coop4canada.kit import clock
from supporters.doors import role_required, with_second_factor
from supporters.enums import ROLES_WITH_SECOND_FACTOR, RidingRoleKind
from supporters.models import OutgoingMessage, User
from supporters.services import write_mail
from supporters.services.second_factors import reset_second_factor, use_code_once
from tests import make, people
from tests.supporters.logins import (
    AGAIN,
    ENTER,
    HOME,
    PLACE,
    by_code,
    code_of,
    factors_of,
    give_app,
    user_of,
    wrong_code_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor_wanted")]
APP, CODES = f"{PLACE}app/", f"{PLACE}codes/"
PAPER = "/pledge/paper/35075/"
MAIL = "supporters/second_factor"


def set_up(client: Client) -> str:
    secret: str = client.get(APP).context["form"].secret
    assert client.post(APP, {"code": code_of(secret)})["Location"] == CODES
    return secret


def given(client: Client) -> bool:
    """Say whether pages that want a second factor are open."""
    request = HttpRequest()
    request.method, request.path = "GET", "/"
    request.session, request.user = client.session, User.objects.get(pk=user_of(client) or 0)
    return with_second_factor(lambda _request: HttpResponse("in"))(request).status_code == 200


def test_which_roles_want_a_second_factor() -> None:
    assert {kind.value for kind in ROLES_WITH_SECOND_FACTOR} == {"captain", "local", "phone"}


def test_a_captain_without_one_is_led_to_set_it_up_and_back(client: Client) -> None:
    people.chantal()
    by_code(client, "chantal@example.org")

    asked = client.get(f"/account/second-factor/?next={PAPER}")
    client.get(asked.wsgi_request.path)
    secret: str = client.get(APP).context["form"].secret
    done = client.post(APP, {"code": code_of(secret)})
    page = client.get(done["Location"])

    assert (done.status_code, done["Location"], page.status_code) == (303, CODES, 200)
    assert page.context["onward"] == PAPER
    assert len(page.context["unused_codes"]) == 10
    assert given(client)


def test_pages_of_captains_stay_closed_without_it(client: Client) -> None:
    chantal = people.chantal()
    by_code(client, chantal.email)
    assert not given(client)

    other = Client()
    secret = give_app(chantal)
    answer = by_code(other, chantal.email, HOME)
    assert (answer.status_code, answer["Location"], user_of(other)) == (303, ENTER, None)
    done = other.post(ENTER, {"code": code_of(secret)})

    assert (done.status_code, done["Location"]) == (303, HOME)
    assert given(other)
    assert not given(client)


def visit(client: Client, *kinds: RidingRoleKind) -> tuple[int, str]:
    """Knock at a page of these roles in riding 35075; return the answer, and where it leads."""
    request = HttpRequest()
    request.method, request.path = "GET", "/somewhere/"
    request.session, request.user = client.session, User.objects.get(pk=user_of(client) or 0)
    try:
        answer = role_required(*kinds)(lambda _request, number: HttpResponse(f"{number}"))(
            request, number=35075
        )
    except Http404:
        return 404, ""
    return answer.status_code, answer.get("Location", "")


def entered(user: User, secret: str = "") -> Client:
    client = Client()
    by_code(client, user.email)
    if secret:
        client.post(ENTER, {"code": code_of(secret)})
    return client


def test_doors_of_roles_ask_for_it_where_the_role_wants_it(country: Any) -> None:
    captain, lead = RidingRoleKind.CAPTAIN, RidingRoleKind.CHAPTER_LEAD
    chantal, lena, bruno = people.chantal(), people.lena(), people.bruno()
    before = entered(chantal)
    confirmed = entered(chantal, give_app(chantal))

    assert visit(confirmed, captain) == (200, "")
    assert visit(before, captain) == (302, f"{AGAIN}?next=%2Fsomewhere%2F")
    assert visit(entered(lena), lead) == (200, "")
    assert visit(entered(lena), captain, lead) == (302, f"{PLACE}?next=%2Fsomewhere%2F")
    assert visit(entered(bruno), captain) == (404, "")
    assert [client.get(PAPER).status_code for client in (confirmed, before)] == [200, 302]


def test_an_older_session_confirms_with_it_and_goes_on(client: Client) -> None:
    chantal = people.chantal()
    by_code(client, chantal.email)
    secret = give_app(chantal)

    answer = client.post(f"{AGAIN}?next={HOME}", {"code": code_of(secret), "next": HOME})

    assert (answer.status_code, answer["Location"]) == (303, HOME)
    assert given(client)


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_a_hostile_next_leads_nowhere(client: Client, onward: str) -> None:
    chantal = people.chantal()
    by_code(client, chantal.email)
    client.get(PLACE, {"next": onward})
    secret = set_up(client)

    page = client.get(CODES)
    with time_machine.travel(clock.now() + timedelta(minutes=2), tick=False):
        again = client.post(AGAIN, {"code": code_of(secret), "next": onward})

    assert (page.context["onward"], again["Location"]) == ("", HOME)


def test_a_code_is_good_once_in_any_browser(client: Client) -> None:
    chantal, thief = people.chantal(), Client()
    secret = give_app(chantal)
    for visitor in (client, thief):
        by_code(visitor, chantal.email)

    code = code_of(secret)
    answers = [visitor.post(ENTER, {"code": code}).status_code for visitor in (client, thief)]

    assert (answers, user_of(client), user_of(thief)) == ([303, 422], chantal.pk, None)


def test_the_code_that_set_an_app_up_does_not_log_in(client: Client) -> None:
    chantal = people.chantal()
    by_code(client, chantal.email)
    secret: str = client.get(APP).context["form"].secret
    code = code_of(secret)
    client.post(APP, {"code": code})

    other = Client()
    by_code(other, chantal.email)

    assert other.post(ENTER, {"code": code}).status_code == 422


def test_a_code_is_spent_for_its_account_alone() -> None:
    first, second = people.chantal(), people.dev()
    now = clock.now()
    spent = [use_code_once(user_id=user.pk, code=code, now=now) for user, code in (
        (first, "123456"), (second, "123456"), (first, "123 456"), (first, "654321"),
    )]  # fmt: skip

    assert spent == [True, True, False, True]


def test_guessing_is_limited_and_says_so(client: Client) -> None:
    chantal = people.chantal()
    secret = give_app(chantal)
    by_code(client, chantal.email)

    answers = [client.post(ENTER, {"code": wrong_code_of(secret)}) for _ in range(6)]
    right = client.post(ENTER, {"code": code_of(secret)})

    assert {answer.status_code for answer in answers} == {422}
    assert ["Too many tries" in answer.content.decode() for answer in answers] == [False] * 5 + [True]
    assert (right.status_code, user_of(client)) == (422, None)


@pytest.mark.parametrize("code", ["", "abc", "٣٣٣٣٣٣", "\0", "1" * 500])
def test_garbled_codes_are_wrong_codes(client: Client, code: str) -> None:
    give_app(people.chantal())
    by_code(client, "chantal@example.org")

    assert client.post(ENTER, {"code": code}).status_code == 422


@pytest.mark.parametrize(
    "credential", ["", "{", "[]", "1", "{}", '{"response": []}', '{"id": 1, "rawId": 2}']
)
def test_garbled_passkeys_open_nothing(client: Client, credential: str) -> None:
    give_app(people.chantal())
    by_code(client, "chantal@example.org")
    entered = client.post(ENTER, {"credential": credential})
    stranger = Client()
    stranger.get("/account/login/passkey/", headers={"Accept": "application/json"})
    logged = stranger.post("/account/login/passkey/", {"credential": credential})
    own = Client()
    by_code(own, people.dev().email)
    added = own.post(f"{PLACE}passkey/", {"credential": credential, "name": "mine"})

    assert (entered.status_code, added.status_code) == (422, 422)
    assert (logged.status_code, logged["Location"]) == (303, "/account/login/?passkey=wrong")
    assert (user_of(client), user_of(stranger)) == (None, None)
    assert 'value="mine"' in added.content.decode()


def test_recovery_codes_stand_in_once(client: Client) -> None:
    chantal = people.chantal()
    by_code(client, chantal.email)
    set_up(client)
    code = client.get(CODES).context["unused_codes"][0]

    tries = []
    for _ in range(2):
        visitor = Client()
        by_code(visitor, chantal.email)
        tries.append((visitor.post(ENTER, {"code": code}).status_code, user_of(visitor)))

    assert tries == [(303, chantal.pk), (422, None)]


def test_changing_it_wants_it_again_after_a_while(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    chantal = people.chantal()
    by_code(client, chantal.email)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(client)

    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        pages = [f"{APP}remove/", CODES, f"{CODES}new/", f"{PLACE}passkey/"]
        asked = [client.get(page)["Location"] for page in pages]
        confirmed = client.post(AGAIN, {"code": code_of(secret), "next": pages[0]})
        client.post(pages[0])

    assert asked == [f"{AGAIN}?next={page.replace('/', '%2F')}" for page in pages]
    assert (confirmed["Location"], factors_of(chantal)) == (pages[0], [])
    assert OutgoingMessage.objects.filter(kind=MAIL).count() == 2


def test_an_old_session_logs_in_again_before_it_sets_up_the_first(client: Client) -> None:
    people.chantal()
    by_code(client, "chantal@example.org")

    with time_machine.travel(clock.now() + timedelta(minutes=20), tick=False):
        answer = client.get(APP)
        page = client.get(answer["Location"])

    assert answer["Location"].startswith("/account/logout/?again=1&next=%2Faccount%2Flogin%2F")
    assert "log in again" in page.content.decode()


def test_another_account_cannot_remove_a_passkey(client: Client) -> None:
    other = people.dev()
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Key", "credential": {}})
    people.chantal()
    by_code(client, "chantal@example.org")
    set_up(client)

    assert client.post(f"{PLACE}passkey/{key.pk}/").status_code == 404
    assert factors_of(other) == ["webauthn"]


def test_a_session_counts_no_more_once_its_factor_was_reset(client: Client) -> None:
    chantal = people.chantal()
    by_code(client, chantal.email)
    set_up(client)
    assert given(client)

    assert [reset_second_factor(user=chantal, now=make.NOON) for _ in range(2)] == [True, False]

    assert (given(client), factors_of(chantal)) == (False, [])
    mail = OutgoingMessage.objects.filter(kind=MAIL).order_by("-pk")[0]
    assert "an organizer removed every second factor" in str(write_mail(mail).body)


def test_the_pages_are_nobodys_else(client: Client) -> None:
    paths = [
        PLACE,
        APP,
        f"{APP}remove/",
        CODES,
        f"{CODES}new/",
        f"{PLACE}passkey/",
        AGAIN,
        f"{AGAIN}passkey/",
    ]

    assert {client.get(path)["Location"] for path in paths} == {
        f"/account/login/?next={path}" for path in paths
    }
    assert client.get(ENTER)["Location"] == "/account/login/"


def test_where_it_is_not_asked_for_nothing_changes(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    people.chantal()
    by_code(client, "chantal@example.org")

    assert given(client)
    assert RidingRoleKind.CAPTAIN in ROLES_WITH_SECOND_FACTOR
