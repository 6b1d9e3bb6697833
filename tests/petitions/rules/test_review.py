"""What organizers may decide, what they choose by, what they type."""

import pytest

from petitions.enums import BulkTarget
from petitions.rules.criteria import Criteria
from petitions.rules.review import bulk_sources
from petitions.rules.search import Meaning, Question, read_question
from supporters.enums import EntryState
from supporters.rules.name_search import name_tsquery


@pytest.mark.parametrize(
    ("target", "touched"),
    [
        (BulkTarget.INVALID, {"pending", "confirmed", "held"}),
        (BulkTarget.HELD, {"pending", "confirmed"}),
        (BulkTarget.CONFIRMED, {"held"}),
    ],
)
def test_a_decision_over_many_leaves_alone_what_was_decided(target: BulkTarget, touched: set[str]) -> None:
    sources = bulk_sources(target)

    assert {state: state in sources for state in EntryState.values} == {
        state: state in touched for state in EntryState.values
    }


@pytest.mark.parametrize(
    ("criteria", "is_empty"),
    [
        (Criteria(), True),
        (Criteria(state="held"), True),
        (Criteria(name="x"), False),
        (Criteria(riding=35075), False),
        (Criteria(created_from="2026-11-23T12:00:00+00:00"), False),
        (Criteria(state="held", suspicion="no_proof"), False),
    ],
)
def test_a_state_alone_is_no_criterion(criteria: Criteria, is_empty: bool) -> None:
    assert criteria.is_empty is is_empty
    assert Criteria.from_json(criteria.as_json()) == criteria


def test_criteria_of_another_version_are_an_error() -> None:
    with pytest.raises(TypeError):
        Criteria.from_json({"name": "x", "shoe_size": 43})


@pytest.mark.parametrize(
    ("typed", "meaning", "text"),
    [
        (" Amara@Example.org ", Meaning.EMAIL, "Amara@Example.org"),
        ("@Example.ORG", Meaning.DOMAIN, "example.org"),
        ("@", Meaning.DOMAIN, ""),
        ("192.0.2.7", Meaning.NETWORK, "192.0.2.7/32"),
        ("192.0.2.7/24", Meaning.NETWORK, "192.0.2.0/24"),
        ("2001:db8::/48", Meaning.NETWORK, "2001:db8::/48"),
        ("35075", Meaning.RIDING, "35075"),
        ("3507", Meaning.WORDS, "3507"),
        ("Papineau", Meaning.WORDS, "Papineau"),
        ("“Papineau”", Meaning.PERSON, "Papineau"),
        ('"Marie Papineau"', Meaning.PERSON, "Marie Papineau"),
        ("O'Brien", Meaning.WORDS, "O'Brien"),
        ("St. John", Meaning.WORDS, "St. John"),
        ("", Meaning.WORDS, ""),
    ],
)
def test_what_organizers_type_has_one_meaning(typed: str, meaning: Meaning, text: str) -> None:
    assert read_question(typed) == Question(meaning, text)


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("Trembl", "'trembl':*"),
        ("Zoë O'Brien", "'zoe':* & 'o' & 'brien':*"),
        ("Li", "'li'"),
        ("李小龍", "'李小龍':*"),
        ("a' | 'b", "'a' & 'b'"),
        ("':* & !", ""),
        ("\\", ""),
        (
            "one two three four five six seven",
            "'one':* & 'two':* & 'three':* & 'four':* & 'five':* & 'six':*",
        ),
    ],
)
def test_words_of_a_name_become_a_harmless_query(typed: str, query: str) -> None:
    assert name_tsquery(typed) == query
