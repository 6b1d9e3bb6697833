"""What the mail provider reports about mails that left."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from coop4canada.kit.db import lock_for_transaction
from coop4canada.kit.signing import keyed_hash
from supporters.enums import MAIL_PURPOSES, MessageState, Method
from supporters.models import MailEvent, OutgoingMessage, Supporter
from supporters.rules.email import BadAddress, read_address
from supporters.rules.reports import Consequence, consequence_of, is_taken
from supporters.services.consent import Circumstances, withdraw_consents
from supporters.services.people import lock_address
from supporters.services.suppression import note_bounce, note_complaint


@dataclass(frozen=True)
class Report:
    """One report, in Anymail's words; `detail` is the provider's own word for the kind of a bounce, if any."""

    provider: str
    kind: str
    event_id: str
    message_id: str
    message_key: str
    recipient: str
    reason: str
    detail: str
    at: datetime

    @property
    def number(self) -> str:
        """What makes it the same report however often it comes: the provider's number, else all it says."""
        if self.event_id:
            told = f"{self.provider}:{self.kind}:{self.event_id}"
        else:
            told = f"{self.provider}:{self.kind}:{self.message_id}:{self.recipient}:{self.at.isoformat()}"
        return sha256(told.encode(errors="surrogatepass")).hexdigest()


@transaction.atomic
def note_report(*, report: Report, now: datetime) -> bool:
    """Note a report and do what follows from it; one that was noted before does nothing. Say whether it is new.

    Reports come late, twice and in any order: none takes back what another one did.
    """
    message = (
        OutgoingMessage.objects.filter(key=report.message_key[:120]).first() if report.message_key else None
    )
    address_key = message.to_key if message else _key_of(report.recipient)
    event = MailEvent(
        provider_id=report.number,
        kind=report.kind[:20],
        message_key=message.key if message else "",
        address_hash=keyed_hash(address_key),
        at=min(report.at, now),
    )
    if not _is_new(event):
        return False
    if address_key:
        lock_address(address_key=address_key)
    if message is not None and is_taken(report.kind):
        OutgoingMessage.objects.filter(pk=message.pk, state=MessageState.SENDING).update(
            state=MessageState.SENT, sent_at=event.at, leased_until=None
        )
    if address_key:
        _act(report, address_key, now)
    return True


def _act(report: Report, address_key: str, now: datetime) -> None:
    match consequence_of(report.kind, report.reason, report.detail):
        case Consequence.BOUNCED:
            note_bounce(address_key=address_key, now=now)
        case Consequence.COMPLAINED:
            note_complaint(address_key=address_key, now=now)
        case Consequence.UNSUBSCRIBED:
            for supporter in Supporter.objects.filter(email_key=address_key).order_by("pk"):
                withdraw_consents(
                    supporter=supporter,
                    purposes=MAIL_PURPOSES,
                    circumstances=Circumstances(page="", method=Method.PROVIDER),
                    now=now,
                )
        case Consequence.NOTHING:
            pass


def _is_new(event: MailEvent) -> bool:
    """Keep the event unless it is there; whoever is told the same at the same moment waits and then knows it."""
    lock_for_transaction(f"supporters.report:{event.provider_id}")
    if MailEvent.objects.filter(provider_id=event.provider_id).exists():
        return False
    event.save(force_insert=True)
    return True


def _key_of(recipient: str) -> str:
    try:
        return read_address(recipient).key
    except BadAddress:
        return ""
