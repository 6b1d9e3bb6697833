"""How often somebody gets a mail about what they, or anybody, typed into a form. Pure."""

from datetime import datetime, timedelta

# Source: RFC 5321 (2008) section 4.5.4.1 lets a mail be under way for days; people read it later still.
LINK_LIFE = timedelta(days=30)
BETWEEN_MAILS = timedelta(minutes=10)
MOST_MAILS = 5


def may_mail(*, mail_count: int, mailed_at: datetime | None, now: datetime) -> bool:
    """Say whether one more mail may go out: not twice in ten minutes, five in all."""
    if mail_count >= MOST_MAILS:
        return False
    return mailed_at is None or now - mailed_at >= BETWEEN_MAILS
