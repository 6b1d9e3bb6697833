"""Messages from the contact form: taken down, mailed to those who answer, settled."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from campaign.enums import ContactMove, ContactState, Doubt
from campaign.models import Campaign, ContactMessage, ContactTopic
from campaign.rules.contact import MOST_A_DAY, SETTLED, may_acknowledge, state_after_move, state_of_new
from coop4canada.kit.db import lock_for_transaction
from coop4canada.kit.proof import Proof
from coop4canada.kit.senders import Letter, MailAddress, post_letter, read_mail_address, spend
from coop4canada.kit.signing import keyed_hash

# From one connection; a household, or an office, gets on with it an hour later.
MOST_AN_HOUR = 5
ONE_DAY = timedelta(days=1)


class TooManyMessages(Exception):
    """So many came from this connection within the hour that more are not taken now."""


class NotPossible(Exception):
    """The message is in another state by now."""


@dataclass(frozen=True)
class Inquiry:
    """What the contact form says.

    `origin`, `wide_origin`: networks it came from. `proof`: spent with the form, None if it had no valid one.
    """

    topic: ContactTopic
    name: str
    sender: MailAddress
    place: str
    message: str
    language: str
    doubts: frozenset[str] = field(default_factory=frozenset)
    origin: str = ""
    wide_origin: str = ""
    proof: Proof | None = None

    def fingerprint(self, now: datetime) -> str:
        """Hash of all that was typed and the day: the same form sent twice is the same row."""
        said = [self.topic.slug, self.name, self.sender.key, self.place, self.message, f"{now:%Y-%m-%d}"]
        return keyed_hash(json.dumps(said))


@transaction.atomic
def take_message(*, inquiry: Inquiry, now: datetime) -> ContactMessage:
    """Take down a message and mail it to those who answer; one that looks like a robot's is held instead.

    The sender hears by mail that it has arrived only where `may_acknowledge` allows it, and once a day at most.
    Raises: TooManyMessages.
    """
    # One after the other for each sender: the same form twice at once is one message, and counts hold.
    lock_for_transaction(f"campaign.contact:{inquiry.sender.key}")
    fingerprint = inquiry.fingerprint(now)
    known = ContactMessage.objects.filter(fingerprint=fingerprint).first()
    if known is not None:
        return known
    _keep_pace(inquiry, now)
    doubts, state = _judged(inquiry, now)
    message = ContactMessage.objects.create(
        topic=inquiry.topic,
        name=inquiry.name,
        email=inquiry.sender.typed,
        email_key=inquiry.sender.key,
        place=inquiry.place,
        message=inquiry.message,
        language=inquiry.language,
        state=state,
        doubts=" ".join(sorted(doubts)),
        origin=inquiry.origin,
        fingerprint=fingerprint,
        created_at=now,
    )
    if state == ContactState.NEW:
        _mail_to_those_who_answer(message, now)
    if may_acknowledge(state, doubts):
        _acknowledge(inquiry, now)
    return message


def _keep_pace(inquiry: Inquiry, now: datetime) -> None:
    hour_ago = now - timedelta(hours=1)
    recent = ContactMessage.objects.filter(origin=inquiry.origin, created_at__gt=hour_ago)
    if inquiry.origin and recent.count() >= MOST_AN_HOUR:
        raise TooManyMessages


def _judged(inquiry: Inquiry, now: datetime) -> tuple[frozenset[str], ContactState]:
    doubts = inquiry.doubts
    if inquiry.proof is not None and not spend(inquiry.proof, now=now):
        doubts |= {Doubt.NO_PROOF.value}
    earlier = ContactMessage.objects.filter(
        email_key=inquiry.sender.key, created_at__gt=now - ONE_DAY
    ).count()
    if earlier >= MOST_A_DAY:
        doubts |= {Doubt.OFTEN.value}
    return doubts, state_of_new(doubts, earlier_count=earlier)


def letter_keys(message: ContactMessage) -> list[str]:
    """Return the keys of the mails that a message may have led to."""
    return [f"campaign/contact:{message.pk}", _receipt_key(message.email_key, message.created_at)]


def _receipt_key(address_key: str, at: datetime) -> str:
    return f"campaign/contact_received:{keyed_hash(address_key)[:32]}:{at:%Y-%m-%d}"


def _mail_to_those_who_answer(message: ContactMessage, now: datetime) -> None:
    """Queue the message for its topic's address; an answer to that mail goes to whoever wrote.

    Nothing is mailed while neither the topic nor the campaign has an address: the message waits in admin.
    """
    topic = message.topic
    sender = Campaign.objects.filter(is_active=True).first()
    address = topic.address or (sender.contact_email if sender else "")
    if not address:
        return
    context = {
        "topic_en": topic.name_en,
        "topic_fr": topic.name_fr,
        "from_name": message.name,
        "from_email": message.email,
        "place": message.place,
        "message": message.message,
        "reply_to": message.email,
        "admin_path": reverse("admin:campaign_contactmessage_change", args=[message.pk]),
    }
    letter = Letter(
        kind="campaign/contact",
        key=f"campaign/contact:{message.pk}",
        to=read_mail_address(address),
        language=message.language,
        context=context,
    )
    post_letter(letter, now=now)


def _acknowledge(inquiry: Inquiry, now: datetime) -> None:
    """Tell the sender in fixed words that the message is here; nothing that was typed goes out with it."""
    letter = Letter(
        kind="campaign/contact_received",
        key=_receipt_key(inquiry.sender.key, now),
        to=inquiry.sender,
        language=inquiry.language,
        origin=inquiry.origin,
        wide_origin=inquiry.wide_origin,
    )
    post_letter(letter, now=now)


@transaction.atomic
def settle_message(*, message_id: int, move: str, user_id: int | None, now: datetime) -> ContactMessage:
    """Move a message to another state; one that was held and is no spam is mailed to those who answer now.

    Raises: NotPossible, e.g. because a colleague was quicker.
    """
    message = ContactMessage.objects.select_for_update(of=("self",), no_key=True).get(pk=message_id)
    state = state_after_move(message.state, move)
    if state is None:
        raise NotPossible
    message.state = state
    message.settled_at = now if state in SETTLED else None
    message.settled_by_id = user_id
    message.save(update_fields=["state", "settled_at", "settled_by"])
    if move == ContactMove.RELEASE:
        _mail_to_those_who_answer(message, now)
    return message
