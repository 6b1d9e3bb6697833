"""Moving a gift's money from one purpose to another: in the ledger only, nothing leaves."""

from datetime import datetime

from django.db import transaction

from polls.enums import ContributionState, EntryKind
from polls.models import Contribution, LedgerEntry, PollProject
from polls.queries.ledger import places_of_gift
from polls.rules.bookkeeping import purpose
from polls.services.gift_mails import mail_moved
from polls.services.ledger import Booking, book
from polls.services.locking import lock_gift
from supporters.models import User


class NotMovable(ValueError):
    """The gift is not here, or its bank is looking at it."""


@transaction.atomic
def move_gift(
    *, contribution: Contribution, to: PollProject | None, now: datetime, by: User | None = None
) -> None:
    """Let all that is left of a gift lie with another project, or with the general fund (None).

    What lies there already stays; done twice it is done once.

    Raises: NotMovable.
    """
    row = lock_gift(contribution.pk)
    if row.state != ContributionState.SETTLED:
        raise NotMovable
    target = to.pk if to else None
    leaving = {
        place: cents for place, cents in places_of_gift(row.pk).items() if place != target and cents > 0
    }
    if not leaving:
        return
    lines = [purpose(place, cents) for place, cents in leaving.items()]
    lines.append(purpose(target, -sum(leaving.values())))
    moves = LedgerEntry.objects.filter(contribution=row, kind=EntryKind.MOVED).count()
    key = f"move:{row.public_id}:{moves + 1}"
    book(Booking(key, EntryKind.MOVED, lines, contribution=row, by=by), now=now)
    mail_moved(row, to=to, key=key, now=now)
