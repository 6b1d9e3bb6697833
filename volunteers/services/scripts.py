"""Writing scripts, publishing them for good, taking them out of use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from volunteers.models import Script, ScriptOption, ScriptQuestion, ScriptVersion
from volunteers.queries.scripts import draft_of, facts_on_record
from volunteers.rules.scripts import Choice, Finding, Lacking, Step, content_hash, facts_lacking, review


class ScriptRefused(Exception):
    """The script may not be used as it is."""

    def __init__(self, findings: tuple[Finding, ...], lacking: tuple[Lacking, ...]) -> None:
        super().__init__(*findings, *lacking)
        self.findings, self.lacking = findings, lacking


@transaction.atomic
def draft_version(*, script: Script, now: datetime, like: ScriptVersion | None = None) -> ScriptVersion:
    """Begin the next version of a script: a copy of one of its versions, else empty."""
    # Two who begin at once get one number each.
    Script.objects.select_for_update(of=("self",), no_key=True).get(pk=script.pk)
    latest = script.versions.aggregate(latest=Max("version"))["latest"] or 0
    version = ScriptVersion.objects.create(
        script=script,
        version=latest + 1,
        opening_en=like.opening_en if like else "",
        opening_fr=like.opening_fr if like else "",
        created_at=now,
    )
    if like:
        write_steps(version=version, steps=draft_of(like).steps)
    return version


@transaction.atomic
def write_steps(*, version: ScriptVersion, steps: tuple[Step, ...]) -> None:
    """Let a draft consist of these steps and no others."""
    version.questions.all().delete()
    for place, step in enumerate(steps, start=1):
        question = ScriptQuestion.objects.create(
            version=version,
            key=step.key,
            display_order=place * 10,
            kind=step.kind,
            text_en=step.text_en,
            text_fr=step.text_fr,
        )
        write_choices(question=question, choices=step.choices)


@transaction.atomic
def write_choices(*, question: ScriptQuestion, choices: tuple[Choice, ...]) -> None:
    """Let a question of a draft have these answers and no others."""
    question.options.all().delete()
    ScriptOption.objects.bulk_create(
        ScriptOption(
            question=question,
            key=choice.key,
            display_order=place * 10,
            label_en=choice.label_en,
            label_fr=choice.label_fr,
            effect=choice.effect,
            leads_to=choice.leads_to,
        )
        for place, choice in enumerate(choices, start=1)
    )


@transaction.atomic
def publish_version(*, version: ScriptVersion, now: datetime) -> ScriptVersion:
    """Put a draft to use for good, in place of the version in use; published before, it stays as it is.

    Calls under way keep the version they began with; whoever claims next gets this one.
    Raises: ScriptRefused with what is wrong, or what is not on record.
    """
    current = ScriptVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
    if current.published_at is not None:
        return current
    Script.objects.select_for_update(of=("self",), no_key=True).get(pk=current.script_id)
    draft = draft_of(current)
    findings = tuple(finding for finding in review(draft) if not finding.is_warning)
    lacking = facts_lacking(draft, facts_on_record(), now.date())
    if findings or lacking:
        raise ScriptRefused(findings, lacking)
    _in_use(current.script_id).update(retired_at=now)
    current.published_at, current.content_hash = now, content_hash(draft)
    current.save(update_fields=["published_at", "content_hash"])
    return current


@transaction.atomic
def retire_version(*, version: ScriptVersion, now: datetime) -> bool:
    """Take a version out of use without another in its place; say whether it was in use."""
    return bool(_in_use(version.script_id).filter(pk=version.pk).update(retired_at=now))


@transaction.atomic
def install_script(*, row: Mapping[str, Any], now: datetime) -> bool:
    """Set up a draft that comes with the program where its channel has no script yet; say whether it did."""
    if Script.objects.filter(channel=row["channel"]).exists():
        return False
    script = Script.objects.create(
        name=row["name"], channel=row["channel"], purpose=row["purpose"], created_at=now
    )
    version = draft_version(script=script, now=now)
    ScriptVersion.objects.filter(pk=version.pk).update(
        opening_en=row["opening_en"], opening_fr=row["opening_fr"]
    )
    steps = (
        Step(**{**step, "choices": tuple(Choice(**one) for one in step.get("choices", ()))})
        for step in row["steps"]
    )
    write_steps(version=version, steps=tuple(steps))
    return True


def _in_use(script_id: int) -> QuerySet[ScriptVersion]:
    return ScriptVersion.objects.filter(
        script_id=script_id, published_at__isnull=False, retired_at__isnull=True
    )
