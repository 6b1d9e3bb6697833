"""Scripts: drafted, published for good, retired; what was asked is never rewritten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from tests.volunteers import contacting
from tests.volunteers.contacting import NOON
from volunteers.enums import Channel, QuestionKind, ScriptPurpose
from volunteers.importers.first_scripts import install_scripts
from volunteers.models import (
    AttemptAnswer,
    CallingFacts,
    Script,
    ScriptOption,
    ScriptQuestion,
    ScriptVersion,
)
from volunteers.queries.scripts import conversation, draft_of
from volunteers.rules.scripts import Choice, Lacking, Problem, Step, content_hash
from volunteers.services.scripts import (
    ScriptRefused,
    draft_version,
    install_script,
    publish_version,
    retire_version,
    write_steps,
)

pytestmark = pytest.mark.django_db

OPENING = "{caller} for {organization}, {phone}"
NEVER = Choice("never", "Never", "Jamais", effect="dnc")
ASK = Step("ask", QuestionKind.ONE, "With us?", "Avec nous ?", (Choice("yes", "Yes", "Oui"), NEVER))


def facts(**fields: object) -> CallingFacts:
    return CallingFacts.objects.create(**{"number": "613-555-0100", "recorded_at": NOON, **fields})


def draft(purpose: ScriptPurpose = ScriptPurpose.PERSUASION, *steps: Step) -> ScriptVersion:
    script = Script.objects.create(name="Calls", channel=Channel.PHONE, purpose=purpose, created_at=NOON)
    version = draft_version(script=script, now=NOON)
    version.opening_en = version.opening_fr = OPENING
    version.save()
    write_steps(version=version, steps=steps or (ASK,))
    return version


def no_scripts() -> None:
    ScriptVersion.objects.all().delete()
    Script.objects.all().delete()


def published() -> ScriptVersion:
    facts()
    return publish_version(version=draft(), now=NOON)


def test_publishing_hashes_the_words_and_is_done_once() -> None:
    version = published()

    again = publish_version(version=version, now=NOON + timedelta(days=1))

    assert again.published_at == NOON
    assert again.content_hash == content_hash(draft_of(again)) != ""


def test_a_new_version_takes_the_place_of_the_former_one() -> None:
    first = published()
    second = draft_version(script=first.script, now=NOON, like=first)
    later = NOON + timedelta(hours=1)

    publish_version(version=second, now=later)

    first.refresh_from_db()
    assert (first.retired_at, second.version) == (later, 2)
    assert draft_of(second) == draft_of(first)


def test_retiring_leaves_no_version_in_use_and_happens_once() -> None:
    version = published()

    done = [retire_version(version=version, now=NOON + timedelta(hours=hour)) for hour in (1, 2)]

    version.refresh_from_db()
    assert (done, version.retired_at) == ([True, False], NOON + timedelta(hours=1))


def test_a_flawed_script_is_refused_with_every_flaw() -> None:
    version = draft(ScriptPurpose.PERSUASION, replace(ASK, text_en="Will you donate?"))

    with pytest.raises(ScriptRefused) as refused:
        publish_version(version=version, now=NOON)

    assert [finding.problem for finding in refused.value.findings] == [Problem.ASKS_FOR_MONEY]
    assert refused.value.lacking == (Lacking.NUMBER,)
    assert ScriptVersion.objects.get(pk=version.pk).published_at is None


def test_asking_for_money_needs_its_facts_on_record() -> None:
    version = draft(ScriptPurpose.SOLICITATION, replace(ASK, text_en="Will you donate?"))
    facts()

    with pytest.raises(ScriptRefused) as refused:
        publish_version(version=version, now=NOON)
    facts(registration="R-1", subscribed_until=NOON.date(), scrubbed_on=NOON.date())

    assert refused.value.lacking == (Lacking.REGISTRATION, Lacking.SUBSCRIPTION, Lacking.FRESH_SCRUB)
    assert publish_version(version=version, now=NOON).published_at == NOON


def ways_to_change(version: ScriptVersion) -> dict[str, Callable[[], object]]:
    question, option = version.questions.get(), ScriptOption.objects.get(question__version=version, key="yes")
    other = draft_version(script=version.script, now=NOON)
    return {
        "opening": lambda: ScriptVersion.objects.filter(pk=version.pk).update(opening_en="x"),
        "delete": version.delete,
        "question": lambda: ScriptQuestion.objects.filter(pk=question.pk).update(version=other),
        "add": lambda: ScriptQuestion.objects.create(version=version, key="n", kind="say"),
        "option": lambda: ScriptOption.objects.filter(pk=option.pk).update(label_en="x"),
        "option_away": option.delete,
        "reopen": lambda: ScriptVersion.objects.filter(pk=version.pk).update(published_at=None),
    }


@pytest.mark.parametrize(
    "change", ["opening", "delete", "question", "add", "option", "option_away", "reopen"]
)
def test_the_database_itself_keeps_what_was_published(change: str) -> None:
    version = published()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ways_to_change(version)[change]()

    assert draft_of(ScriptVersion.objects.get(pk=version.pk)).steps == (ASK,)


def test_a_question_with_answers_cannot_be_deleted_and_stays_in_reports() -> None:
    """Failure case 14."""
    version = contacting.script_version()
    question = version.questions.get(key="why")
    attempt = contacting.attempt(script_version=version)
    AttemptAnswer.objects.create(attempt=attempt, question=question, text="Because")

    with pytest.raises(ProtectedError):
        question.delete()
    retire_version(version=version, now=NOON)

    assert AttemptAnswer.objects.get().question == question


def test_an_attempt_keeps_its_version_when_the_script_is_edited() -> None:
    """Failure case 13; that the next claim gets the new version is tested with the claims."""
    first = contacting.script_version()
    facts()
    attempt = contacting.attempt(script_version=first)
    second = draft_version(script=first.script, now=NOON, like=first)
    second.opening_en = second.opening_fr = OPENING
    second.save()

    publish_version(version=second, now=NOON)

    attempt.refresh_from_db()
    assert (attempt.script_version, first.questions.count()) == (first, 2)


def test_the_conversation_says_who_calls() -> None:
    version = published()

    said = conversation(version, caller="Ana")

    assert said.opening.startswith("Ana for ")
    assert said.opening.endswith(", 613-555-0100")
    assert [(line.text, [answer.key for answer in line.answers]) for line in said.lines] == [
        ("With us?", ["yes", "never"])
    ]


def test_first_scripts_are_good_and_installed_once() -> None:
    facts()
    no_scripts()

    assert [install_scripts(), install_scripts()] == ["Scripts set up: 2.", "Scripts were there."]
    for version in ScriptVersion.objects.order_by("pk"):
        assert publish_version(version=version, now=NOON).published_at == NOON


def test_one_channel_alone_is_filled() -> None:
    no_scripts()
    row = {
        "name": "X",
        "channel": "door",
        "purpose": "survey",
        "opening_en": "",
        "opening_fr": "",
        "steps": [],
    }

    assert [install_script(row=row, now=NOON), install_script(row=row, now=NOON)] == [True, False]


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_leave_one_version_in_use() -> None:
    facts()
    script = draft().script
    versions = [script.versions.get(), draft_version(script=script, now=NOON, like=script.versions.get())]

    def publish(version: ScriptVersion) -> None:
        try:
            publish_version(version=version, now=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(publish, versions))

    published = script.versions.filter(published_at__isnull=False)
    assert (published.filter(retired_at__isnull=True).count(), published.count()) == (1, 2)
