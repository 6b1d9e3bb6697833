"""Importing contacts by command: says what it did, or why nothing was changed."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.volunteers import contacting, imports
from volunteers.enums import Channel
from volunteers.models import ContactList, ImportBatch

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def people(no_country: None) -> ContactList:
    imports.country()
    return contacting.contact_list(Channel.PHONE)


def run(
    people: ContactList, folder: Path, *lines: str, head: str = imports.PERSON_HEAD, **options: Any
) -> str:
    path = folder / "people.csv"
    path.write_bytes(imports.table(head, lines))
    out = StringIO()
    call_command("import_contacts", str(path), pk=people.pk, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_file_is_imported(people: ContactList, tmp_path: Path) -> None:
    said = run(people, tmp_path, imports.person_line())

    assert said.splitlines() == [
        "1 rows: 1 new, 0 changed, 0 there already, 0 left out; 0 not to be contacted.",
        f"Imported into list {people.pk}.",
    ]
    assert people.contacts.count() == 1


def test_a_dry_run_changes_nothing(people: ContactList, tmp_path: Path) -> None:
    said = run(people, tmp_path, imports.person_line(), imports.person_line("555"), dry_run=True)

    assert said.splitlines()[0].startswith("2 rows: 1 new, 0 changed, 0 there already, 1 left out")
    assert said.splitlines()[1].startswith("line 3: This is no phone number")
    assert (people.contacts.count(), ImportBatch.objects.get().content) == (0, None)


def test_bad_rows_stop_it_unless_they_may_be_left_out(people: ContactList, tmp_path: Path) -> None:
    lines = (imports.person_line(), imports.person_line("555"))
    with pytest.raises(CommandError, match="Nothing was changed"):
        run(people, tmp_path, *lines)
    before = people.contacts.count()

    run(people, tmp_path, *lines, leave_out_bad=True)

    assert (before, people.contacts.count()) == (0, 1)


def test_columns_are_named(people: ContactList, tmp_path: Path) -> None:
    head, line = "who,how,where", f"Ann,613-555-0123,{contacting.RIDING}"
    with pytest.raises(CommandError, match="Columns are missing: phone; riding or postal_code"):
        run(people, tmp_path, line, head=head)
    with pytest.raises(CommandError, match="WHAT=NAME"):
        run(people, tmp_path, line, head=head, column=["phone=nowhere"])

    run(people, tmp_path, line, head=head, column=["phone=how", "riding=where", "name=who"])

    assert people.contacts.get().name == "Ann"
    assert ImportBatch.objects.exclude(content=None).count() == 0


def test_what_cannot_be_read_is_said(people: ContactList, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_contacts", str(tmp_path / "none.csv"), pk=people.pk)
    with pytest.raises(CommandError, match="There is no list 0"):
        call_command("import_contacts", str(tmp_path / "none.csv"), pk=0)
    with pytest.raises(CommandError, match="Only one column"):
        run(people, tmp_path, "613", head="phone")
