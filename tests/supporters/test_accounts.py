"""Accounts and the people behind them: tied, corrected, shown, erased."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client

from coop4canada.kit.clock import now
from supporters.models import RidingRole, Supporter, User
from supporters.queries.accounts import account_records, supporter_of
from supporters.queries.correspondents import Correspondent, records_of
from supporters.rules.email import read_address
from supporters.rules.household import Resident, owns_account
from supporters.services import Details, ensure_supporter, open_account
from supporters.services.correspondents import erase_correspondent
from supporters.services.my_data import erase_supporter
from tests import make, people
from tests.supporters import outbox
from tests.supporters.logins import HOME, by_code, factors_of, give_app, user_of

ABOUT = "/account/details/"
NEW = {"name": "Chantal Roy", "postal_code": "M5V 2T6", "language": "fr", "phone": "416 555 0199"}


def described(email: str = "chantal@example.org", name: str = "Chantal Roy") -> Details:
    return Details(name=name, address=read_address(email), postal_code="M5V2T6")


@pytest.mark.parametrize(
    ("name", "resident", "owns"),
    [
        ("Chantal Roy", Resident(1, "Chantal Roy", "", False), True),
        ("chantal roy", Resident(1, "Chantal Roy", "", True), True),
        ("Bruno Roy", Resident(1, "Chantal Roy", "", True), False),
        ("", Resident(1, "Chantal Roy", "", True), True),
        ("", Resident(1, "Chantal Roy", "", False), False),
    ],
)
def test_who_owns_an_account(name: str, resident: Resident, owns: bool) -> None:
    assert owns_account(resident, name=name) is owns


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "is_tied"), [("Chantal Roy", True), ("Bruno Gagnon", False)])
def test_logging_in_ties_an_account_to_the_person_of_its_name(
    client: Client, name: str, is_tied: bool
) -> None:
    chantal = people.chantal()
    User.objects.filter(pk=chantal.pk).update(name="Chantal Roy")
    person = outbox.person(email=chantal.email, name=name)

    by_code(client, chantal.email)

    assert supporter_of(chantal) == (person if is_tied else None)


@pytest.mark.django_db
def test_nobody_stands_behind_strangers() -> None:
    assert supporter_of(AnonymousUser()) is None
    assert supporter_of(people.bruno()) is None


@pytest.mark.django_db
def test_a_person_has_one_account() -> None:
    first, second = people.chantal(), User.objects.create_user("chantal+b@gmail.com")
    person = ensure_supporter(user=first, details=described("chantal@gmail.com"), now=make.NOON)

    assert (
        ensure_supporter(user=first, details=described("chantal@gmail.com", "Else"), now=make.NOON) == person
    )
    assert ensure_supporter(user=second, details=described("chantal+b@gmail.com"), now=make.NOON) is None


@pytest.mark.django_db(transaction=True)
def test_opened_by_many_at_once_it_is_one_account_and_one_person() -> None:
    def run(_turn: int) -> int:
        try:
            return open_account(details=described("nadia@example.org", "Nadia Roy"), now=make.NOON).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(run, range(6)))

    assert len(found) == 1
    assert (User.objects.count(), Supporter.objects.filter(account__isnull=False).count()) == (1, 1)


@pytest.mark.django_db
def test_people_correct_what_we_know_of_them(client: Client, homes: None) -> None:
    chantal = people.chantal()
    client.force_login(chantal)

    saved = client.post(ABOUT, NEW)
    again = client.post(ABOUT, NEW | {"name": "Chantal Roy-Tremblay", "phone": ""})

    person, home = supporter_of(chantal), client.get(HOME).content.decode()
    chantal.refresh_from_db()
    assert [saved.status_code, saved["Location"], again.status_code] == [303, f"{HOME}?saved=1", 303]
    assert person is not None
    assert (person.name, person.language, person.phone, person.postal_code) == (
        "Chantal Roy-Tremblay", "fr", "", "M5V2T6",
    )  # fmt: skip
    assert (chantal.name, chantal.name in home) == (person.name, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("postal_code", "1"), ("phone", "x"), ("language", "de")]
)
def test_what_is_wrong_is_told(client: Client, homes: None, field: str, value: str) -> None:
    client.force_login(people.chantal())

    answer = client.post(ABOUT, NEW | {field: value})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Supporter.objects.count() == 0


@pytest.mark.django_db
def test_a_third_person_of_an_address_is_told_whom_to_ask(client: Client, homes: None) -> None:
    chantal = people.chantal()
    for place, name in ((1, "Ann Other"), (2, "Bob Other")):
        outbox.person(
            email=chantal.email,
            name=name,
            place=place,
            postal_code="M5V2T6",
            email_confirmed_at=now(),
        )
    client.force_login(chantal)

    answer = client.post(ABOUT, NEW)

    assert (answer.status_code, "Write to us" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
def test_the_account_is_among_ones_data() -> None:
    chantal = people.chantal()
    person = ensure_supporter(user=chantal, details=described(), now=make.NOON)
    assert person is not None
    loose = people.dev()

    own, others = account_records(supporter=person), records_of(Correspondent("dev@example.org"))

    assert [row[0] for row in own.rows] == ["chantal@example.org"]
    assert own.rows[0][4].startswith("riding captain")
    accounts = [row for records in others if records.title == own.title for row in records.rows]
    assert [row[0] for row in accounts] == [loose.email]


@pytest.mark.django_db
def test_erasing_a_person_ends_account_roles_and_second_factor(client: Client) -> None:
    chantal, secret = people.chantal(), "unused"
    person = ensure_supporter(user=chantal, details=described(), now=make.NOON)
    assert person is not None
    client.force_login(chantal)
    secret = give_app(chantal)

    erase_supporter(supporter=person, now=now())

    chantal.refresh_from_db()
    assert (chantal.email, chantal.name, chantal.is_active) == (f"{chantal.pk}@erased.invalid", "", False)
    assert (RidingRole.objects.count(), factors_of(chantal), Supporter.objects.count()) == (0, [], 0)
    assert client.get(HOME).status_code == 302
    assert secret


@pytest.mark.django_db
def test_an_account_nobody_is_known_behind_is_erased_by_its_address() -> None:
    dev, chantal = people.dev(), people.chantal()

    erase_correspondent(correspondent=Correspondent("dev@example.org"))

    assert {user.pk: user.is_active for user in User.objects.all()} == {dev.pk: False, chantal.pk: True}


@pytest.mark.django_db
def test_a_mailbox_does_not_erase_an_organizer() -> None:
    edith = people.edith()
    person = outbox.person(email=edith.email, name="Edith")
    User.objects.filter(pk=edith.pk).update(supporter=person)

    erase_supporter(supporter=person, now=now())

    edith.refresh_from_db()
    assert (edith.is_active, edith.email, edith.supporter) == (True, "edith@example.org", None)


@pytest.mark.django_db
def test_another_account_is_never_shown(client: Client) -> None:
    chantal, dev = people.chantal(), people.dev()
    ensure_supporter(user=dev, details=described(dev.email, "Dev Patel"), now=make.NOON)
    by_code(client, chantal.email)

    assert user_of(client) == chantal.pk
    assert "Dev Patel" not in client.get(HOME).content.decode() + client.get(ABOUT).content.decode()
