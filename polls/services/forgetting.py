"""What is left of gifts when a person goes: what the law wants kept, and nothing else.

Source: Canada Elections Act, S.C. 2000, c. 9, section 359: names and addresses of those who gave are reported.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from coop4canada.kit.db import database_now
from polls.enums import ContributionState, RefundReason
from polls.models import Contribution
from polls.models.contributions import GONE
from polls.services.gift_mails import forget_mails
from polls.services.releasing import release
from supporters.models import Supporter

# Nobody pays on a page that closed a month ago.
LAPSED_KEPT_FOR = timedelta(days=30)


@transaction.atomic
def forget_giver(*, supporter: Supporter) -> None:
    """Let saved cards of a person go, and keep of gifts only what the law wants: name and address, no e-mail.

    Where no money ever came, name and address go as well.
    """
    rows = Contribution.objects.filter(supporter=supporter).order_by("pk")
    for row in rows:
        # Nobody could tell them any more that their card is charged.
        release(contribution=row, now=database_now(), reason=RefundReason.REQUEST)
        forget_mails(row)
    _empty(rows.filter(state=ContributionState.RELEASED))
    rows.update(email="", supporter=None)


@transaction.atomic
def forget_lapsed_gifts(*, now: datetime) -> None:
    """Empty who began a gift a month ago and never paid it, and who let their card be released."""
    old = Contribution.objects.filter(created_at__lt=now - LAPSED_KEPT_FOR).exclude(street=GONE)
    _empty(old.filter(state__in=[ContributionState.LAPSED, ContributionState.RELEASED]))


def _empty(rows: QuerySet[Contribution]) -> None:
    """Take out who it was; what the provider may still say of it finds the row."""
    rows.update(name=GONE, street=GONE, city=GONE, postal_code=GONE, person_key="", email="", supporter=None)
