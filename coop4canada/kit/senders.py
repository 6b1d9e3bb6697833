"""What an app below the people's app needs for a form that anyone may fill in, and for the mail that answers it.

Such an app cannot import people, mail and address rules. `supporters` lists in its AppConfig what it lends: fields
(`name_fields`, `address_fields`), its rules on senders (`sender_judges`), spending a proof (`proof_spenders`), the
outbox (`letter_carriers`) and taking letters back out of it (`letter_removers`). See docs/adr/0016.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django import forms
from django_stubs_ext import StrOrPromise

from coop4canada.kit.panels import functions_of
from coop4canada.kit.proof import LIFETIME, Proof
from coop4canada.kit.signing import BadToken, seal, unseal


class MailAddress(Protocol):
    """An address that can be mailed, its canonical form, and its domain."""

    @property
    def typed(self) -> str:
        """As it is mailed."""

    @property
    def key(self) -> str:
        """As it is compared."""

    @property
    def domain(self) -> str:
        """What stands after the @."""


class Person(Protocol):
    """Whoever is known at an address."""

    @property
    def email_key(self) -> str:
        """Canonical form of their address."""


@dataclass(frozen=True)
class Letter:
    """A mail to an address that stands for an office rather than a supporter.

    `kind` names the templates, `key` makes it the same mail however often it is queued. `reply_to` in the context is
    whom an answer goes to. `origin` and `wide_origin` are the networks whose mails are counted together.
    """

    kind: str
    key: str
    to: MailAddress
    language: str
    context: dict[str, Any] = field(default_factory=dict)
    origin: str = ""
    wide_origin: str = ""


def name_field(label: StrOrPromise) -> forms.Field:
    """Return a form's field for a person's name."""
    return _lent("name_fields")(label=label)  # type: ignore[no-any-return]


def address_field(label: StrOrPromise) -> forms.Field:
    """Return a form's field for an e-mail address, whose value is a `MailAddress`."""
    return _lent("address_fields")(label=label)  # type: ignore[no-any-return]


def read_mail_address(text: str) -> MailAddress:
    """Read an address that organizers typed.

    Raises: ValidationError.
    """
    address: MailAddress = address_field("").clean(text)
    return address


def verdict_on(sender: MailAddress, *, address: str, now: datetime) -> str | None:
    """Return what the organizers' address rules say of a sender: "block", "allow" or None.

    Args:
        sender: the e-mail address.
        address: internet address the form came from.
        now: the moment.
    """
    verdict: str | None = _lent("sender_judges")(sender=sender, address=address, now=now)
    return verdict


def spend(proof: Proof, *, now: datetime) -> bool:
    """Spend a proof of work; say whether it was valid and still unspent."""
    return proof.is_valid and bool(_lent("proof_spenders")(digest=proof.digest, expires_at=now + LIFETIME))


def post_letter(letter: Letter, *, now: datetime) -> None:
    """Put a letter into the outbox, in the transaction of the caller."""
    _lent("letter_carriers")(letter=letter, now=now)


def remove_letters(*, keys: Collection[str]) -> None:
    """Delete the letters with these keys, sent or not: what they say about a person goes with the person."""
    _lent("letter_removers")(keys=keys)


def opened_stamp(purpose: str, earlier: str, *, now: datetime) -> str:
    """Return what a form carries along to say since when it is open; shown again, it is not younger.

    Args:
        purpose: which form.
        earlier: the stamp it came with, empty for a new form.
        now: the moment.
    """
    seconds = seconds_open(purpose, earlier, now=now) or 0.0
    return seal(purpose, f"{(now - timedelta(seconds=seconds)).timestamp():.3f}")


def seconds_open(purpose: str, stamp: str, *, now: datetime) -> float | None:
    """Return since when a form is open by its stamp; None if the stamp is not ours."""
    try:
        opened_at = datetime.fromtimestamp(float(unseal(purpose, stamp, max_age=None).values[0]), UTC)
    except BadToken:
        return None
    return max(0.0, (now - opened_at).total_seconds())


def _lent(slot: str) -> Any:  # noqa: ANN401 — a class or a function
    (found,) = functions_of(slot)
    return found
