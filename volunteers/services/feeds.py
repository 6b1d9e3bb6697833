"""The private address of somebody's calendar."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from supporters.models import User
from volunteers.models import CalendarFeed

# 256 bits: as good as a password nobody types.
BYTES = 32


@transaction.atomic
def renew_feed(*, user: User, now: datetime) -> CalendarFeed:
    """Give somebody a new address for their calendar; the one before reads nothing any more."""
    feed, _is_new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"secret": token_urlsafe(BYTES), "created_at": now}
    )
    return feed
