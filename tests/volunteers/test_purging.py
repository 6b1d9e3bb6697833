"""What is deleted of a list, and what stays."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from campaign.models import OrganizerAlert
from ridings.models import Riding
from tests.volunteers import contacting, imports
from tests.volunteers.imports import at_once
from volunteers.enums import Channel, ListState, Outcome, SuppressedThing, SuppressionSource
from volunteers.models import (
    Attempt,
    AttemptAnswer,
    Contact,
    ContactList,
    Door,
    ImportBatch,
    Lease,
    PurgeReport,
    Suppression,
)
from volunteers.services.attempts import Report, Said, write_attempt
from volunteers.services.importing import run_import, start_import, upload_file
from volunteers.services.importing.batches import Upload
from volunteers.services.purging import purge_due_lists, purge_list
from volunteers.services.suppression import Refusal, suppress

pytestmark = [pytest.mark.django_db]
NOON = contacting.NOON


def visited(contact_list: ContactList) -> Attempt:
    """Make a door and a visit with a note, a chosen answer and one in words."""
    door = contacting.door(contact_list)
    contacting.turf(contact_list, contacting.team(), door)
    answers = (Said("support", "yes"), Said("why", text="Because of the river"))
    report = Report(
        uuid4(), contacting.volunteer(), contacting.RIDING, Outcome.ANSWERED, NOON, door=door, answers=answers,
        note="Ann was friendly", script_version=contacting.script_version(Channel.DOOR),
    )  # fmt: skip
    return write_attempt(report=report, now=NOON).attempt


def report_of(contact_list: ContactList) -> Any:
    return PurgeReport.objects.get(contact_list=contact_list)


def test_words_go_and_counts_stay() -> None:
    doors = contacting.contact_list(Channel.DOOR, name="Elm")
    attempt = visited(doors)

    purge_list(contact_list=doors, by=None, now=NOON)

    attempt.refresh_from_db()
    answer = AttemptAnswer.objects.get()
    report = report_of(doors)
    assert (attempt.note, attempt.door, attempt.outcome, attempt.is_success) == ("", None, "answered", True)
    assert (answer.option and answer.option.key, answer.text) == ("yes", "")
    assert (report.door_count, report.contact_count, report.note_count, report.answer_count) == (1, 0, 1, 1)
    assert (report.list_name, report.riding_number, report.purged_at) == ("Elm", contacting.RIDING, NOON)


def test_people_and_their_calls_go_and_who_wants_no_contact_stays_known() -> None:
    people = contacting.contact_list(Channel.PHONE)
    contact = contacting.contact(people)
    Lease.objects.create(
        contact=contact, caller=contacting.volunteer(), phone_digest="a", household_key="b", issued_at=NOON,
        heartbeat_at=NOON, expires_at=NOON + timedelta(hours=1),
    )  # fmt: skip
    refusal = Refusal({SuppressedThing.PHONE: contact.phone_digest}, SuppressionSource.CALL, NOON)
    suppress(refusal=refusal, now=NOON)

    purge_list(contact_list=people, by=None, now=NOON)

    assert (Contact.objects.count(), Lease.objects.count(), Suppression.objects.count()) == (0, 0, 1)
    people.refresh_from_db()
    assert (people.state, people.purged_at) == (ListState.CLOSED, NOON)


def test_files_that_wait_go_too() -> None:
    people = contacting.contact_list(Channel.PHONE)
    content = imports.table(imports.PERSON_HEAD, [imports.person_line()])
    batch = upload_file(contact_list=people, upload=Upload("f", content), by=None, now=NOON)

    purge_list(contact_list=people, by=None, now=NOON)

    batch.refresh_from_db()
    assert (batch.state, batch.content) == ("dropped", None)
    assert ImportBatch.objects.count() == 1


def test_other_lists_keep_what_they_hold() -> None:
    purged, kept = (contacting.contact_list(Channel.DOOR) for _list in range(2))
    contacting.door(purged)
    attempt = visited(kept)

    purge_list(contact_list=purged, by=None, now=NOON)

    attempt.refresh_from_db()
    assert (Door.objects.get().contact_list, attempt.note) == (kept, "Ann was friendly")


def test_a_list_is_deleted_once() -> None:
    doors = contacting.contact_list(Channel.DOOR)
    user = contacting.volunteer()

    first = purge_list(contact_list=doors, by=user, now=NOON)
    second = purge_list(contact_list=doors, by=user, now=NOON)

    assert (first and first.purged_by, second) == (user, None)
    assert PurgeReport.objects.count() == 1
    assert OrganizerAlert.objects.filter(key__startswith="volunteers.purge:").count() == 1


def test_the_daily_job_takes_what_is_due() -> None:
    today = NOON.date()
    due = contacting.contact_list(Channel.DOOR, purge_on=today)
    contacting.contact_list(Channel.DOOR, purge_on=today + timedelta(days=1))

    assert purge_due_lists(clock=lambda: NOON) == 1
    assert purge_due_lists(clock=lambda: NOON) == 0
    assert list(ContactList.objects.filter(purged_at__isnull=False)) == [due]


@pytest.mark.django_db(transaction=True)
def test_an_import_under_way_is_waited_for_and_goes_too() -> None:
    if not Riding.objects.filter(number=contacting.RIDING).exists():
        imports.country()
    people = contacting.contact_list(Channel.PHONE)
    lines = [imports.person_line(f"613-555-{n:04}", f"P{n}") for n in range(3000)]
    batch = imports.checked(people, imports.table(imports.PERSON_HEAD, lines))
    start_import(batch_id=batch.pk)

    raised = at_once(
        lambda: run_import(batch_id=batch.pk, now=NOON),
        lambda: purge_list(contact_list=people, by=None, now=NOON),
    )

    batch.refresh_from_db()
    assert (raised, people.contacts.count(), batch.content) == ([], 0, None)
    assert PurgeReport.objects.count() == 1
