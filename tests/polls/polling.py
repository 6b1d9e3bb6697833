"""Builders of polls for tests: complete ones, from which a test takes what it is about."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from campaign.models import Party
from polls.enums import ProjectState
from polls.models import Poll, PollProject, PollQuestion, PollReading
from polls.services.publishing import publish_poll
from ridings.models import Riding
from supporters.models import ConsentEvent, ConsentWording, Supporter
from tests import make
from tests.make import NOON
from tests.polls import builders

FACTS: Mapping[str, Any] = {
    "sponsor": "Cooperate for Canada",
    "sponsor_address": "1 Main Street, Ottawa",
    "firm": "Oraclepoll",
    "firm_address": "2 King Street, Toronto",
    "field_starts_on": dt.date(2026, 11, 10),
    "field_ends_on": dt.date(2026, 11, 12),
    "hours_en": "5 p.m. to 9 p.m.",
    "hours_fr": "de 17 h à 21 h",
    "population_en": "Adults of the riding with a telephone",
    "population_fr": "Adultes de la circonscription ayant le téléphone",
    "contacted_count": 5000,
    "ineligible_count": 400,
    "refused_count": 4000,
    "sample_size": 600,
    "is_probability": True,
    "margin_of_error": 0.04,
    "method": "ivr",
    "sampling_en": "Random numbers of the riding",
    "sampling_fr": "Numéros aléatoires de la circonscription",
    "weighting_en": "By age and gender",
    "weighting_fr": "Selon l’âge et le genre",
    "undecided_en": "Asked whom they lean to, then left out",
    "undecided_fr": "Interrogés sur leur préférence, puis exclus",
}
ALL = {"CPC": 0.36, "LPC": 0.30, "NDP": 0.12, "GPC": 0.04, "undecided": 0.18}
LEANING = {"CPC": 0.42, "LPC": 0.38, "NDP": 0.15, "GPC": 0.05}


def riding(number: int = 35001) -> Riding:
    """Find the riding of a small country, or make one with the parties of the map."""
    if not Party.objects.filter(code="CPC").exists():
        make.parties()
    return builders.riding(number)


def project(**fields: Any) -> PollProject:
    """Make a poll project whose poll is in the field."""
    return builders.project(
        fields.pop("place", None) or riding(), **{"state": ProjectState.IN_FIELD, **fields}
    )


def readings(question: PollQuestion, basis: str, shares: Mapping[str, float], **fields: Any) -> None:
    """Store the shares of one group of people."""
    parties = Party.objects.in_bulk(field_name="code")
    PollReading.objects.bulk_create(
        PollReading(
            question=question,
            basis=basis,
            party=parties.get(answer),
            answer="" if answer in parties else answer,
            share=share,
            **fields,
        )
        for answer, share in shares.items()
    )


def question(poll: Poll, **fields: Any) -> PollQuestion:
    """Make the question about the vote."""
    defaults = {
        "place": 1,
        "wording_en": "For whom would you vote?",
        "wording_fr": "Pour qui voteriez-vous ?",
        "is_vote_intention": True,
    }
    return PollQuestion.objects.create(poll=poll, **{**defaults, **fields})


def draft(**fields: Any) -> Poll:
    """Make a poll that lacks nothing, not published yet."""
    place = fields.pop("riding", None) or riding()
    poll = Poll.objects.create(riding=place, **{**FACTS, **fields})
    vote = question(poll)
    readings(vote, "all", ALL, base_count=600)
    readings(vote, "leaning", LEANING, base_count=492)
    readings(
        vote, "leaning", {"CPC": 0.38, "LPC": 0.42, "NDP": 0.14, "GPC": 0.06}, group="Women", base_count=250
    )
    readings(
        vote, "leaning", {"CPC": 0.46, "LPC": 0.34, "NDP": 0.16, "GPC": 0.04}, group="Men", base_count=242
    )
    return poll


def published(now: dt.datetime = NOON, **fields: Any) -> Poll:
    """Make a poll and publish it."""
    return publish_poll(poll=draft(**fields), by=None, now=now)


def neighbour(email: str, *, number: int = 35001, news: str | None = "confirmed", **fields: Any) -> Supporter:
    """Make somebody of a riding; `news`: what they last said about our news, None for nothing."""
    person = Supporter.objects.create(
        **{
            "email": email,
            "email_key": email,
            "name": "Amara Diallo",
            "search_text": "amara diallo",
            "riding_number": number,
            "email_confirmed_at": NOON,
            "created_at": NOON,
            **fields,
        }
    )
    if news is not None:
        words = ConsentWording.objects.filter(purpose="news").first() or make.wording("news")
        ConsentEvent.objects.create(
            supporter=person, address_hash="hash", purpose="news", decision=news, wording=words,
            language="en", method="web", page="/", at=NOON,
        )  # fmt: skip
    return person
