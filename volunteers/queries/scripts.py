"""Scripts as they are checked, spoken and registered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Min

from campaign.models.languages import active_language, in_language
from campaign.queries import campaign_of_pages
from volunteers.models import Attempt, CallingFacts, ScriptOption, ScriptVersion
from volunteers.rules.scripts import Choice, Draft, Facts, Step, fill, walked


@dataclass(frozen=True)
class Answer:
    """An answer as whoever talks sees it."""

    key: str
    label: str
    effect: str
    leads_to: str
    ends: bool


@dataclass(frozen=True)
class Line:
    """A step as whoever talks sees it: something to say, or to ask."""

    key: str
    kind: str
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Conversation:
    """A version of a script in the active language, its opening filled in."""

    version_id: int
    opening: str
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class ShownAnswer:
    """An answer on a page, chosen or not."""

    answer: Answer
    is_chosen: bool


@dataclass(frozen=True)
class ShownLine:
    """A step on a page: reached or not yet, with what was answered."""

    line: Line
    is_reached: bool
    answers: tuple[ShownAnswer, ...]
    text: str


@dataclass(frozen=True)
class Use:
    """A script as the law wants it kept: every version with the days of its use."""

    script: str
    version: int
    purpose: str
    content_hash: str
    opening: str
    published_at: datetime | None
    retired_at: datetime | None
    first_used_at: datetime | None
    last_used_at: datetime | None


def draft_of(version: ScriptVersion) -> Draft:
    """Return a version as plain values, as it is judged and hashed."""
    questions = version.questions.order_by("display_order", "pk").prefetch_related("options")
    steps = (
        Step(
            question.key, question.kind, question.text_en, question.text_fr, _choices(question.options.all())
        )
        for question in questions
    )
    script = version.script
    return Draft(script.channel, script.purpose, version.opening_en, version.opening_fr, tuple(steps))


def conversation(version: ScriptVersion, *, caller: str) -> Conversation:
    """Return a version as its words are said by somebody of this name, in the active language."""
    draft, campaign = draft_of(version), campaign_of_pages()
    organization = (in_language(campaign, "organization") or campaign.name) if campaign else ""
    opening = fill(version.opening, caller=caller, organization=organization, number=facts_on_record().number)
    return Conversation(version.pk, opening, tuple(_line(step) for step in draft.steps), draft.steps)


def shown_lines(conversation: Conversation, answers: Mapping[str, str]) -> tuple[ShownLine, ...]:
    """Return every step as a page shows it after these answers; those not reached are there for scripts to open."""
    reached = {step.key for step in walked(conversation.steps, answers)}
    return tuple(_shown(line, line.key in reached, answers.get(line.key, "")) for line in conversation.lines)


def facts_on_record() -> Facts:
    """Return what is on record for calls now."""
    row = CallingFacts.objects.order_by("-pk").first()
    if row is None:
        return Facts()
    return Facts(row.number, row.registration, row.subscribed_until, row.scrubbed_on)


def register_of_scripts() -> tuple[Use, ...]:
    """Return every published version with the dates it was used, for the register of scripts.

    Source: Canada Elections Act, S.C. 2000, c. 9, section 348.19.
    """
    used = {
        row["script_version_id"]: row
        for row in Attempt.objects.exclude(script_version=None)
        .values("script_version_id")
        .annotate(first=Min("happened_at"), last=Max("happened_at"))
        .order_by("script_version_id")
    }
    versions = ScriptVersion.objects.filter(published_at__isnull=False).select_related("script")
    return tuple(
        _use(version, used.get(version.pk, {}))
        for version in versions.order_by(F("script__name"), "script_id", "version")
    )


def _shown(line: Line, is_reached: bool, given: str) -> ShownLine:  # noqa: FBT001
    answers = tuple(ShownAnswer(one, one.key == given) for one in line.answers)
    return ShownLine(line, is_reached, answers, "" if line.answers else given)


def _use(version: ScriptVersion, used: dict[str, datetime]) -> Use:
    return Use(
        script=version.script.name,
        version=version.version,
        purpose=version.script.purpose,
        content_hash=version.content_hash,
        opening=version.opening_en,
        published_at=version.published_at,
        retired_at=version.retired_at,
        first_used_at=used.get("first"),
        last_used_at=used.get("last"),
    )


def _choices(options: Iterable[ScriptOption]) -> tuple[Choice, ...]:
    rows = sorted(options, key=lambda option: (option.display_order, option.pk))
    return tuple(Choice(o.key, o.label_en, o.label_fr, o.effect, o.leads_to) for o in rows)


def _line(step: Step) -> Line:
    language = active_language()
    answers = (
        Answer(one.key, getattr(one, f"label_{language}"), one.effect, one.leads_to, one.ends)
        for one in step.choices
    )
    return Line(step.key, step.kind, getattr(step, f"text_{language}"), tuple(answers))
