"""What a script has to be before anybody reads it aloud."""

from dataclasses import replace
from datetime import date

import pytest

from volunteers.enums import Channel, Effect, QuestionKind, ScriptPurpose
from volunteers.rules.scripts import (
    Choice,
    Draft,
    Facts,
    Finding,
    Lacking,
    Problem,
    Step,
    content_hash,
    facts_lacking,
    fill,
    review,
    walked,
)

SAYS_WHO = "I am {caller} for {organization}; reach us at {phone}."
YES, NO = Choice("yes", "Yes", "Oui", leads_to="thanks"), Choice("no", "No", "Non")
NEVER = Choice("never", "Never", "Jamais", effect=Effect.DO_NOT_CONTACT)
ASK = Step("ask", QuestionKind.ONE, "With us?", "Avec nous ?", (YES, NO, NEVER))
WHY = Step("why", QuestionKind.TEXT, "Why not?", "Pourquoi pas ?")
THANKS = Step("thanks", QuestionKind.SAY, "Thanks.", "Merci.")
GOOD = Draft(Channel.PHONE, ScriptPurpose.PERSUASION, SAYS_WHO, SAYS_WHO, (ASK, WHY, THANKS))
TODAY = date(2026, 11, 25)


def with_choices(*choices: Choice) -> Draft:
    return replace(GOOD, steps=(replace(ASK, choices=choices), WHY, THANKS))


def test_a_good_script_is_found_good() -> None:
    assert review(GOOD) == ()


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (replace(GOOD, steps=(ASK, WHY, WHY, THANKS)), Finding(Problem.TWO_KEYS, "why")),
        (with_choices(YES, NO, NO, NEVER), Finding(Problem.TWO_ANSWERS, "ask: no")),
        (
            replace(GOOD, steps=(ASK, replace(WHY, choices=(NO,)), THANKS)),
            Finding(Problem.NEEDLESS_ANSWERS, "why"),
        ),
        (
            with_choices(replace(YES, leads_to="gone"), NO, NEVER),
            Finding(Problem.LEADS_NOWHERE, "ask: gone"),
        ),
        (with_choices(YES, replace(NO, leads_to="ask"), NEVER), Finding(Problem.LOOP, "ask")),
        (with_choices(YES, NEVER), Finding(Problem.UNREACHABLE, "why")),
        (with_choices(YES, NO), Finding(Problem.NO_REFUSAL)),
    ],
)
def test_each_flaw_is_named_with_its_place(draft: Draft, found: Finding) -> None:
    assert found in review(draft)


def test_a_loop_over_several_steps_names_each_of_them() -> None:
    back = Step("back", QuestionKind.ONE, "Again?", "Encore ?", (Choice("again", "A", "A", leads_to="ask"),))
    draft = replace(GOOD, steps=(ASK, back, THANKS))

    assert sorted(f.where for f in review(draft) if f.problem == Problem.LOOP) == ["ask", "back"]


def test_a_question_without_answers_is_refused() -> None:
    found = review(with_choices())

    assert [f.problem for f in found if not f.is_warning] == [
        Problem.NO_ANSWERS, Problem.UNREACHABLE, Problem.UNREACHABLE,
    ]  # fmt: skip


def test_a_script_that_records_nothing_is_a_warning() -> None:
    found = review(replace(GOOD, steps=(THANKS,)))

    assert [(f.problem, f.is_warning) for f in found] == [
        (Problem.RECORDS_NOTHING, True), (Problem.NO_REFUSAL, True),
    ]  # fmt: skip
    assert [f.problem for f in review(replace(GOOD, steps=()))] == [f.problem for f in found]


@pytest.mark.parametrize(
    ("channel", "lacking"),
    [
        (Channel.PHONE, ["{caller} (fr)", "{organization} (fr)", "{phone} (fr)"]),
        (Channel.DOOR, ["{caller} (fr)", "{organization} (fr)"]),
    ],
)
def test_the_opening_says_who_calls_in_both_languages(channel: Channel, lacking: list[str]) -> None:
    draft = replace(GOOD, channel=channel, opening_fr="Bonjour !")

    assert review(draft) == tuple(Finding(Problem.OPENING_LACKS, where) for where in lacking)


@pytest.mark.parametrize(
    ("english", "french", "words"),
    [
        ("Will you donate today?", "Merci.", ["donate"]),
        ("Thanks.", "Ferez-vous un don de 20 $ ?", ["don"]),
        ("Could you chip in $20?", "Pouvez-vous verser 20 $ ?", ["chip in", "verser"]),
        ("Don't worry about money in politics.", "Donnez-moi votre avis.", []),
    ],
)
def test_asking_for_money_is_solicitation(english: str, french: str, words: list[str]) -> None:
    draft = replace(GOOD, steps=(ASK, WHY, replace(THANKS, text_en=english, text_fr=french)))

    assert [f.where for f in review(draft)] == words
    assert review(replace(draft, purpose=ScriptPurpose.SOLICITATION)) == ()


def test_facts_that_must_be_on_record() -> None:
    asks = replace(GOOD, purpose=ScriptPurpose.SOLICITATION)
    full = Facts("613-555-0199", "R-1", date(2026, 12, 1), date(2026, 10, 25))

    assert facts_lacking(GOOD, Facts(), TODAY) == (Lacking.NUMBER,)
    assert facts_lacking(replace(GOOD, channel=Channel.DOOR), Facts(), TODAY) == ()
    assert facts_lacking(asks, Facts(), TODAY) == tuple(Lacking)
    assert facts_lacking(asks, full, TODAY) == ()
    assert facts_lacking(asks, replace(full, scrubbed_on=date(2026, 10, 24)), TODAY) == (Lacking.FRESH_SCRUB,)
    assert facts_lacking(asks, replace(full, subscribed_until=date(2026, 11, 24)), TODAY) == (
        Lacking.SUBSCRIPTION,
    )


def test_the_hash_follows_every_word() -> None:
    other = with_choices(YES, replace(NO, label_fr="Pas du tout"), NEVER)

    assert content_hash(GOOD) == content_hash(replace(GOOD))
    assert content_hash(GOOD) != content_hash(other)


def test_the_opening_is_filled_in_and_nothing_else() -> None:
    said = fill(SAYS_WHO + " {name} {", caller="Ana {phone}", organization="Together", number="613")

    assert said == "I am Ana {phone} for Together; reach us at 613. {name} {"


@pytest.mark.parametrize(
    ("chosen", "keys"),
    [
        ({}, ["ask"]),
        ({"ask": "yes"}, ["ask", "thanks"]),
        ({"ask": "no"}, ["ask", "why", "thanks"]),
        ({"ask": "never"}, ["ask"]),
        ({"ask": "unheard of"}, ["ask"]),
    ],
)
def test_answers_lead_the_way(chosen: dict[str, str], keys: list[str]) -> None:
    assert [step.key for step in walked(GOOD.steps, chosen)] == keys
