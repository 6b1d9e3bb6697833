"""Roles in ridings: given once, ended at once, and the door that asks for them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from coop4canada.kit import clock
from coop4canada.kit.panels import Panel, panels_for
from coop4canada.kit.signing import keyed_hash
from supporters.doors import role_required, signed_in
from supporters.enums import RidingRoleKind
from supporters.models import MailSuppression, OutgoingMessage, RidingRole, User
from supporters.queries.roles import has_role, holders_of, ridings_with_role, roles_of
from supporters.rules.email import read_address
from supporters.services import (
    AccountSwitchedOff,
    Invitation,
    end_role,
    grant_role,
    invite_to_role,
    write_mail,
)
from tests import make, people

CAPTAIN, LEAD, INTERVIEWER = RidingRoleKind.CAPTAIN, RidingRoleKind.CHAPTER_LEAD, RidingRoleKind.INTERVIEWER
PHONE = RidingRoleKind.PHONE_CAPTAIN
INVITED = Invitation(read_address("nadia@example.org"), "fr", "Nadia Roy")


def invite(number: int | None = 35001, role: RidingRoleKind = LEAD, whom: Invitation = INVITED) -> RidingRole:
    return invite_to_role(invitation=whom, riding_number=number, role=role, by=None, now=make.NOON)


@pytest.mark.django_db
def test_an_invitation_makes_account_role_and_mail_once(no_country: None) -> None:
    make.small_country()

    first, second = invite(), invite()

    mail = OutgoingMessage.objects.get()
    user = User.objects.get(email="nadia@example.org")
    assert (first, user.name, user.has_usable_password()) == (second, "Nadia Roy", False)
    assert (mail.kind, mail.to, mail.language) == ("supporters/role_invitation", "nadia@example.org", "fr")
    assert mail.context["riding_en"] == "Split"
    assert "/fr/account/login/" in str(write_mail(mail).body)


@pytest.mark.django_db
def test_an_account_that_is_switched_off_gets_no_role(no_country: None) -> None:
    User.objects.create_user("Nadia@example.org", is_active=False)

    with pytest.raises(AccountSwitchedOff):
        invite()

    assert (RidingRole.objects.count(), OutgoingMessage.objects.count(), User.objects.count()) == (0, 0, 1)


@pytest.mark.django_db
def test_an_ended_role_ends_at_once_and_may_be_given_anew() -> None:
    user = people.chantal()
    role = RidingRole.objects.get()

    assert [end_role(role_id=role.pk, now=make.NOON) for _ in range(2)] == [True, False]
    assert (has_role(user, 35075, CAPTAIN), ridings_with_role(user, CAPTAIN)) == (False, frozenset())
    again = grant_role(user=user, riding_number=35075, role=CAPTAIN, by=None, now=make.NOON)
    assert again.pk != role.pk
    assert has_role(user, 35075, CAPTAIN)


@pytest.mark.django_db
def test_roles_are_told_apart_by_riding_and_kind() -> None:
    user = people.holder("nadia@example.org", CAPTAIN, 35075)
    people.holder("nadia@example.org", LEAD, 35076)
    people.dev()

    asked = [
        (35075, (CAPTAIN,)),
        (35075, (LEAD,)),
        (35076, (CAPTAIN, LEAD)),
        (59003, (CAPTAIN,)),
        (35075, ()),
    ]

    assert [has_role(user, number, *kinds) for number, kinds in asked] == [True, False, True, False, False]
    assert ridings_with_role(user, CAPTAIN, LEAD) == {35075, 35076}
    assert ridings_with_role(AnonymousUser(), CAPTAIN) == frozenset()
    assert not has_role(AnonymousUser(), 35075, CAPTAIN)
    assert [holder.email for holder in holders_of(59003, CAPTAIN)] == ["dev@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"role": "king"}, {"riding_number": 12}, {}, {"riding_number": None}, {"role": "phone"}],
)
def test_the_database_refuses_what_is_no_role_or_a_second_one(fields: dict[str, Any]) -> None:
    user = people.chantal()
    row = {"user": user, "riding_number": 35075, "role": CAPTAIN, "granted_at": make.NOON, **fields}

    with pytest.raises(IntegrityError), transaction.atomic():
        RidingRole.objects.create(**row)


@pytest.mark.django_db
def test_a_captain_of_the_phone_team_holds_the_role_in_no_riding(client: Client) -> None:
    nora = people.nora()
    again = grant_role(user=nora, riding_number=None, role=PHONE, by=None, now=make.NOON)

    assert RidingRole.objects.get() == again
    assert [has_role(nora, number, PHONE) for number in (None, 35075)] == [True, False]
    assert (has_role(nora, None, CAPTAIN), ridings_with_role(nora, PHONE)) == (False, frozenset())
    assert [holder.email for holder in holders_of(None, PHONE)] == ["nora@example.org"]
    client.force_login(nora)
    assert "The whole country" in client.get("/account/").content.decode()
    assert end_role(role_id=again.pk, now=make.NOON)
    assert not has_role(nora, None, PHONE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("en", "Your role: captain of the phone team", "You are now captain of the phone team."),
        (
            "fr",
            "Votre rôle : capitaine de l’équipe téléphonique",
            "Vous êtes maintenant capitaine de l’équipe téléphonique.",
        ),
    ],
)
def test_the_invitation_to_a_role_without_a_riding_names_none(
    language: str, subject: str, words: str
) -> None:
    invite(None, PHONE, Invitation(read_address("nadia@example.org"), language))

    mail = write_mail(OutgoingMessage.objects.get())
    assert (mail.subject, words in str(mail.body).splitlines()) == (subject, True)


@pytest.mark.django_db(transaction=True)
def test_invited_by_many_at_once_it_is_one_account_one_role_one_mail() -> None:
    def run(_turn: int) -> int:
        try:
            return invite().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(run, range(6)))

    assert len(found) == 1
    assert (User.objects.count(), RidingRole.objects.count(), OutgoingMessage.objects.count()) == (1, 1, 1)


@role_required(CAPTAIN, LEAD)
def page(_request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(f"riding {number}")


@role_required(PHONE)
def phone_page(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("phone team")


@signed_in
def own(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("own")


def visit(user: Any, number: int, method: str = "get") -> int:
    request = getattr(RequestFactory(), method)("/")
    request.user = user
    try:
        response = page(request, number=number)
    except Http404:
        return 404
    assert response.status_code == 405 or response["Cache-Control"] == "private, no-store"
    return response.status_code


@pytest.mark.django_db
def test_the_door_lets_in_only_holders_of_a_role_in_this_riding() -> None:
    cast = [
        people.chantal(), people.lena(), people.igor(), people.dev(), people.maude(), people.bruno(),
        people.edith(), AnonymousUser(),
    ]  # fmt: skip

    assert [visit(user, 35075) for user in cast] == [200, 200, 404, 404, 404, 404, 404, 404]
    assert [visit(user, 59003) for user in cast] == [404, 404, 404, 200, 200, 404, 404, 404]
    assert visit(cast[0], 35075, "post") == 200
    assert visit(cast[0], 35075, "delete") == 405


@pytest.mark.django_db
def test_a_page_without_a_riding_is_for_roles_without_one() -> None:
    def status(user: Any) -> int:
        request = RequestFactory().get("/")
        request.user = user
        try:
            return phone_page(request).status_code
        except Http404:
            return 404

    assert [status(user) for user in (people.nora(), people.chantal(), AnonymousUser())] == [200, 404, 404]


def test_the_doors_name_their_log_in_and_are_closed_to_the_anonymous() -> None:
    for view in (page, own):
        assert getattr(view, "login_url", "") == "account_login"
        assert getattr(view, "login_required", True)
        assert not getattr(view, "csrf_exempt", False)


@pytest.mark.django_db
def test_the_account_page_lists_roles_and_what_apps_offer(
    client: Client, no_country: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.small_country()
    user = people.holder("nadia@example.org", LEAD, 35001)
    people.holder("nadia@example.org", INTERVIEWER, 59003)
    client.force_login(user)
    asked: list[dict[str, Any]] = []

    def offered(slot: str, **subject: Any) -> list[Panel]:
        asked.append({"slot": slot, **subject})
        return panels_for(slot, **subject)

    monkeypatch.setattr("supporters.views.accounts.panels_for", offered)
    answer = client.get("/account/")

    assert [(role.riding_name, role.label) for role in roles_of(user)] == [
        ("Split", "chapter lead"),
        ("Held", "interviewer of candidates"),
    ]
    assert [text in answer.content.decode() for text in ("Split", "Held", "nadia@example.org")] == [True] * 3
    assert [(call["slot"], call["user"].pk) for call in asked] == [("account_panels", user.pk)]


GRANT = {
    "email": "nadia@example.org",
    "name": "Nadia",
    "language": "en",
    "riding_number": 35001,
    "role": "captain",
}


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_organizers_give_look_up_and_end_roles(
    organizer: User, organizer_client: Client, no_country: None
) -> None:
    make.small_country()

    answer = organizer_client.post(reverse("admin:supporters_ridingrole_add"), GRANT)

    role = RidingRole.objects.get()
    listing = reverse("admin:supporters_ridingrole_changelist")
    found = organizer_client.get(listing, {"q": "nadia@", "live": "yes"})
    organizer_client.post(listing, {"action": "end_roles", "_selected_action": [role.pk]})
    ended = organizer_client.get(listing, {"live": "yes"})
    assert (answer.status_code, role.user.email, role.granted_by) == (302, "nadia@example.org", organizer)
    assert [page.context["cl"].result_count for page in (found, ended)] == [1, 0]
    assert not has_role(role.user, 35001, CAPTAIN)


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("riding_number", 35999),
        ("riding_number", ""),
        ("email", "nadia"),
        ("role", "king"),
        ("email", "off@example.org"),
    ],
)
def test_what_cannot_be_given_is_told(
    organizer_client: Client, no_country: None, field: str, value: Any
) -> None:
    make.small_country()
    User.objects.create_user("off@example.org", is_active=False)

    answer = organizer_client.post(reverse("admin:supporters_ridingrole_add"), {**GRANT, field: value})

    assert list(answer.context["adminform"].form.errors) == [field]
    assert (RidingRole.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_organizers_give_the_phone_team_a_captain_and_no_riding(
    organizer_client: Client, no_country: None
) -> None:
    make.small_country()
    add = reverse("admin:supporters_ridingrole_add")

    refused = organizer_client.post(add, {**GRANT, "role": "phone"})
    given = organizer_client.post(add, {**GRANT, "role": "phone", "riding_number": ""})

    role = RidingRole.objects.get()
    assert list(refused.context["adminform"].form.errors) == ["riding_number"]
    assert (given.status_code, role.role, role.riding_number) == (302, "phone", None)


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_organizers_hear_that_an_address_gets_no_mail(organizer_client: Client, no_country: None) -> None:
    make.small_country()
    MailSuppression.objects.create(
        address_hash=keyed_hash("nadia@example.org"), reason="refused", created_at=clock.now()
    )

    answer = organizer_client.post(reverse("admin:supporters_ridingrole_add"), GRANT, follow=True)

    assert "gets no mail from us" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("who", [people.chantal, people.bruno])
def test_others_give_no_roles(client: Client, who: Any) -> None:
    client.force_login(who())
    before = RidingRole.objects.count()

    answer = client.post(reverse("admin:supporters_ridingrole_add"), GRANT)

    assert (answer.status_code, RidingRole.objects.count()) == (302, before)
    assert answer["Location"].startswith("/admin/login/")
