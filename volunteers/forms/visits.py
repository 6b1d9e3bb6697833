"""Visits as they come: a batch from a phone, or one form of a page without JavaScript."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from volunteers.enums import DOOR_OUTCOMES, Outcome
from volunteers.models.attempts import ANSWER_LENGTH, NOTE_LENGTH
from volunteers.services.attempts import Said
from volunteers.services.visits import Visit

MOST_BYTES = 400_000
MOST_VISITS = 50
_MOST_ANSWERS = 60
_MOST_FIELDS = 20
_KEY_LENGTH = 40
_ADDRESS_LENGTH = 64
_LARGEST_ID = 2**63 - 1
QUESTION, PLEDGE = "question-", "pledge-"


class BadBatch(ValueError):
    """What arrived is no batch of visits, or too big a one."""


class BadVisit(ValueError):
    """A record is not one of ours; `client_id` as it came, so that the phone knows which."""

    def __init__(self, client_id: str) -> None:
        super().__init__(client_id)
        self.client_id = client_id


@dataclass(frozen=True)
class Batch:
    """What a phone sent: visits, ids of records that cannot be read, and what it has seen of the turf."""

    visits: tuple[Visit, ...]
    unreadable: tuple[str, ...]
    seen: str


def read_batch(body: bytes) -> Batch:
    """Return a phone's batch; one record that cannot be read spoils no other. Raises: BadBatch."""
    if len(body) > MOST_BYTES:
        raise BadBatch
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBatch from error
    records = given.get("visits") if isinstance(given, dict) else None
    if not isinstance(records, list) or len(records) > MOST_VISITS:
        raise BadBatch
    visits, unreadable = [], []
    for record in records:
        try:
            visits.append(_visit(record if isinstance(record, dict) else {}))
        except BadVisit as error:
            unreadable.append(error.client_id)
    return Batch(tuple(visits), tuple(unreadable), _text(given.get("seen"), _KEY_LENGTH))


def read_form(data: QueryDict, *, door_id: int, now: datetime) -> Visit:
    """Return the visit that a form tells of. Raises: BadVisit."""
    answers = [
        {"question": name.removeprefix(QUESTION), "option": value, "text": value}
        for name, value in data.dict().items()
        if name.startswith(QUESTION) and isinstance(value, str) and value
    ]
    pledge = {
        name.removeprefix(PLEDGE): data.getlist(name)
        for name in data
        if name.startswith(PLEDGE) and any(data.getlist(name))
    }
    # A list that chose something by itself is no pledge yet.
    is_begun = bool(pledge.keys() - set(data.get("pledge_defaults", "").split()))
    record = {
        "id": data.get("visit_id", ""),
        "door": door_id,
        "outcome": data.get("outcome", ""),
        "at": now.isoformat(),
        "answers": [_either(answer, data.get("texts", "").split()) for answer in answers],
        "note": data.get("note", ""),
        "version": _whole(data.get("version", "")),
        "corrects": data.get("corrects", ""),
        "pledge": pledge if is_begun else {},
    }
    return _visit(record)


def _either(answer: dict[str, str], texts: list[str]) -> dict[str, str]:
    """Keep what was chosen or what was written, by the kind of the question."""
    gone = "option" if answer["question"] in texts else "text"
    return {name: value for name, value in answer.items() if name != gone}


def _visit(record: Mapping[str, Any]) -> Visit:
    name = _text(record.get("id"), 36)
    try:
        door_id = record["door"]
        if not isinstance(door_id, int) or not 0 < door_id <= _LARGEST_ID:
            raise ValueError  # noqa: TRY301 — all that can be wrong ends in one answer
        outcome = Outcome(record["outcome"])
        if outcome not in DOOR_OUTCOMES:
            raise ValueError  # noqa: TRY301
        return Visit(
            client_id=UUID(name),
            door_id=door_id,
            outcome=outcome,
            happened_at=_moment(record["at"]),
            answers=_answers(record.get("answers")),
            note=_text(record.get("note"), NOTE_LENGTH),
            script_version_id=_id(record.get("version")),
            corrects=UUID(record["corrects"]) if record.get("corrects") else None,
            address=_text(record.get("address"), _ADDRESS_LENGTH),
            mark=_text(record.get("mark"), _KEY_LENGTH),
            pledge=_pledge(record.get("pledge")),
        )
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise BadVisit(name) from error


def _moment(given: object) -> datetime:
    moment = datetime.fromisoformat(str(given))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _answers(given: object) -> tuple[Said, ...]:
    rows = given if isinstance(given, list) else []
    return tuple(
        Said(
            _text(row.get("question"), _KEY_LENGTH),
            _text(row.get("option"), _KEY_LENGTH),
            _text(row.get("text"), ANSWER_LENGTH),
        )
        for row in rows[:_MOST_ANSWERS]
        if isinstance(row, dict)
    )


def _pledge(given: object) -> dict[str, list[str]]:
    fields = given if isinstance(given, dict) else {}
    return {
        _text(name, _KEY_LENGTH): [_text(value, ANSWER_LENGTH) for value in values[:_MOST_FIELDS]]
        for name, values in list(fields.items())[:_MOST_FIELDS]
        if isinstance(values, list)
    }


def _id(given: object) -> int | None:
    return given if isinstance(given, int) and 0 < given <= _LARGEST_ID else None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004


def _text(given: object, longest: int) -> str:
    """Return text that the database takes: no half characters, no zero byte, not too long."""
    text = given if isinstance(given, str) else ""
    return text.encode(errors="ignore").decode().replace("\0", "")[:longest]
