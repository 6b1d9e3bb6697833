"""What the law wants: every fact by itself, and nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from polls.enums import Fact, PollState
from polls.rules.poll_states import may_move
from polls.rules.publication import (
    ALWAYS,
    Missing,
    PollFacts,
    QuestionFacts,
    is_field_over,
    missing_facts,
)

QUESTION = QuestionFacts(1, "For whom?", "Pour qui ?", is_vote_intention=True, has_party_shares=True)
COMPLETE = PollFacts(
    **dict.fromkeys(
        ("sponsor", "sponsor_address", "firm", "firm_address", "hours_en", "hours_fr", "population_en",
         "population_fr", "method", "sampling_en", "sampling_fr", "weighting_en", "weighting_fr",
         "undecided_en", "undecided_fr", "report"),
        "said",
    ),
    field_starts_on=date(2026, 11, 1),
    field_ends_on=date(2026, 11, 3),
    contacted_count=5000,
    ineligible_count=0,
    refused_count=0,
    sample_size=600,
    is_probability=True,
    margin_of_error=0.04,
    questions=(QUESTION,),
)  # fmt: skip


def test_a_complete_poll_lacks_nothing() -> None:
    assert missing_facts(COMPLETE) == ()


@pytest.mark.parametrize("fact", ALWAYS)
@pytest.mark.parametrize("nothing", [None, "", " \n"])
def test_every_fact_is_missed_by_itself(fact: Fact, nothing: Any) -> None:
    assert missing_facts(replace(COMPLETE, **{fact.value: nothing})) == (Missing(fact),)


def test_a_margin_is_wanted_where_chance_chose_and_only_there() -> None:
    without = replace(COMPLETE, margin_of_error=None)
    assert missing_facts(without) == (Missing(Fact.MARGIN_OF_ERROR),)
    assert missing_facts(replace(without, is_probability=False)) == ()


@pytest.mark.parametrize("fact", [Fact.WORDING_EN, Fact.WORDING_FR])
def test_every_question_is_worded_in_both_languages(fact: Fact) -> None:
    second = replace(QUESTION, place=2, is_vote_intention=False, has_party_shares=False)
    nothing: dict[str, Any] = {fact.value: "  "}
    blank = replace(second, **nothing)
    assert missing_facts(replace(COMPLETE, questions=(second, QUESTION))) == ()
    assert missing_facts(replace(COMPLETE, questions=(blank, QUESTION))) == (Missing(fact, 2),)


def test_the_question_about_the_vote_has_shares() -> None:
    other = replace(QUESTION, is_vote_intention=False)
    empty = replace(QUESTION, has_party_shares=False)
    assert missing_facts(replace(COMPLETE, questions=())) == (Missing(Fact.VOTE_QUESTION),)
    assert missing_facts(replace(COMPLETE, questions=(other,))) == (Missing(Fact.VOTE_QUESTION),)
    assert missing_facts(replace(COMPLETE, questions=(empty,))) == (Missing(Fact.VOTE_READINGS, 1),)


@pytest.mark.parametrize(("day", "expected"), [(2, False), (3, True), (4, True)])
def test_the_field_is_over_from_its_last_day_on(day: int, expected: bool) -> None:
    assert is_field_over(COMPLETE, date(2026, 11, day)) is expected


ALLOWED = {("draft", "published"), ("published", "retracted"), ("retracted", "published")}


@pytest.mark.parametrize("to", PollState.values)
@pytest.mark.parametrize("state", PollState.values)
def test_moves_of_a_poll(state: str, to: str) -> None:
    assert may_move(state, to) is ((state, to) in ALLOWED)
