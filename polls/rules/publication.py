"""Which facts the law wants before a poll is shown. Pure.

Source: Canada Elections Act, S.C. 2000, c. 9, subsections 326(1) and (2) (what is told with the results), 326(3) (what
stands in the report) and section 327 (surveys that are not based on recognized statistical methods), as consolidated to
May 2026. The Act asks for them during an election; here they are always asked for. The report is the poll’s own page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from polls.enums import Fact

# What a poll itself must say; each is a field of `PollFacts` of the same name.
ALWAYS = (
    Fact.SPONSOR,
    Fact.SPONSOR_ADDRESS,
    Fact.FIRM,
    Fact.FIRM_ADDRESS,
    Fact.FIELD_STARTS_ON,
    Fact.FIELD_ENDS_ON,
    Fact.HOURS_EN,
    Fact.HOURS_FR,
    Fact.POPULATION_EN,
    Fact.POPULATION_FR,
    Fact.CONTACTED_COUNT,
    Fact.INELIGIBLE_COUNT,
    Fact.REFUSED_COUNT,
    Fact.SAMPLE_SIZE,
    Fact.IS_PROBABILITY,
    Fact.METHOD,
    Fact.SAMPLING_EN,
    Fact.SAMPLING_FR,
    Fact.WEIGHTING_EN,
    Fact.WEIGHTING_FR,
    Fact.UNDECIDED_EN,
    Fact.UNDECIDED_FR,
    Fact.REPORT,
)
# What every question must say.
OF_QUESTIONS = (Fact.WORDING_EN, Fact.WORDING_FR)


@dataclass(frozen=True)
class QuestionFacts:
    """A question: its place in the poll, its wording, and whether the shares of parties among everybody are there."""

    place: int
    wording_en: str
    wording_fr: str
    is_vote_intention: bool
    has_party_shares: bool


@dataclass(frozen=True)
class PollFacts:
    """What is known of a poll; None or blank where nothing is."""

    sponsor: str
    sponsor_address: str
    firm: str
    firm_address: str
    field_starts_on: date | None
    field_ends_on: date | None
    hours_en: str
    hours_fr: str
    population_en: str
    population_fr: str
    contacted_count: int | None
    ineligible_count: int | None
    refused_count: int | None
    sample_size: int | None
    is_probability: bool | None
    margin_of_error: float | None
    method: str
    sampling_en: str
    sampling_fr: str
    weighting_en: str
    weighting_fr: str
    undecided_en: str
    undecided_fr: str
    report: str
    questions: tuple[QuestionFacts, ...]


@dataclass(frozen=True)
class Missing:
    """A fact that is not there; `question` is the place of the question that lacks it."""

    fact: Fact
    question: int | None = None


def missing_facts(facts: PollFacts) -> tuple[Missing, ...]:
    """Return what is missing for publication, in the order of the form; () where nothing is."""
    return (*_of_poll(facts), *_of_questions(facts.questions))


def is_field_over(facts: PollFacts, today: date) -> bool:
    """Say whether the last day in the field has come, by the riding’s clock; an unknown one is a missing fact."""
    return facts.field_ends_on is None or facts.field_ends_on <= today


def _of_poll(facts: PollFacts) -> Iterator[Missing]:
    for fact in ALWAYS:
        if _is_blank(getattr(facts, fact.value)):
            yield Missing(fact)
    # Where chance did not choose, there is no margin of error; the page says so instead.
    if facts.is_probability and facts.margin_of_error is None:
        yield Missing(Fact.MARGIN_OF_ERROR)


def _of_questions(questions: Iterable[QuestionFacts]) -> Iterator[Missing]:
    about_the_vote = False
    for question in sorted(questions, key=lambda one: one.place):
        for fact in OF_QUESTIONS:
            if _is_blank(getattr(question, fact.value)):
                yield Missing(fact, question.place)
        if question.is_vote_intention:
            about_the_vote = True
            if not question.has_party_shares:
                yield Missing(Fact.VOTE_READINGS, question.place)
    if not about_the_vote:
        yield Missing(Fact.VOTE_QUESTION)


def _is_blank(value: object) -> bool:
    # Nought people who refused is an answer.
    return value is None or (isinstance(value, str) and not value.strip())
