"""Everything that is kept about a person, for that person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coop4canada.kit.panels import Records, functions_of
from supporters.enums import ConsentDecision, Purpose
from supporters.models import ConsentEvent, ConsentWording, OutgoingMessage, Supporter
from supporters.queries.places import riding_name
from supporters.queries.wordings import current_wordings


@dataclass(frozen=True)
class ConsentChoice:
    """A box: the words in use now, and whether its consent stands."""

    wording: ConsentWording
    stands: bool


@dataclass(frozen=True)
class PersonalPage:
    """One person's data."""

    supporter: Supporter
    riding: str
    choices: list[ConsentChoice]
    history: list[ConsentEvent]
    mails: list[OutgoingMessage]
    records: list[Records]


@dataclass(frozen=True)
class StandingConsent:
    """A consent that was given and not withdrawn, confirmed or not."""

    purpose: str
    label: str
    since: datetime


def people_of(ids: Iterable[int]) -> list[Supporter]:
    """Return those of these people who are still there, in the order of their places in the household."""
    return list(Supporter.objects.filter(pk__in=list(ids)).order_by("email_key", "household_place"))


def people_at(address_key: str) -> list[Supporter]:
    """Return the people of a canonical address."""
    return list(Supporter.objects.filter(email_key=address_key).order_by("household_place"))


def standing_consents(supporter_id: int) -> list[StandingConsent]:
    """Return what somebody agreed to and has not ended, in the order in which it is asked."""
    events = ConsentEvent.objects.filter(supporter_id=supporter_id, purpose__in=Purpose.values)
    last = events.order_by("purpose", "-pk").distinct("purpose")
    standing = [event for event in last if event.decision != ConsentDecision.WITHDRAWN]
    standing.sort(key=lambda event: Purpose.values.index(event.purpose))
    return [StandingConsent(event.purpose, str(Purpose(event.purpose).label), event.at) for event in standing]


def personal_page(supporter: Supporter) -> PersonalPage:
    """Return everything that is kept about a person."""
    events = ConsentEvent.objects.filter(supporter=supporter).order_by("-pk").select_related("wording")
    history = list(events)
    last = {event.purpose: event.decision for event in reversed(history)}
    choices = [
        ConsentChoice(wording, last.get(wording.purpose) == ConsentDecision.CONFIRMED)
        for wording in current_wordings()
    ]
    return PersonalPage(
        supporter=supporter,
        riding=riding_name(supporter.riding_number),
        choices=choices,
        history=history,
        mails=list(OutgoingMessage.objects.filter(supporter=supporter).order_by("-pk")),
        records=[record(supporter=supporter) for record in functions_of("personal_records")],
    )


def personal_export(page: PersonalPage) -> dict[str, Any]:
    """Return the same as plain values, to be carried away as JSON."""
    person = page.supporter
    columns = (
        "name",
        "email",
        "phone",
        "postal_code",
        "riding_number",
        "riding_source",
        "language",
        "email_confirmed_at",
        "created_at",
    )
    return {
        "person": {column: getattr(person, column) for column in columns} | {"riding": page.riding},
        "consents": [_consent(event) for event in page.history],
        "mails": [
            {"kind": mail.kind, "to": mail.to, "queued_at": mail.created_at, "sent_at": mail.sent_at}
            for mail in page.mails
        ],
        "records": [
            {
                "title": records.title,
                "rows": [dict(zip(records.columns, row, strict=True)) for row in records.rows],
            }
            for records in page.records
        ],
    }


def _consent(event: ConsentEvent) -> dict[str, Any]:
    columns = ("purpose", "decision", "at", "method", "page", "language", "origin", "user_agent")
    text = getattr(event.wording, f"text_{event.language}", "") if event.wording else ""
    return {column: getattr(event, column) for column in columns} | {"words": text}
