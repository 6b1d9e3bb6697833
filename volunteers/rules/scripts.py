"""What a script has to be before anybody reads it aloud. Pure.

A way without loops, an opening that says who calls, no asking for money under another name.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from volunteers.enums import Channel, Effect, QuestionKind, ScriptPurpose

# Source: CRTC, Unsolicited Telecommunications Rules, Part II, section 7, 2024: a list of numbers not to be called is at
# most 31 days old when somebody is called to be asked for money.
OLDEST_SCRUB = timedelta(days=31)

CALLER, ORGANIZATION, NUMBER = "{caller}", "{organization}", "{phone}"
# Source: CRTC, Unsolicited Telecommunications Rules, Part III, section 17, 2024: who calls, on whose behalf, a number.
_MUST_SAY = {Channel.PHONE: (CALLER, ORGANIZATION, NUMBER), Channel.DOOR: (CALLER, ORGANIZATION)}

# Words that ask for money or money's worth; "money in politics" is a subject, not a request.
_MONEY = {
    "en": re.compile(
        r"\b(donat\w*|fundrais\w*|chip in|contribution\w*|contribute (money|\$|financially)\w*|credit card"
        r"|give (us )?(money|\$)\w*|support us financially|sponsor us)\b|\$\s?\d",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(dons?|donateurs?|donatrices?|collectes? de fonds|contributions?|cotisez|carte de crédit"
        r"|contribuer financièrement|verse[rz]|soutenir financièrement)\b|\d\s?\$",
        re.IGNORECASE,
    ),
}
LANGUAGES = ("en", "fr")


class Problem(StrEnum):
    """What is wrong with a script, or worth a second look."""

    OPENING_LACKS = "opening_lacks"
    TWO_KEYS = "two_keys"
    TWO_ANSWERS = "two_answers"
    NO_ANSWERS = "no_answers"
    NEEDLESS_ANSWERS = "needless_answers"
    LEADS_NOWHERE = "leads_nowhere"
    LOOP = "loop"
    UNREACHABLE = "unreachable"
    ASKS_FOR_MONEY = "asks_for_money"
    RECORDS_NOTHING = "records_nothing"
    NO_REFUSAL = "no_refusal"


WARNINGS = frozenset({Problem.RECORDS_NOTHING, Problem.NO_REFUSAL})


class Lacking(StrEnum):
    """A fact that has to be on record before a script may be used."""

    NUMBER = "number"
    REGISTRATION = "registration"
    SUBSCRIPTION = "subscription"
    FRESH_SCRUB = "fresh_scrub"


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen."""

    key: str
    label_en: str
    label_fr: str
    effect: str = Effect.NONE
    leads_to: str = ""

    @property
    def ends(self) -> bool:
        """Say whether the conversation is over with this answer."""
        return self.effect in {Effect.END, Effect.DO_NOT_CONTACT}


@dataclass(frozen=True)
class Step:
    """Something said or asked."""

    key: str
    kind: str
    text_en: str
    text_fr: str
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A script as it would be published; steps in their order."""

    channel: str
    purpose: str
    opening_en: str
    opening_fr: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Finding:
    """A problem and where it is: a key, or the words."""

    problem: Problem
    where: str = ""

    @property
    def is_warning(self) -> bool:
        """Say whether the script may be used nevertheless."""
        return self.problem in WARNINGS


@dataclass(frozen=True)
class Facts:
    """What is on record: a number to reach us; of the National Do Not Call List, for asking for money."""

    number: str = ""
    registration: str = ""
    subscribed_until: date | None = None
    scrubbed_on: date | None = None


def review(draft: Draft) -> tuple[Finding, ...]:
    """Return everything that is wrong with a script, then what is worth a second look."""
    found = [*_opening(draft), *_keys(draft.steps), *_answers(draft.steps)]
    found += _way(draft.steps) if not found or all(f.problem != Problem.TWO_KEYS for f in found) else []
    found += _money(draft)
    found += _silence(draft.steps)
    return tuple(sorted(found, key=lambda finding: finding.is_warning))


def facts_lacking(draft: Draft, facts: Facts, today: date) -> tuple[Lacking, ...]:
    """Return what has to be recorded before the script is used: a number for calls, more for asking for money.

    Source: CRTC, Unsolicited Telecommunications Rules, Part II, sections 4 to 7, 2024.
    """
    if draft.channel != Channel.PHONE:
        return ()
    lacking = [] if facts.number else [Lacking.NUMBER]
    if draft.purpose == ScriptPurpose.SOLICITATION:
        lacking += [] if facts.registration else [Lacking.REGISTRATION]
        is_subscribed = facts.subscribed_until is not None and facts.subscribed_until >= today
        lacking += [] if is_subscribed else [Lacking.SUBSCRIPTION]
        is_fresh = facts.scrubbed_on is not None and today - facts.scrubbed_on <= OLDEST_SCRUB
        lacking += [] if is_fresh else [Lacking.FRESH_SCRUB]
    return tuple(lacking)


def content_hash(draft: Draft) -> str:
    """Return what a script's words come to: the same words, the same hash."""
    written = json.dumps(asdict(draft), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


def fill(text: str, *, caller: str, organization: str, number: str) -> str:
    """Return the opening as it is said; nothing else in braces is touched."""
    words = {CALLER: caller, ORGANIZATION: organization, NUMBER: number}
    return re.sub(r"\{(caller|organization|phone)\}", lambda match: words[match.group()], text)


def walked(steps: tuple[Step, ...], chosen: Mapping[str, str]) -> tuple[Step, ...]:
    """Return the steps that somebody comes by with these answers: as far as the first one that waits for an answer."""
    places = {step.key: place for place, step in enumerate(steps)}
    way: list[Step] = []
    place: int | None = 0
    while place is not None and place < len(steps) and steps[place] not in way:
        step = steps[place]
        way.append(step)
        place = _following(step, place, places, chosen)
    return tuple(way)


def _following(step: Step, place: int, places: Mapping[str, int], chosen: Mapping[str, str]) -> int | None:
    if step.kind != QuestionKind.ONE:
        return place + 1
    choice = next((one for one in step.choices if one.key == chosen.get(step.key)), None)
    if choice is None or choice.ends:
        return None
    return places.get(choice.leads_to) if choice.leads_to else place + 1


def _opening(draft: Draft) -> Iterator[Finding]:
    openings = {"en": draft.opening_en, "fr": draft.opening_fr}
    for language in LANGUAGES:
        for word in _MUST_SAY[Channel(draft.channel)]:
            if word not in openings[language]:
                yield Finding(Problem.OPENING_LACKS, f"{word} ({language})")


def _keys(steps: tuple[Step, ...]) -> Iterator[Finding]:
    yield from (Finding(Problem.TWO_KEYS, key) for key in _twice(step.key for step in steps))
    for step in steps:
        twice = _twice(choice.key for choice in step.choices)
        yield from (Finding(Problem.TWO_ANSWERS, f"{step.key}: {key}") for key in twice)


def _answers(steps: tuple[Step, ...]) -> Iterator[Finding]:
    for step in steps:
        if step.kind == QuestionKind.ONE and not step.choices:
            yield Finding(Problem.NO_ANSWERS, step.key)
        if step.kind != QuestionKind.ONE and step.choices:
            yield Finding(Problem.NEEDLESS_ANSWERS, step.key)


def _way(steps: tuple[Step, ...]) -> Iterator[Finding]:
    known = {step.key for step in steps}
    for step in steps:
        for choice in step.choices:
            if choice.leads_to and choice.leads_to not in known:
                yield Finding(Problem.LEADS_NOWHERE, f"{step.key}: {choice.leads_to}")
    nexts = {step.key: _nexts(steps, place) & known for place, step in enumerate(steps)}
    yield from (Finding(Problem.LOOP, key) for key in known if key in _reached(nexts[key], nexts))
    reached = _reached({steps[0].key}, nexts) if steps else set()
    yield from (Finding(Problem.UNREACHABLE, step.key) for step in steps if step.key not in reached)


def _nexts(steps: tuple[Step, ...], place: int) -> set[str]:
    """Return the steps that may come right after one."""
    step = steps[place]
    after = {steps[place + 1].key} if place + 1 < len(steps) else set()
    if step.kind != QuestionKind.ONE:
        return after
    found: set[str] = set()
    for choice in step.choices:
        if not choice.ends:
            found |= {choice.leads_to} if choice.leads_to else after
    return found


def _reached(begin: set[str], nexts: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = list(begin)
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += nexts[key]
    return reached


def _money(draft: Draft) -> Iterator[Finding]:
    if draft.purpose == ScriptPurpose.SOLICITATION:
        return
    for language in LANGUAGES:
        for text in _texts(draft, language):
            if match := _MONEY[language].search(text):
                yield Finding(Problem.ASKS_FOR_MONEY, match.group())


def _texts(draft: Draft, language: str) -> Iterator[str]:
    yield getattr(draft, f"opening_{language}")
    for step in draft.steps:
        yield getattr(step, f"text_{language}")
        yield from (getattr(choice, f"label_{language}") for choice in step.choices)


def _silence(steps: tuple[Step, ...]) -> Iterator[Finding]:
    if all(step.kind == QuestionKind.SAY for step in steps):
        yield Finding(Problem.RECORDS_NOTHING)
    if not any(choice.effect == Effect.DO_NOT_CONTACT for step in steps for choice in step.choices):
        yield Finding(Problem.NO_REFUSAL)


def _twice(keys: Iterable[str]) -> list[str]:
    return sorted(key for key, count in Counter(keys).items() if count > 1)
