"""The one door to a call: nobody else's exists."""

from uuid import UUID

from supporters.models import User
from volunteers.enums import EndOfLease, NoCall
from volunteers.models import Lease

WHY_GONE = {
    EndOfLease.RECORDED: NoCall.RECORDED,
    EndOfLease.SKIPPED: NoCall.SKIPPED,
    EndOfLease.EXPIRED: NoCall.LAPSED,
    EndOfLease.SUPPRESSED: NoCall.DO_NOT_CALL,
    EndOfLease.REVOKED: NoCall.REVOKED,
    EndOfLease.CLOSED: NoCall.CLOSED,
}


class NotYourCall(LookupError):
    """There is no such call of this caller."""


def locked_lease(lease_id: UUID, caller: User) -> Lease:
    """Return a call of the caller, its row locked until the transaction ends.

    Raises: NotYourCall.
    """
    rows = Lease.objects.select_for_update(of=("self",), no_key=True).select_related(
        "contact__contact_list", "script_version"
    )
    lease = rows.filter(pk=lease_id, caller=caller).first()
    if lease is None:
        raise NotYourCall
    return lease
