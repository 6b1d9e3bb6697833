"""The second factor of staff: admin asks for it beside the password, and organizers take it from whoever lost theirs."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from supporters.models import User
from tests import people
from tests.supporters.logins import ENTER, PLACE, by_password, code_of, factors_of, give_app, user_of
from tests.supporters.test_second_factor import APP, CODES, set_up

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_factor_wanted")]


def test_staff_need_password_and_second_factor(client: Client) -> None:
    edith = people.edith()
    first = by_password(client, edith.email)
    refused = client.get("/admin/")
    asked = client.get(refused["Location"])
    client.get(asked["Location"])
    again = client.get(APP)
    client.post(again["Location"], {"password": "a long pass phrase", "next": APP})
    set_up(client)

    assert (first["Location"], refused["Location"]) == ("/admin/", "/admin/login/?next=/admin/")
    assert asked["Location"] == f"{PLACE}?next=%2Fadmin%2F"
    assert again["Location"].startswith("/account/password/?next=")
    assert client.get(CODES).context["onward"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_staff_with_a_second_factor_are_asked_at_once(client: Client) -> None:
    edith = people.edith()
    secret = give_app(edith)

    asked = by_password(client, edith.email, "/admin/supporters/user/")
    half_way = client.get("/admin/")["Location"]
    done = client.post(ENTER, {"code": code_of(secret)})

    assert (asked["Location"], half_way) == (ENTER, "/admin/login/?next=/admin/")
    assert (done["Location"], client.get("/admin/").status_code) == ("/admin/supporters/user/", 200)


def test_a_wrong_password_is_limited(client: Client) -> None:
    edith = people.edith()
    for _ in range(5):
        client.post("/admin/login/", {"username": edith.email, "password": "wrong"})

    assert by_password(client, edith.email).status_code == 200
    assert user_of(client) is None
    assert by_password(Client(REMOTE_ADDR="203.0.113.9"), edith.email).status_code == 302


def test_the_last_organizer_is_let_in_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    edith = people.edith()
    give_app(edith)

    call_command("reset_second_factor", "Edith@example.org")
    call_command("reset_second_factor", "edith@example.org")

    assert capsys.readouterr().out.splitlines() == ["Second factor removed.", "There was no second factor."]
    assert factors_of(edith) == []
    with pytest.raises(CommandError, match=r"There is no account nobody@example\.org"):
        call_command("reset_second_factor", "nobody@example.org")


@pytest.mark.ignore_template_errors
def test_only_superusers_reset_second_factors(
    settings: Any, organizer_client: Client, organizer: User, client: Client
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    chantal, helper = people.chantal(), User.objects.create_user("helper@example.org", is_staff=True)
    for user in (chantal, organizer):
        give_app(user)
    action = {"action": "reset_second_factors", "_selected_action": [chantal.pk, organizer.pk]}
    listing = reverse("admin:supporters_user_changelist")
    client.force_login(helper)
    client.post(listing, action)
    assert (factors_of(chantal), factors_of(organizer)) == (["totp"], ["totp"])

    organizer_client.post(listing, action)

    assert (factors_of(chantal), factors_of(organizer)) == ([], ["totp"])
    assert LogEntry.objects.get().object_id == str(chantal.pk)
