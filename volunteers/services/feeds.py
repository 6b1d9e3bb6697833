"""What somebody sets for themselves: the private address of their calendar, the language of mails."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from supporters.models import User
from volunteers.models import CalendarFeed, Membership, ShiftSignup

# 256 bits: as good as a password nobody types.
BYTES = 32


@transaction.atomic
def renew_feed(*, user: User, now: datetime) -> CalendarFeed:
    """Give somebody a new address for their calendar; the one before reads nothing any more."""
    feed, _is_new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"secret": token_urlsafe(BYTES), "created_at": now}
    )
    return feed


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    """Write to somebody in this language from now on, also about shifts that they signed up for in another."""
    Membership.objects.filter(user=user, ended_at__isnull=True).update(language=language)
    ShiftSignup.objects.filter(user=user).update(language=language)
