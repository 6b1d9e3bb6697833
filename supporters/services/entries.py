"""What happens to every entry of a public form: taken down, mailed about, confirmed by its owner, taken back."""

from datetime import datetime
from typing import TypeVar

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat, Trim

from coop4canada.kit.proof import LIFETIME
from supporters.enums import EntryState, RidingSource, Suspicion
from supporters.models import Entry, Supporter
from supporters.rules.confirming import may_become, state_on_confirming
from supporters.rules.email import read_address
from supporters.rules.pace import may_mail
from supporters.services.consent import Circumstances, confirm_consents
from supporters.services.people import Details, confirm_address, lock_address
from supporters.services.proofs import use_proof

AnyEntry = TypeVar("AnyEntry", bound=Entry)


def doubts_after_spending(suspicion: frozenset[str], *, proof: str, now: datetime) -> frozenset[str]:
    """Spend the proof of work that came with a form, and return the doubts then: one spent before is as good as none."""
    if not proof or use_proof(digest=proof, expires_at=now + LIFETIME):
        return suspicion
    return suspicion | {Suspicion.NO_PROOF}


def fill_in(
    entry: Entry,
    *,
    details: Details,
    suspicion: frozenset[str],
    referred_by: int | None,
    circumstances: Circumstances,
) -> None:
    """Write on an unsaved entry what a form says; taken down again, it has to be confirmed again."""
    entry.state = EntryState.PENDING
    entry.postal_code = details.postal_code
    entry.riding_number = details.riding_number
    entry.riding_source = details.riding_source
    entry.language = details.language
    entry.method = circumstances.method
    entry.suspicion = " ".join(sorted(suspicion))
    entry.origin = circumstances.origin
    entry.email_domain = details.address.domain
    entry.withdrawn_at = entry.confirmed_at = None
    if entry.pk is None and referred_by is not None:
        others = type(entry)._default_manager.filter(pk=referred_by)  # noqa: SLF001 — Django's public name
        entry.referred_by = others.only("pk").first()


def count_mail(entry: Entry, *, now: datetime) -> bool:
    """Count one more mail on the unsaved entry if its owner may get one now; say so."""
    if not may_mail(mail_count=entry.mail_count, mailed_at=entry.mailed_at, now=now):
        return False
    entry.mail_count += 1
    entry.mailed_at = now
    return True


def locked_entry(model: type[AnyEntry], pk: int, *related: str) -> AnyEntry | None:
    """Return the entry, nobody else at work on it or on its address, as forms for the same address are."""
    rows = model._default_manager  # noqa: SLF001 — Django's public name
    owned = rows.filter(pk=pk, supporter__isnull=False)
    address_key = owned.values_list("supporter__email_key", flat=True).first()
    if address_key is not None:
        lock_address(address_key=address_key)
    found = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk)
    return found.select_related("supporter", *related).first()


def confirm_entry(
    entry: Entry,
    *,
    name: str,
    riding_number: int | None,
    needs_proof: bool,
    circumstances: Circumstances,
    now: datetime,
) -> None:
    """Let a locked entry that waits for its owner count, unless something about it wants a look first.

    `name` is the one on the entry, empty if it has none. `riding_number` is what the person chose where the postal code
    reaches into several ridings, None where they did not. The thanks that follow are counted as a mail: what the owner
    did by a link of ours is answered at once, whatever others typed into forms.
    """
    if riding_number is not None:
        entry.riding_number, entry.riding_source = riding_number, RidingSource.CHOSEN
    if entry.state == EntryState.PENDING:
        doubts = frozenset(entry.suspicion.split())
        entry.state = state_on_confirming(doubts, needs_proof=needs_proof)
    entry.confirmed_at = now
    entry.mail_count += 1
    supporter = entry.supporter  # type: ignore[attr-defined]  # every entry has one
    confirm_address(supporter=supporter, details=_details(entry, supporter, name), now=now)
    confirm_consents(supporter=supporter, circumstances=circumstances, now=now)
    entry.save()


def take_back(entry: Entry, *, now: datetime) -> None:
    """Take a locked entry back for its owner; twice is once."""
    if may_become(entry.state, EntryState.WITHDRAWN):
        entry.state, entry.withdrawn_at = EntryState.WITHDRAWN, now
        entry.save(update_fields=["state", "withdrawn_at"])


def choose_riding_of(entry: Entry, *, riding_number: int) -> None:
    """Note on a locked entry and its owner which of the ridings of their postal code they live in."""
    supporter = entry.supporter  # type: ignore[attr-defined]  # every entry has one
    for row in (entry, supporter):
        row.riding_number, row.riding_source = riding_number, RidingSource.CHOSEN
        row.save(update_fields=["riding_number", "riding_source"])


def hold_bounced_entries(model: type[AnyEntry], *, address_key: str) -> None:
    """Hold what waits for an answer from an address that does not exist."""
    _waiting(model, address_key).update(
        state=EntryState.HELD,
        suspicion=Trim(Concat(F("suspicion"), Value(f" {Suspicion.BOUNCED.value}"))),
    )


def withdraw_refused_entries(model: type[AnyEntry], *, address_key: str, now: datetime) -> None:
    """Take back what waits for an answer from an address whose owner says that it was not them."""
    _waiting(model, address_key).update(state=EntryState.WITHDRAWN, withdrawn_at=now)


def _waiting(model: type[AnyEntry], address_key: str) -> QuerySet[AnyEntry]:
    rows = model._default_manager  # noqa: SLF001 — Django's public name
    return rows.filter(supporter__email_key=address_key, state=EntryState.PENDING)


def _details(entry: Entry, supporter: Supporter, name: str) -> Details:
    return Details(
        name=name,
        address=read_address(supporter.email),
        postal_code=entry.postal_code,
        riding_number=entry.riding_number,
        riding_source=entry.riding_source,
        language=entry.language,
    )
