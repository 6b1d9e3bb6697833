"""The cast of every permission test."""

from supporters.models import User


def edith() -> User:
    """Edith, an organizer: may do everything in admin."""
    return User.objects.create_superuser("edith@example.org", "a long pass phrase")


def bruno() -> User:
    """Bruno, a volunteer: has an account, may not use admin."""
    return User.objects.create_user("bruno@example.org", "a long pass phrase")
