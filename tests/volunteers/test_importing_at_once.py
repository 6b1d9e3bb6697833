"""Several workers and people at one file."""

import threading

import pytest
from django.db import connection, transaction

from ridings.models import Riding
from tests.volunteers import contacting, imports
from tests.volunteers.imports import at_once, counts, person_line, table
from volunteers.enums import Channel
from volunteers.models import ImportBatch
from volunteers.services.importing import ImportUnderWay, drop_import, run_next_import, start_import

NOON = contacting.NOON


@pytest.mark.django_db(transaction=True)
def test_two_workers_import_a_file_once() -> None:
    if not Riding.objects.filter(number=contacting.RIDING).exists():
        imports.country()
    people = contacting.contact_list(Channel.PHONE)
    content = table(imports.PERSON_HEAD, (person_line(f"613-555-{n:04}", f"P{n}") for n in range(3000)))
    first, second = (imports.checked(people, content) for _file in range(2))
    for batch in (first, second):
        start_import(batch_id=batch.pk)

    raised = at_once(*[lambda: run_next_import(clock=lambda: NOON)] * 4)
    while run_next_import(clock=lambda: NOON):
        pass

    found = sorted(counts(batch) for batch in ImportBatch.objects.order_by("pk"))
    assert (raised, people.contacts.count()) == ([], 3000)
    assert found == [(0, 0, 3000, 0, 0), (3000, 0, 0, 0, 0)]


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_has_in_hand_is_nobody_elses() -> None:
    people = contacting.contact_list(Channel.PHONE)
    batch = ImportBatch.objects.create(contact_list=people, content=b"", uploaded_at=NOON, state="checked")
    taken, go = threading.Event(), threading.Event()

    def worker() -> None:
        with transaction.atomic():
            ImportBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
            taken.set()
            go.wait(10)
        connection.close()

    thread = threading.Thread(target=worker)
    thread.start()
    assert taken.wait(10)
    try:
        with pytest.raises(ImportUnderWay):
            drop_import(batch_id=batch.pk, now=NOON)
    finally:
        go.set()
        thread.join(10)
