"""Mails about gifts; each has a key, so that it is the same mail however often it is asked for.

They go to the address that stands in the gift, in the language in which it was given; who gave none gets none.
"""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from coop4canada.kit.senders import Letter
from coop4canada.kit.signing import seal
from polls.enums import GIFT, MEND_CARD, PROMISE, RefundReason
from polls.models import Charge, Contribution, PollProject, Refund
from polls.rules.amounts import write_amount
from supporters.models import OutgoingMessage
from supporters.rules.email import BadAddress, read_address
from supporters.rules.person_name import given_name
from supporters.services.outbox import queue_letter, remove_letters

LANGUAGES = ("en", "fr")


def mail_receipt(row: Contribution, *, now: datetime) -> None:
    """Mail the receipt; its number stands on the gift."""
    values = {"number": f"{row.receipt_number:06}", "settled_on": _days(row.settled_at or now)}
    _mail("receipt", row, f"receipt:{row.public_id}", values, now)


def mail_card_declined(charge: Charge, *, is_last: bool, now: datetime) -> None:
    """Mail the link to the page on which the card is mended."""
    row = charge.contribution
    values = {"token": seal(MEND_CARD, row.pk), "is_last": is_last}
    _mail("card_declined", row, f"card_declined:{row.public_id}:{charge.attempt}", values, now)


def mail_refunded(refund: Refund, *, now: datetime) -> None:
    """Say that money is on its way back."""
    values = {"refunded": _amounts(refund.amount_cents), "reason": refund.reason}
    _mail("refunded", refund.contribution, f"refunded:{refund.pk}", values, now)


def mail_promised(row: Contribution, *, now: datetime) -> None:
    """Say that a card is saved and when it is charged, with the link under which the promise is taken back."""
    goal = row.project and _amounts(row.project.goal_cents)
    values = {"goal": goal or dict.fromkeys(LANGUAGES, ""), "promise_token": seal(PROMISE, row.pk)}
    _mail("promised", row, f"promised:{row.public_id}", values, now)


def mail_released(row: Contribution, *, reason: RefundReason, now: datetime) -> None:
    """Say that a saved card is forgotten and was never charged, and why."""
    _mail("released", row, f"released:{row.public_id}", {"reason": reason.value}, now)


def mail_moved(row: Contribution, *, to: PollProject | None, key: str, now: datetime) -> None:
    """Say for which poll a gift is now."""
    _mail("moved", row, f"moved:{key}", {"target": _purpose(to)}, now)


def forget_mails(row: Contribution) -> None:
    """Take every mail about a gift out of the outbox, sent or not: what they say of a person goes with the person."""
    keys = OutgoingMessage.objects.filter(kind__startswith="polls/", context__gift=str(row.public_id))
    remove_letters(keys=list(keys.values_list("key", flat=True)))


def _mail(name: str, row: Contribution, key: str, values: dict[str, Any], now: datetime) -> None:
    try:
        address = read_address(row.email)
    except BadAddress:
        return
    context = {
        "gift": str(row.public_id),
        "name": given_name(row.name),
        "amount": _amounts(row.amount_cents),
        "purpose": _purpose(row.project),
        "gift_token": seal(GIFT, row.pk),
        **values,
    }
    letter = Letter(
        kind=f"polls/{name}",
        key=f"polls/{key}",
        to=address,
        language=row.language,
        context=_in_both(context),
    )
    queue_letter(letter=letter, now=now)


def _in_both(context: dict[str, Any]) -> dict[str, Any]:
    """Return the values with each `{language: words}` as `name_en` and `name_fr`, which the outbox chooses between."""
    flat: dict[str, Any] = {}
    for name, value in context.items():
        if isinstance(value, dict):
            flat |= {f"{name}_{language}": value[language] for language in LANGUAGES}
        else:
            flat[name] = value
    return flat


def _amounts(cents: int) -> dict[str, str]:
    return {language: write_amount(cents, language) for language in LANGUAGES}


def _days(at: datetime) -> dict[str, str]:
    days = {}
    for language in LANGUAGES:
        with translation.override(language):
            days[language] = date_format(at, "DATE_FORMAT")
    return days


def _purpose(project: PollProject | None) -> dict[str, str]:
    """Return the riding whose poll it is for; empty for the general fund."""
    if project is None:
        return dict.fromkeys(LANGUAGES, "")
    riding = project.riding
    return {"en": riding.name_en, "fr": riding.name_fr}
