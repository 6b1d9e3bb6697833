"""A fresh link for everybody who signed and has not confirmed, as often as mails about a signature are allowed."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from coop4canada.kit.jobs import enqueue
from petitions.models import Petition, Resend, Signature
from petitions.rules.signing import may_confirm, opening
from petitions.services.mails import mail_owner
from petitions.services.signing import PetitionClosed
from supporters.enums import EntryState
from supporters.models import User
from supporters.rules.pace import BETWEEN_MAILS, MOST_MAILS
from supporters.services.entries import count_mail
from supporters.services.outbox import PRIORITY_BULK

BATCH = 500


@dataclass(frozen=True)
class ResendProposal:
    """A reminder as it was previewed: to how many, up to which signature; `key` makes it the same however often confirmed."""

    petition_id: int
    last_signature_id: int
    expected_count: int
    key: str


def propose_resend(*, petition: Petition, key: str, now: datetime) -> ResendProposal:
    """Count who would be reminded now; writes nothing."""
    rows = _waiting(petition.pk, now)
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    return ResendProposal(petition.pk, last, rows.count(), key)


@transaction.atomic
def remind_unconfirmed(*, proposal: ResendProposal, user: User, now: datetime) -> Resend:
    """Take the reminder down; the worker queues the mails.

    Raises: PetitionClosed if nobody could confirm any more.
    """
    petition = Petition.objects.get(pk=proposal.petition_id)
    if not may_confirm(petition.schedule, now):
        raise PetitionClosed(opening(petition.schedule, now))
    resend, _is_new = Resend.objects.get_or_create(
        key=proposal.key,
        defaults={
            "petition": petition,
            "requested_by": user,
            "created_at": now,
            "last_signature_id": proposal.last_signature_id,
            "expected_count": proposal.expected_count,
        },
    )
    enqueue("petitions.tasks.work_through_bulk")
    return resend


def carry_on_resend(*, now: datetime, batch: int = BATCH) -> bool:
    """Queue one batch of the oldest reminder that is not finished; say whether there was one."""
    with transaction.atomic():
        waiting = Resend.objects.filter(done_at__isnull=True).select_related("petition").order_by("pk")
        resend = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
        if resend is None:
            return False
        rows = _waiting(resend.petition_id, now).filter(
            pk__gt=resend.reached_id, pk__lte=resend.last_signature_id
        )
        signatures = list(
            rows.select_related("petition", "supporter")
            .select_for_update(of=("self",), no_key=True)
            .order_by("pk")[:batch]
        )
        if not may_confirm(resend.petition.schedule, now):
            signatures = []
        resend.changed_count += _mail(signatures, now)
        resend.reached_id = signatures[-1].pk if signatures else resend.last_signature_id
        resend.done_at = now if len(signatures) < batch else None
        resend.save()
        return True


def _waiting(petition_id: int, now: datetime) -> QuerySet[Signature]:
    """Return the unsuspected unconfirmed signatures about which a mail may leave now."""
    return Signature.objects.filter(
        Q(mailed_at__isnull=True) | Q(mailed_at__lte=now - BETWEEN_MAILS),
        petition_id=petition_id,
        state=EntryState.PENDING,
        suspicion="",
        supporter__isnull=False,
        mail_count__lt=MOST_MAILS,
    )


def _mail(signatures: list[Signature], now: datetime) -> int:
    mailed = [signature for signature in signatures if count_mail(signature, now=now)]
    for signature in mailed:
        mail_owner(kind="confirm", signature=signature, priority=PRIORITY_BULK, now=now)
    Signature.objects.bulk_update(mailed, ["mail_count", "mailed_at"])
    return len(mailed)
