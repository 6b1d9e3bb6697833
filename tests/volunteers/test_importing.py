"""A file becomes rows of a list: wholly, once, and never against a voter's wish."""

from datetime import timedelta
from typing import Any

import pytest

from campaign.models import OrganizerAlert
from coop4canada.kit.signing import keyed_hash
from ridings.models import PostalCode, Riding
from tests.volunteers import contacting, imports
from tests.volunteers.imports import counts, door_line, imported, person_line, table
from volunteers.enums import Channel, ContactState, ListState, SuppressedThing, SuppressionSource
from volunteers.enums.importing import FileFault, ImportState, RowFault
from volunteers.models import Contact, ContactList, Door, ImportBatch, Suppression
from volunteers.rules.contact_files import BadFile
from volunteers.services.importing import (
    ListClosed,
    drop_import,
    forget_uploads,
    run_import,
    run_next_import,
    start_import,
    upload_file,
)
from volunteers.services.importing.batches import Upload
from volunteers.services.importing.people import PersonTaker
from volunteers.services.suppression import Refusal, lift_suppression, suppress

pytestmark = [pytest.mark.django_db]
NOON = contacting.NOON


@pytest.fixture
def two_ridings(no_country: None) -> None:
    imports.country()


@pytest.fixture
def doors(two_ridings: None) -> ContactList:
    return contacting.contact_list(Channel.DOOR)


@pytest.fixture
def people(two_ridings: None) -> ContactList:
    return contacting.contact_list(Channel.PHONE)


def people_file(*lines: str) -> bytes:
    return table(imports.PERSON_HEAD, lines)


def door_file(*lines: str) -> bytes:
    return table(imports.DOOR_HEAD, lines)


def never(thing: SuppressedThing, digest: str) -> None:
    suppress(refusal=Refusal({thing: digest}, SuppressionSource.WRITTEN, NOON), now=NOON)


def everything(of: ContactList) -> list[Any]:
    return [*of.doors.order_by("pk").values(), *of.contacts.order_by("pk").values()]


def test_doors_come_in_with_all_that_the_file_says(doors: ContactList) -> None:
    batch = imported(doors, door_file(door_line(12, "Main Street", "s1", code="K1A 0B1", unit="4")))

    door = doors.doors.get()
    assert counts(batch) == (1, 0, 0, 0, 0)
    assert (batch.state, batch.content) == (ImportState.DONE, None)
    assert (door.line, door.street_key, door.postal_code, door.source_id) == (
        "12 Main Street #4",
        "main st",
        "K1A0B1",
        "s1",
    )
    assert (door.latitude, door.longitude, door.turf, door.last_outcome) == (45.4, -75.7, None, "")


def test_a_door_outside_the_riding_is_left_out_by_its_line(doors: ContactList) -> None:
    far = door_line(2, latitude=49.5, longitude=-123.5)

    batch = imported(doors, door_file(door_line(1), far, door_line("x")))  # type: ignore[arg-type]

    assert counts(batch) == (1, 0, 0, 2, 0)
    assert batch.bad_rows == [[3, RowFault.OUTSIDE, "49.5, -123.5"], [4, RowFault.NUMBER, "x"]]


def test_people_get_riding_and_clock(people: ContactList) -> None:
    batch = imported(people, people_file(person_line(riding="Riding 59003", name="Zoé")))

    contact = people.contacts.get()
    assert counts(batch) == (1, 0, 0, 0, 0)
    assert (contact.phone, contact.phone_digest) == ("+16135550123", keyed_hash("+16135550123"))
    assert (contact.riding_number, contact.zone, contact.zone_source) == (
        59003,
        "America/Vancouver",
        "riding",
    )
    assert (contact.state, contact.next_at, contact.priority) == (ContactState.READY, NOON, 0)


@pytest.mark.parametrize(
    ("shares", "code", "fault"),
    [
        ({35075: 1.0}, "K1A 0B1", None),
        ({35075: 0.99, 59003: 0.01}, "K1A 0B1", None),
        ({35075: 0.6, 59003: 0.4}, "K1A 0B1", RowFault.SEVERAL),
        ({}, "K1A 0B1", RowFault.UNKNOWN_CODE),
        ({}, "", RowFault.WHERE),
    ],
)
def test_a_postal_code_tells_the_riding_or_the_row_is_left_out(
    people: ContactList, shares: dict[int, float], code: str, fault: RowFault | None
) -> None:
    for number, share in shares.items():
        PostalCode.objects.create(code="K1A0B1", riding=Riding.objects.get(number=number), share=share)

    batch = imported(people, people_file(person_line(riding="", code=code)))

    assert [row[1] for row in batch.bad_rows] == ([fault] if fault else [])
    assert list(people.contacts.values_list("riding_number", flat=True)) == ([] if fault else [35075])


def test_a_list_of_one_riding_takes_nobody_else(no_country: None) -> None:
    imports.country()
    people = contacting.contact_list(Channel.PHONE, riding_number=35075)

    batch = imported(people, people_file(person_line(riding=""), person_line("613-555-0124", riding=59003)))

    assert counts(batch) == (1, 0, 0, 1, 0)
    assert batch.bad_rows == [[3, RowFault.OUTSIDE, "59003"]]


def test_the_same_file_again_changes_nothing(people: ContactList) -> None:
    content = people_file(
        person_line(source="1", number=3, street="Main St", city="Ottawa"),
        person_line(name="Bob", number=5, street="Elm St", city="Ottawa"),
        person_line("613-555-0199", "Cy"),
    )
    imported(people, content)
    before = everything(people)

    again = imported(people, content)

    assert (counts(again), everything(people)) == ((0, 0, 3, 0, 0), before)


def test_the_same_doors_again_change_nothing(doors: ContactList) -> None:
    content = door_file(door_line(1, source="1"), door_line(2), door_line(3, "12th Avenue East"))
    imported(doors, content)
    before = everything(doors)

    again = imported(doors, content.replace(b"12th Avenue East", b"12th Avenue East"))

    assert (counts(again), everything(doors)) == ((0, 0, 3, 0, 0), before)


def test_who_is_known_by_number_or_by_phone_and_name_is_changed(people: ContactList) -> None:
    imported(people, people_file(person_line(source="1"), person_line("613-555-0124", "Bob")))
    keys = list(people.contacts.order_by("pk").values_list("pk", flat=True))
    moved = person_line("613-555-0999", "Ann B.", "1", language="fr")

    again = imported(people, people_file(moved, person_line("613-555-0124", "Bob", "2", riding=59003)))

    assert counts(again) == (0, 2, 0, 0, 0)
    fields = ("pk", "name", "phone", "language", "source_id", "riding_number", "zone")
    assert list(people.contacts.order_by("pk").values_list(*fields)) == [
        (keys[0], "Ann B.", "+16135550999", "fr", "1", 35075, "America/Toronto"),
        (keys[1], "Bob", "+16135550124", "en", "2", 59003, "America/Vancouver"),
    ]


def test_a_door_that_is_there_stays_in_its_turf(doors: ContactList) -> None:
    imported(doors, door_file(door_line(1, source="1")))
    turf = contacting.turf(doors, contacting.team(), doors.doors.get())

    again = imported(doors, door_file(door_line(1, "Main Street", "1", latitude=45.5)))

    door = doors.doors.get()
    assert counts(again) == (0, 1, 0, 0, 0)
    assert (door.turf, door.walk_position, door.latitude, door.street) == (turf, 1, 45.5, "Main Street")


def test_what_stands_twice_in_the_file_or_under_another_number_is_left_out(people: ContactList) -> None:
    imported(people, people_file(person_line(source="1"), person_line("613-555-0124", "Bob", "2")))

    again = imported(
        people,
        people_file(
            person_line("613-555-0124", "Bob", "1"),  # Bob's number and name under Ann's source
            person_line("613-555-0150", "Cy"),
            person_line("613-555-0150", "Cy"),
            person_line("613-555-0151", "Di", "3"),
            person_line("613-555-0152", "Ed", "3"),
        ),
    )

    assert counts(again) == (2, 0, 0, 3, 0)
    assert [row[:2] for row in again.bad_rows] == [
        [2, RowFault.TAKEN],
        [4, RowFault.TWICE],
        [6, RowFault.TWICE],
    ]


def test_one_number_is_one_household(people: ContactList) -> None:
    at_home: dict[str, Any] = {"number": 3, "street": "Main St", "city": "Ottawa"}
    imported(
        people,
        people_file(
            person_line(name="Ann", **at_home),
            person_line(name="Bob"),
            person_line("613-555-0124", "Cy", **at_home),
            person_line("613-555-0125", "Di"),
        ),
    )

    ann, bob, cy, di = people.contacts.order_by("pk").values_list("household_key", flat=True)
    assert (ann == bob == cy, di) == (True, keyed_hash("+16135550125"))


def test_who_wants_no_contact_comes_in_as_such(people: ContactList) -> None:
    never(SuppressedThing.PHONE, keyed_hash("+16135550123"))
    content = people_file(person_line(), person_line("613-555-0124", "Bob"))

    batch = imported(people, content)

    assert counts(batch) == (2, 0, 0, 0, 1)
    states = list(people.contacts.order_by("pk").values_list("state", flat=True))
    assert states == [ContactState.SUPPRESSED, ContactState.READY]


def test_an_address_that_wants_no_contact_comes_in_as_such(doors: ContactList, people: ContactList) -> None:
    imported(doors, door_file(door_line(1)))
    never(SuppressedThing.ADDRESS, doors.doors.get().address_digest)
    Door.objects.all().delete()

    imported(doors, door_file(door_line(1), door_line(2)))
    imported(people, people_file(person_line(number=1, street="Main Street", city="Ottawa")))

    assert list(doors.doors.order_by("number").values_list("suppressed_at", flat=True)) == [NOON, None]
    assert people.contacts.get().state == ContactState.SUPPRESSED


def test_a_wish_that_was_lifted_ends_with_a_new_import(people: ContactList) -> None:
    never(SuppressedThing.PHONE, keyed_hash("+16135550123"))
    imported(people, people_file(person_line()))
    lift_suppression(
        suppression=Suppression.objects.get(), note="Asked us", by=contacting.volunteer(), now=NOON
    )

    again = imported(people, people_file(person_line()))

    assert (counts(again), people.contacts.get().state) == ((0, 1, 0, 0, 0), ContactState.READY)


def test_a_wish_uttered_while_the_import_runs_is_heard(
    people: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = PersonTaker.take

    def take_and_refuse(self: PersonTaker, *args: Any, **kwargs: Any) -> Any:
        tally = take(self, *args, **kwargs)
        row = {"thing": SuppressedThing.PHONE, "digest": keyed_hash("+16135550123"), "source": "written"}
        Suppression.objects.get_or_create(**row, defaults={"said_at": NOON, "recorded_at": NOON})
        return tally

    monkeypatch.setattr(PersonTaker, "take", take_and_refuse)

    imported(people, people_file(person_line()))

    assert people.contacts.get().state == ContactState.SUPPRESSED


def test_checking_writes_nothing(people: ContactList) -> None:
    batch = imports.checked(people, people_file(person_line(), person_line("555")))

    assert (batch.state, counts(batch), everything(people)) == (ImportState.CHECKED, (1, 0, 0, 1, 0), [])


def test_nothing_is_half_imported_when_it_breaks_off(
    people: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = people_file(*(person_line(f"613-555-{n:04}", f"P{n}") for n in range(2500)))
    batch = imports.checked(people, content)
    start_import(batch_id=batch.pk)
    monkeypatch.setattr(PersonTaker, "_write_changes", lambda _self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run_import(batch_id=batch.pk, now=NOON)

    batch.refresh_from_db()
    assert (batch.state, batch.content is None, people.contacts.count()) == (ImportState.IMPORTING, False, 0)
    monkeypatch.undo()
    run_import(batch_id=batch.pk, now=NOON)
    assert people.contacts.count() == 2500


def test_an_import_that_breaks_off_three_times_is_given_up(
    people: ContactList, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = imports.checked(people, people_file(person_line()))
    start_import(batch_id=batch.pk)
    monkeypatch.setattr(PersonTaker, "take", lambda *_args, **_kwargs: 1 / 0)
    for _time in range(3):
        with pytest.raises(ZeroDivisionError):
            run_next_import(clock=lambda: NOON)

    assert run_next_import(clock=lambda: NOON)

    batch.refresh_from_db()
    assert (batch.state, batch.fault, batch.content) == (ImportState.FAILED, FileFault.BROKE_OFF, None)
    assert OrganizerAlert.objects.filter(key=f"volunteers.import:{batch.pk}").count() == 1
    assert not run_next_import(clock=lambda: NOON)


def test_without_boundaries_doors_are_refused(no_country: None) -> None:
    doors = contacting.contact_list(Channel.DOOR)

    batch = imports.checked(doors, door_file(door_line(1)))

    assert (batch.state, batch.fault) == (ImportState.FAILED, FileFault.NO_BOUNDARIES)


def test_a_file_that_is_none_leaves_nothing(people: ContactList) -> None:
    with pytest.raises(BadFile):
        upload_file(contact_list=people, upload=Upload("x", b"a,b\n\x00,1\n"), by=None, now=NOON)

    assert ImportBatch.objects.count() == 0


def test_nothing_goes_into_a_closed_list(people: ContactList) -> None:
    batch = imports.checked(people, people_file(person_line()))
    start_import(batch_id=batch.pk)
    ContactList.objects.update(state=ListState.CLOSED)
    people.refresh_from_db()

    run_import(batch_id=batch.pk, now=NOON)

    batch.refresh_from_db()
    assert (batch.state, Contact.objects.count()) == (ImportState.DROPPED, 0)
    with pytest.raises(ListClosed):
        upload_file(contact_list=people, upload=Upload("x", people_file(person_line())), by=None, now=NOON)


def test_a_file_is_dropped(people: ContactList) -> None:
    batch = imports.checked(people, people_file(person_line()))

    drop_import(batch_id=batch.pk, now=NOON)
    start_import(batch_id=batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.content) == (ImportState.DROPPED, None)


def test_files_go_after_a_day(people: ContactList) -> None:
    waiting = imports.checked(people, people_file(person_line()))
    done = imported(people, people_file(person_line(), person_line("555")))

    assert forget_uploads(now=NOON + timedelta(hours=23)) == 0
    assert forget_uploads(now=NOON + timedelta(hours=25)) == 2

    rows = ImportBatch.objects.order_by("pk").values_list("pk", "state", "content", "bad_rows", "bad_count")
    assert list(rows) == [(waiting.pk, "dropped", None, [], 0), (done.pk, "done", None, [], 1)]
    assert forget_uploads(now=NOON + timedelta(hours=26)) == 0
