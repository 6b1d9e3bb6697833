"""What a caller's page sends as JSON, read into what services take."""

import datetime as dt
from typing import Annotated, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, NaiveDatetime, ValidationError

from volunteers.enums import CALL_OUTCOMES, Outcome
from volunteers.models.attempts import ANSWER_LENGTH, NOTE_LENGTH
from volunteers.services.attempts import Said
from volunteers.services.calls import Submission

_MOST_ANSWERS = 100
_EARLIEST_YEAR = 2020


class BadMessage(ValueError):
    """The text is not what the page should have sent; the message names the fields."""


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a character that cannot be kept")
    return text


def _of_a_call(outcome: Outcome) -> Outcome:
    if outcome not in CALL_OUTCOMES or outcome == Outcome.UNKNOWN:
        raise ValueError("no outcome of a call")
    return outcome


def _of_our_time(at: dt.datetime) -> dt.datetime:
    if at.year < _EARLIEST_YEAR:
        raise ValueError("long before there were calls")
    return at


Text = Annotated[str, AfterValidator(_storable)]


class LeaseMessage(Schema):
    """Which call is meant."""

    lease: UUID


class AnswerMessage(Schema):
    """An answer to a question of the script: one of its answers by key, or words."""

    question: Annotated[Text, Field(max_length=40)]
    option: Annotated[Text, Field(max_length=40)] = ""
    text: Annotated[Text, Field(max_length=ANSWER_LENGTH)] = ""


class OutcomeMessage(LeaseMessage):
    """What came of a call. `callback`: by the voter's clock, without a zone."""

    client_id: UUID
    outcome: Annotated[Outcome, AfterValidator(_of_a_call)]
    happened_at: Annotated[AwareDatetime, AfterValidator(_of_our_time)] | None = None
    answers: Annotated[list[AnswerMessage], Field(max_length=_MOST_ANSWERS)] = []
    note: Annotated[Text, Field(max_length=NOTE_LENGTH)] = ""
    callback: NaiveDatetime | None = None
    language: Annotated[Text, Field(max_length=2)] = ""
    for_organizer: bool = False

    def submission(self) -> Submission:
        """Return it as services take it."""
        return Submission(
            client_id=self.client_id,
            outcome=self.outcome,
            happened_at=self.happened_at,
            answers=tuple(Said(one.question, one.option, one.text) for one in self.answers),
            note=self.note,
            callback_wall=self.callback,
            language=self.language,
            for_organizer=self.for_organizer,
        )


Message = TypeVar("Message", bound=Schema)


def read_message(kind: type[Message], body: bytes) -> Message:
    """Read a JSON body.

    Raises: BadMessage.
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        wrong = {".".join(str(part) for part in one["loc"]) or "body" for one in error.errors()}
        raise BadMessage(", ".join(sorted(wrong))) from error
