"""Putting a mail into the outbox: a row in the transaction that wants it sent."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coop4canada.kit.senders import Letter
from supporters.models import OutgoingMessage, Supporter
from supporters.services.consent import Circumstances

PRIORITY_ANSWER = 10
PRIORITY_BULK = 50


@dataclass(frozen=True)
class Draft:
    """A mail to be: `kind` names the templates, `key` makes it the same mail however often it is queued."""

    kind: str
    key: str
    supporter: Supporter
    context: dict[str, Any] = field(default_factory=dict)
    purpose: str = ""
    priority: int = PRIORITY_ANSWER
    due_at: datetime | None = None


def queue_message(*, draft: Draft, circumstances: Circumstances | None = None, now: datetime) -> None:
    """Queue the mail unless its key is known already.

    Sends nothing and wakes nobody: the beat looks for due mails every few seconds, so a request never waits for a broker.
    """
    person = draft.supporter
    message = OutgoingMessage(
        key=draft.key,
        kind=draft.kind,
        supporter=person,
        to=person.email,
        to_key=person.email_key,
        domain=person.email_key.rpartition("@")[2],
        language=person.language,
        purpose=draft.purpose,
        context=draft.context,
        origin=circumstances.origin if circumstances else "",
        wide_origin=circumstances.wide_origin if circumstances else "",
        priority=draft.priority,
        created_at=now,
        due_at=draft.due_at or now,
    )
    OutgoingMessage.objects.bulk_create([message], ignore_conflicts=True)


def queue_letter(*, letter: Letter, now: datetime) -> None:
    """Queue a mail to an address that stands for no supporter, unless its key is known already."""
    message = OutgoingMessage(
        key=letter.key,
        kind=letter.kind,
        to=letter.to.typed,
        to_key=letter.to.key,
        domain=letter.to.domain,
        language=letter.language,
        context=letter.context,
        origin=letter.origin,
        wide_origin=letter.wide_origin,
        priority=PRIORITY_ANSWER,
        created_at=now,
        due_at=now,
    )
    OutgoingMessage.objects.bulk_create([message], ignore_conflicts=True)


def remove_letters(*, keys: Collection[str]) -> None:
    """Delete the letters with these keys; a supporter's mails go with the supporter."""
    OutgoingMessage.objects.filter(key__in=keys, supporter=None).delete()
