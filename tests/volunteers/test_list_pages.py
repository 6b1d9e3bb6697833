"""Pages of lists: who may see which, and what they answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from coop4canada.kit.clock import now
from supporters.models import RidingRole, User
from tests import people
from tests.volunteers import contacting, imports
from tests.volunteers.visitors import state_of_everything, visitor
from volunteers.enums import Channel, ListState, Need
from volunteers.models import ContactList, ImportBatch, PurgeReport

pytestmark = [pytest.mark.django_db]
RIDING, OTHER = contacting.RIDING, contacting.OTHER_RIDING


def former_captain() -> User:
    user = people.chantal(RIDING)
    RidingRole.objects.filter(user=user).update(ended_at=now())
    return user


CAST: dict[str, Callable[[], User | None]] = {
    "chantal": lambda: people.chantal(RIDING),
    "oscar": lambda: people.oscar(RIDING),
    "dev": lambda: people.dev(OTHER),
    "nora": people.nora,
    "member": lambda: contacting.volunteer("mira@example.org", of=contacting.team()),
    "former captain": former_captain,
    "bruno": people.bruno,
    "lena": lambda: people.lena(RIDING),
    "edith": people.edith,
    "nobody": lambda: None,
}
OF_DOORS, OF_PEOPLE = {"chantal", "oscar", "edith"}, {"nora", "edith"}
DAY = (now().date() + timedelta(days=30)).isoformat()
SAID = {"name": "New", "source": "The city", "basis": "Public", "purge_on": DAY}
# {page: (what is sent, what it answers to reading and to writing)}
PAGES: dict[str, tuple[dict[str, Any], int, int]] = {
    "index": ({}, 200, 200),
    "make": (SAID, 200, 303),
    "page": ({}, 200, 200),
    "edit": (SAID, 200, 303),
    "move": ({"state": "closed"}, 303, 303),
    "purge": ({}, 200, 303),
    "upload": ({}, 200, 422),
    "import": ({"phone": "0", "riding": "1"}, 200, 303),
    "begin": ({}, 303, 303),
    "drop": ({}, 303, 303),
    "left-out": ({}, 200, 200),
}


@pytest.fixture
def two_ridings(no_country: None) -> None:
    imports.country()


def a_list(channel: Channel, riding: int | None = None) -> tuple[ContactList, ImportBatch]:
    listed = contacting.contact_list(channel, riding_number=riding, state=ListState.PAUSED)
    door = channel == Channel.DOOR
    line = imports.door_line(1) if door else imports.person_line()
    head = imports.DOOR_HEAD if door else imports.PERSON_HEAD
    return listed, imports.checked(listed, imports.table(head, [line]))


def path(name: str, number: int | None, listed: ContactList, batch: ImportBatch) -> str:
    rest: dict[str, list[int]] = {"index": [], "make": []}
    of_batch = name in {"import", "begin", "drop", "left-out"}
    args = rest.get(name, [listed.pk, batch.pk] if of_batch else [listed.pk])
    return reverse(f"lists:{name}", args=[number, *args])


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("number", [RIDING, None], ids=["doors", "phone"])
def test_who_sees_and_changes_what(two_ridings: None, who: str, number: int | None) -> None:
    channel = Channel.PHONE if number is None else Channel.DOOR
    listed, batch = a_list(channel, number)
    allowed = who in (OF_PEOPLE if number is None else OF_DOORS)
    client = visitor(CAST[who])

    for name, (typed, reads, writes) in PAGES.items():
        address, before = path(name, number, listed, batch), state_of_everything()
        read, written = client.get(address).status_code, client.post(address, typed).status_code
        if name == "import" and number is not None:
            writes = 422  # noqa: PLW2901 — the columns sent are those of people
        if allowed:
            assert (name, read, written) == (name, reads, writes)
            if name in {"move", "purge"}:
                ContactList.objects.filter(pk=listed.pk).update(state=ListState.PAUSED, purged_at=None)
                ImportBatch.objects.all().delete()
                batch = imports.checked(listed, bytes(_content(channel)))
            continue
        denied = 302 if who == "nobody" else 404
        assert (name, read, written) == (name, denied, denied)
        assert state_of_everything() == before


def _content(channel: Channel) -> bytes:
    if channel == Channel.DOOR:
        return imports.table(imports.DOOR_HEAD, [imports.door_line(1)])
    return imports.table(imports.PERSON_HEAD, [imports.person_line()])


@pytest.mark.parametrize("name", [name for name in PAGES if name not in {"index", "make"}])
def test_a_captain_reaches_no_list_of_another_riding_or_team(two_ridings: None, name: str) -> None:
    of_a, of_a_batch = a_list(Channel.DOOR, RIDING)
    of_b, of_b_batch = a_list(Channel.DOOR, OTHER)
    of_phone, of_phone_batch = a_list(Channel.PHONE, RIDING)
    client = visitor(CAST["chantal"])
    before = state_of_everything()

    for listed, batch in (
        (of_b, of_b_batch),
        (of_phone, of_phone_batch),
        (of_a, of_b_batch),
        (of_b, of_a_batch),
    ):
        address = path(name, RIDING, listed, batch)
        if listed == of_a and name not in {"import", "begin", "drop", "left-out"}:
            continue
        assert [client.get(address).status_code, client.post(address, {}).status_code] == [404, 404]
    assert state_of_everything() == before


def test_a_riding_that_is_none_has_no_lists(two_ridings: None) -> None:
    client = visitor(CAST["edith"])

    assert client.get("/volunteer/lists/10999/").status_code == 404
    assert client.get("/volunteer/lists/0/").status_code == 404


def chantal_with_list(**fields: Any) -> tuple[Client, ContactList]:
    listed = contacting.contact_list(Channel.DOOR, **fields)
    return visitor(CAST["chantal"]), listed


def send(client: Client, listed: ContactList, content: bytes) -> Any:
    file = SimpleUploadedFile("doors.csv", content)
    return client.post(reverse("lists:upload", args=[RIDING, listed.pk]), {"file": file})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing to import"),
        (b"a,b\n\x00,1\n", "no text file"),
        (b"phone\n1\n", "Only one column"),
        (b"a,A\n1,2\n", "same name"),
        (b'a,b\n"x,1\n', "Line: 2"),
        (b"Name,Elector Number\nAnn,1\n", "official list of electors"),
    ],
)
def test_hostile_files_get_a_sentence(two_ridings: None, content: bytes, words: str) -> None:
    client, listed = chantal_with_list()

    answer = send(client, listed, content)

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert ImportBatch.objects.count() == 0


def test_without_a_file_one_is_asked_for(two_ridings: None) -> None:
    client, listed = chantal_with_list()

    answer = client.post(reverse("lists:upload", args=[RIDING, listed.pk]), {})

    assert (answer.status_code, "Choose a file." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("source", "", "This field is required."),
        ("basis", "", "This field is required."),
        ("purge_on", "", "This field is required."),
        ("purge_on", "2020-01-01", "Choose a day to come."),
        ("purge_on", "2099-01-01", "at the longest"),
        ("name", "x" * 121, "at most 120"),
    ],
)
def test_what_is_missing_or_wrong_of_a_list_is_said(
    two_ridings: None, field: str, value: str, words: str
) -> None:
    client = visitor(CAST["chantal"])

    answer = client.post(reverse("lists:make", args=[RIDING]), {**SAID, field: value})

    text = answer.content.decode()
    assert (answer.status_code, words in text, "The city" in text or field == "source") == (422, True, True)
    assert ContactList.objects.count() == 0


def test_columns_that_are_missing_or_chosen_twice_are_said(two_ridings: None) -> None:
    client, listed = chantal_with_list()
    send(client, listed, imports.table(imports.DOOR_HEAD, [imports.door_line(1)]))
    batch = ImportBatch.objects.get()

    answer = client.post(
        reverse("lists:import", args=[RIDING, listed.pk, batch.pk]), {"number": "1", "street": "1"}
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert ("chosen twice" in text, "Choose a column for: latitude." in text) == (True, True)
    batch.refresh_from_db()
    assert batch.state == "uploaded"


def test_rows_left_out_come_as_a_file_that_no_spreadsheet_runs(two_ridings: None) -> None:
    client, listed = chantal_with_list()
    lines = [imports.door_line(1), imports.door_line(2, "=HYPERLINK(1)"), imports.door_line(3, "@x")]
    batch = imports.checked(listed, imports.table(imports.DOOR_HEAD, lines))
    address = reverse("lists:left-out", args=[RIDING, listed.pk, batch.pk])

    answer, french = client.get(address), client.get(f"/fr{address}")

    formula = "A cell begins like a formula of a spreadsheet."
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Line,Why it is left out,What stands there",
        f"3,{formula},'=HYPERLINK(1)",
        f"4,{formula},'@x",
    ]
    assert answer["Cache-Control"] == "private, no-store"
    assert french.content.decode("utf-8-sig").splitlines()[0] != "Line,Why it is left out,What stands there"


def test_a_move_that_is_not_possible_says_why(two_ridings: None) -> None:
    client, listed = chantal_with_list(state=ListState.DRAFT)

    answer = client.post(reverse("lists:move", args=[RIDING, listed.pk]), {"state": "active"})

    assert (answer.status_code, "import a file first" in answer.content.decode()) == (409, True)


def test_a_list_is_deleted_by_its_leader(two_ridings: None) -> None:
    client, listed = chantal_with_list()
    contacting.door(listed)

    answer = client.post(reverse("lists:purge", args=[RIDING, listed.pk]))

    assert (answer.status_code, listed.doors.count()) == (303, 0)
    report = PurgeReport.objects.get()
    assert getattr(report.purged_by, "email", "") == "chantal@example.org"
    assert client.get(reverse("lists:edit", args=[RIDING, listed.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_index_asks_the_same_however_many_lists(
    two_ridings: None, count: int, django_assert_num_queries: Any
) -> None:
    client = visitor(CAST["chantal"])
    for _list in range(count):
        contacting.door(contacting.contact_list(Channel.DOOR))

    with django_assert_num_queries(7):
        client.get(reverse("lists:index", args=[RIDING]))


def test_organizers_see_numbers_in_admin_and_nobody(two_ridings: None) -> None:
    client = visitor(CAST["edith"])
    listed, batch = a_list(Channel.PHONE)
    for name in ("contactlist", "importbatch", "purgereport"):
        assert client.get(reverse(f"admin:volunteers_{name}_changelist")).status_code == 200

    page = client.get(reverse("admin:volunteers_importbatch_change", args=[batch.pk])).content.decode()

    assert ("file.csv" in page, "613-555" in page or "555012" in page) == (True, False)
    assert client.get(reverse("admin:volunteers_contactlist_change", args=[listed.pk])).status_code == 200


def test_organizers_move_and_delete_lists_in_admin(two_ridings: None) -> None:
    client = visitor(CAST["edith"])
    listed = contacting.contact_list(Channel.DOOR)
    contacting.door(listed)
    address = reverse("admin:volunteers_contactlist_changelist")

    client.post(address, {"action": "pause", "_selected_action": [listed.pk]})
    listed.refresh_from_db()
    paused = listed.state
    client.post(address, {"action": "purge", "_selected_action": [listed.pk]})

    listed.refresh_from_db()
    assert (paused, listed.state, listed.doors.count()) == (ListState.PAUSED, ListState.CLOSED, 0)


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        ("chantal", ["/volunteer/lists/35075/"]),
        ("oscar", ["/volunteer/lists/35075/"]),
        ("nora", ["/volunteer/lists/phone/"]),
        ("bruno", []),
    ],
)
def test_leaders_find_their_lists_from_their_account(
    two_ridings: None, who: str, addresses: list[str]
) -> None:
    text = visitor(CAST[who]).get(reverse("account_home")).content.decode()

    found = [path for path in ("/volunteer/lists/35075/", "/volunteer/lists/phone/") if path in text]
    assert found == addresses


@pytest.mark.parametrize(
    ("chosen", "kept"), [({}, Need.SWING), ({"least_need": "0"}, Need.ANY), ({"least_need": "9"}, None)]
)
def test_people_of_several_ridings_are_called_where_their_captain_says(
    two_ridings: None, chosen: dict[str, str], kept: Need | None
) -> None:
    client = visitor(CAST["nora"])

    answer = client.post(reverse("lists:make", args=[None]), {**SAID, **chosen})

    assert answer.status_code == (303 if kept is not None else 422)
    assert list(ContactList.objects.values_list("least_need", flat=True)) == (
        [kept] if kept is not None else []
    )
    if kept is not None:
        assert str(kept.label) in client.get(answer["Location"]).content.decode()
