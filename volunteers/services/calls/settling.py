"""What an outcome moves: the contact, and where the rules say so the same number on every list."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from volunteers.enums import ContactState, EndOfLease, Outcome
from volunteers.models import Attempt, Contact, Lease
from volunteers.rules.callbacks import Promise
from volunteers.rules.calling_hours import province_of_riding
from volunteers.rules.retries import Decision, Rule, Voter, decide

OFFICIAL_LANGUAGES = frozenset({"en", "fr"})


@dataclass(frozen=True)
class Settlement:
    """An attempt that was just written, and what it needs to be settled. `former`: the outcome of this call before it."""

    attempt: Attempt
    former: Attempt | None
    contact_id: int
    rules: dict[Outcome, Rule]
    promise: Promise | None
    language: str
    for_organizer: bool
    now: datetime


def settle(settlement: Settlement) -> Contact:
    """Move the contact of an attempt and return it; its lease is locked already, contacts are locked after leases."""
    outcome, now = Outcome(settlement.attempt.outcome), settlement.now
    if not settlement.attempt.is_late:
        _end_calls_elsewhere(outcome, settlement)
    contact = Contact.objects.select_for_update(of=("self",), no_key=True).get(pk=settlement.contact_id)
    if outcome == Outcome.DO_NOT_CONTACT or contact.state == ContactState.SUPPRESSED:
        # `suppress` has done all there is to do; nothing opens what a voter has closed.
        _note(contact, settlement)
        return contact
    if settlement.attempt.is_late:
        if settlement.promise and contact.state == ContactState.READY:
            _promise_to(contact, settlement.promise, settlement)
            contact.save(update_fields=["callback_at", "next_at", "callback_owner"])
        return contact
    decision = decide(outcome=outcome, rules=settlement.rules, voter=_voter(contact, settlement), now=now)
    _undo_elsewhere(contact, settlement)
    contact.state, contact.attempt_count, contact.next_at = (
        decision.state,
        decision.attempts,
        decision.next_at,
    )
    contact.callback_at = contact.callback_owner = None
    if settlement.promise:
        _promise_to(contact, settlement.promise, settlement)
    _ask_for_language(contact, outcome, settlement)
    if settlement.for_organizer:
        contact.state = ContactState.HELD
    _note(contact, settlement)
    _decide_elsewhere(contact, decision, settlement)
    return contact


def _voter(contact: Contact, settlement: Settlement) -> Voter:
    """Return the voter as before this call: a correction takes the place of what it corrects."""
    former, attempts, last = settlement.former, contact.attempt_count, contact.last_outcome
    if former is not None:
        rule = settlement.rules.get(Outcome(former.outcome))
        attempts = max(0, attempts - int(rule is None or rule.counts))
        last = ""
    return Voter(contact.zone, province_of_riding(contact.riding_number), attempts, last)


def _promise_to(contact: Contact, promise: Promise, settlement: Settlement) -> None:
    contact.callback_at = contact.next_at = promise.at
    contact.callback_owner = settlement.attempt.by


def _ask_for_language(contact: Contact, outcome: Outcome, settlement: Settlement) -> None:
    """Leave the voter to callers of their language; who needs a third one waits for an organizer."""
    if outcome != Outcome.LANGUAGE or contact.state != ContactState.READY:
        return
    if settlement.language in OFFICIAL_LANGUAGES:
        contact.language = settlement.language
    else:
        contact.state = ContactState.HELD


def _note(contact: Contact, settlement: Settlement) -> None:
    contact.last_outcome, contact.last_attempt_at = settlement.attempt.outcome, settlement.now
    contact.save(
        update_fields=[
            "state", "attempt_count", "next_at", "callback_at", "callback_owner", "language", "last_outcome",
            "last_attempt_at",
        ]
    )  # fmt: skip


def _end_calls_elsewhere(outcome: Outcome, settlement: Settlement) -> None:
    """Stop whoever calls the same number meanwhile, where the rules close it on every list."""
    rule = settlement.rules.get(outcome)
    if rule is None or not rule.everywhere:
        return
    number = Contact.objects.filter(pk=settlement.contact_id).values("phone_digest")
    held = Lease.objects.filter(phone_digest__in=number, ended_at__isnull=True)
    held.update(ended_at=settlement.now, end_reason=EndOfLease.SUPPRESSED)


def _decide_elsewhere(contact: Contact, decision: Decision, settlement: Settlement) -> None:
    others = _same_number(contact)
    if decision.everywhere:
        _locked(others.filter(state=ContactState.READY)).update(
            state=decision.state, last_outcome=settlement.attempt.outcome, last_attempt_at=settlement.now,
            callback_at=None, callback_owner=None,
        )  # fmt: skip
    elif decision.rest_elsewhere_until:
        rests = others.filter(state=ContactState.READY, callback_at__isnull=True)
        _locked(rests).update(next_at=Greatest(F("next_at"), decision.rest_elsewhere_until))


def _undo_elsewhere(contact: Contact, settlement: Settlement) -> None:
    """Give back what a mistaken "wrong number" took from other lists: it is marked with the moment of that attempt."""
    former = settlement.former
    if former is None:
        return
    closed = _same_number(contact).filter(
        Q(last_outcome=former.outcome) & Q(last_attempt_at=former.received_at)
    )
    _locked(closed.exclude(state__in=[ContactState.READY, ContactState.SUPPRESSED])).update(
        state=ContactState.READY, last_outcome="", next_at=settlement.now
    )


def _same_number(contact: Contact) -> QuerySet[Contact]:
    return Contact.objects.filter(phone_digest=contact.phone_digest).exclude(pk=contact.pk)


def _locked(contacts: QuerySet[Contact]) -> QuerySet[Contact]:
    """Lock contacts in the order of their ids, so that two who change the same ones queue up."""
    rows = contacts.select_for_update(of=("self",), no_key=True).order_by("pk")
    return Contact.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
