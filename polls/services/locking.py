"""Locks of money, in the order of docs/algorithms/locking.md: project, gift, then what hangs on the gift."""

from polls.models import Contribution, PollProject


def lock_gift(contribution_id: int) -> Contribution:
    """Return a gift, held together with its project until the transaction ends.

    The project is held so that it does not move on between what is read of it and what is booked for it.
    """
    known = Contribution.objects.values_list("project", flat=True).get(pk=contribution_id)
    if known is not None:
        PollProject.objects.select_for_update(of=("self",), no_key=True).get(pk=known)
    rows = Contribution.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=contribution_id)
