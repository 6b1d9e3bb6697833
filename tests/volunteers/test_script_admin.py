"""Organizers write, look through and publish scripts; and take the register away."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from supporters.models import ExportLog, User
from tests.volunteers import calling, contacting
from tests.volunteers.contacting import NOON
from volunteers.enums import Channel, QuestionKind, ScriptPurpose
from volunteers.models import (
    CallingFacts,
    ElectionPeriod,
    RegistryFiling,
    Script,
    ScriptQuestion,
    ScriptVersion,
)
from volunteers.queries.scripts import draft_of
from volunteers.rules.scripts import Choice, Step
from volunteers.services.registry import sweep_registry

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

ADD = "admin:volunteers_scriptversion_add"
LIST = "admin:volunteers_scriptversion_changelist"
OPENING = "{caller}, {organization}, {phone}"


@pytest.fixture
def script() -> Script:
    return Script.objects.create(
        name="Calls", channel=Channel.PHONE, purpose=ScriptPurpose.PERSUASION, created_at=NOON
    )


def typed(script: Script, **fields: object) -> dict[str, object]:
    """Fill in the form of a version: one question with two answers."""
    given = {
        "script": script.pk, "opening_en": OPENING, "opening_fr": OPENING,
        "questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 0,
        "questions-0-key": "ask", "questions-0-display_order": 10, "questions-0-kind": QuestionKind.ONE,
        "questions-0-text_en": "With us?", "questions-0-text_fr": "Avec nous ?",
        "questions-0-answers-label_en": ["Yes", "Never", ""],
        "questions-0-answers-label_fr": ["Oui", "Jamais", ""],
        "questions-0-answers-effect": ["success", "dnc", ""],
        "questions-0-answers-leads_to": ["", "", ""],
        "questions-0-answers-key": ["", "no-more", ""],
    }  # fmt: skip
    return {**given, **fields}


def act(client: Client, action: str, version: ScriptVersion) -> str:
    answer = client.post(reverse(LIST), {"action": action, "_selected_action": version.pk}, follow=True)
    return answer.content.decode()


def test_a_version_is_written_with_its_answers(organizer_client: Client, script: Script) -> None:
    answer = organizer_client.post(reverse(ADD), typed(script))

    assert answer.status_code == 302
    version = script.versions.get()
    assert version.version == 1
    assert draft_of(version).steps == (
        Step("ask", "one", "With us?", "Avec nous ?", (
            Choice("yes", "Yes", "Oui", "success"), Choice("no-more", "Never", "Jamais", "dnc"),
        )),
    )  # fmt: skip


def test_a_draft_is_changed_in_place(organizer_client: Client, script: Script) -> None:
    organizer_client.post(reverse(ADD), typed(script))
    version, question = script.versions.get(), ScriptQuestion.objects.get(version__script=script)
    change = reverse("admin:volunteers_scriptversion_change", args=[version.pk])
    assert "no-more" in organizer_client.get(change).content.decode()

    organizer_client.post(
        change,
        typed(script, **{
            "questions-INITIAL_FORMS": 1, "questions-0-id": question.pk, "questions-0-version": version.pk,
            "questions-0-answers-label_en": ["Of course", "Never", ""],
        }),
    )  # fmt: skip

    assert [choice.label_en for choice in draft_of(version).steps[0].choices] == ["Of course", "Never"]


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("label_fr", ["", "Jamais", ""], "in English and in French"),
        ("label_en", ["y" * 121, "Never", ""], "120 characters"),
        ("effect", ["explode", "dnc", ""], "from the list"),
    ],
)
def test_answers_that_cannot_be_read_keep_what_was_typed(
    organizer_client: Client, script: Script, column: str, value: list[str], sentence: str
) -> None:
    page = organizer_client.post(reverse(ADD), typed(script, **{f"questions-0-answers-{column}": value}))

    text = page.content.decode()
    assert (page.status_code, sentence in text, "Jamais" in text) == (200, True, True)
    assert script.versions.count() == 0


def test_publishing_names_every_obstacle_then_works_for_good(
    organizer_client: Client, script: Script
) -> None:
    organizer_client.post(reverse(ADD), typed(script, opening_en="Hello"))
    version = script.versions.get()
    refused = act(organizer_client, "publish", version)
    assert [words in refused for words in ("The opening has to say {caller}", "a number at which")] == [
        True
    ] * 2

    CallingFacts.objects.create(number="613-555-0100", recorded_at=NOON)
    ScriptVersion.objects.update(opening_en=OPENING)
    act(organizer_client, "publish", version)

    version.refresh_from_db()
    assert version.published_at is not None
    change = reverse("admin:volunteers_scriptversion_change", args=[version.pk])
    assert organizer_client.post(change, typed(script, opening_en="New")).status_code == 403
    delete = reverse("admin:volunteers_scriptversion_delete", args=[version.pk])
    assert organizer_client.post(delete, {"post": "yes"}).status_code == 403


def test_a_published_version_is_copied_and_retired(organizer_client: Client) -> None:
    version = contacting.script_version()

    act(organizer_client, "duplicate", version)
    act(organizer_client, "retire", version)

    version.refresh_from_db()
    copy = version.script.versions.get(version=2)
    assert (version.retired_at is not None, copy.published_at) == (True, None)
    assert draft_of(copy) == draft_of(version)


def test_the_preview_follows_the_answers(organizer_client: Client) -> None:
    version = contacting.script_version()
    path = reverse("admin:volunteers_scriptversion_preview", args=[version.pk])
    hidden = 'data-line="why" data-kind="text" hidden'

    pages = [organizer_client.get(path, query).content.decode() for query in ({}, {"answer_support": "yes"})]

    assert [hidden in page for page in pages] == [True, False]
    assert "The opening has to say {caller}" in pages[0]
    assert Client().get(path).status_code == 302


def test_facts_are_added_to_and_begin_with_what_holds(organizer_client: Client, organizer: User) -> None:
    add = reverse("admin:volunteers_callingfacts_add")
    organizer_client.post(add, {"number": "613-555-0100", "registration": "R-1"})

    row = CallingFacts.objects.get()
    assert (row.recorded_by, row.registration) == (organizer, "R-1")
    assert "(613) 555-0100" in organizer_client.get(add).content.decode()
    change = reverse("admin:volunteers_callingfacts_change", args=[row.pk])
    assert organizer_client.post(change, {"number": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "kept"), [("12", None), ("+33 1 42 68 53 00", None), ("1-800-463-6868", "(800) 463-6868")]
)
def test_the_number_to_reach_us_has_to_ring_in_this_country(
    organizer_client: Client, typed: str, kept: str | None
) -> None:
    answer = organizer_client.post(reverse("admin:volunteers_callingfacts_add"), {"number": typed})

    assert answer.status_code == (302 if kept else 200)
    assert list(CallingFacts.objects.values_list("number", flat=True)) == ([kept] if kept else [])


@pytest.fixture
def filing(noon: None) -> RegistryFiling:
    """A period with one call in it."""
    ElectionPeriod.objects.create(
        name="46th", begins_on=NOON.date(), polling_on=NOON.date() + timedelta(days=37)
    )
    contacting.contact(calling.phone_list())
    calling.call(calling.caller())
    sweep_registry(now=NOON)
    return RegistryFiling.objects.get()


def test_a_filing_is_recorded_whole_or_not(organizer_client: Client, filing: RegistryFiling) -> None:
    change = reverse("admin:volunteers_registryfiling_change", args=[filing.pk])
    assert "file by" in organizer_client.get(reverse("admin:index")).content.decode()

    half = organizer_client.post(change, {"filed_on": "2026-11-25", "number": "N-1", "representative": ""})
    done = organizer_client.post(change, {"filed_on": "2026-11-25", "number": "N-1", "representative": "Ana"})

    assert (half.status_code, done.status_code) == (200, 302)
    filing.refresh_from_db()
    assert (filing.number, filing.filed_on) == ("N-1", NOON.date())
    assert "file by" not in organizer_client.get(reverse("admin:index")).content.decode()


def test_the_register_leaves_as_one_file_and_is_noted(
    organizer_client: Client, filing: RegistryFiling
) -> None:
    path = reverse("admin:volunteers_registryfiling_bundle", args=[filing.pk])
    assert organizer_client.get(path).status_code == 405

    answer = organizer_client.post(path)

    with ZipFile(BytesIO(b"".join(answer))) as archive:
        version = ScriptVersion.objects.get(published_at__isnull=False)
        text = archive.read(f"script-{version.script_id}-version-1.txt").decode()
        numbers = archive.read("numbers.csv").decode().splitlines()
        scripts = archive.read("scripts.csv").decode().splitlines()
    assert ("With us?" in text, "Avec nous ?" in text) == (True, True)
    assert numbers[1:] == [f"2026-11-25,'+16135550123,{contacting.RIDING},{version.script_id},1"]
    assert len(scripts) == 2
    log = ExportLog.objects.get()
    assert (log.what, log.kind, log.done_at is not None) == ("volunteers.register", "zip", True)


def test_only_organizers_take_the_register(filing: RegistryFiling) -> None:
    client = Client()
    client.force_login(contacting.volunteer("nora@example.org"))

    answer = client.post(reverse("admin:volunteers_registryfiling_bundle", args=[filing.pk]))

    assert (answer.status_code, ExportLog.objects.count()) == (302, 0)


def test_organizers_see_the_board_with_every_list(organizer_client: Client, filing: RegistryFiling) -> None:
    calling.phone_list(name="Of a riding", riding_number=contacting.RIDING)

    page = organizer_client.get(reverse("admin:volunteers_helprequest_board")).content.decode()

    assert ("1 caller now" in page, "Of a riding" in page) == (True, True)
