"""The cast of every permission test."""

from coop4canada.kit.clock import now
from supporters.enums import RidingRoleKind
from supporters.models import User
from supporters.services import grant_role


def edith() -> User:
    """Edith, an organizer: may do everything in admin."""
    return User.objects.create_superuser("edith@example.org", "a long pass phrase")


def bruno() -> User:
    """Bruno, a volunteer: has an account, may not use admin."""
    return User.objects.create_user("bruno@example.org", "a long pass phrase")


def holder(email: str, role: RidingRoleKind, riding_number: int | None) -> User:
    """Make somebody with a role in a riding and no password, as organizers do."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    grant_role(user=user, riding_number=riding_number, role=role, by=None, now=now())
    return user


def chantal(riding_number: int = 35075) -> User:
    """Chantal, captain of riding A."""
    return holder("chantal@example.org", RidingRoleKind.CAPTAIN, riding_number)


def dev(riding_number: int = 59003) -> User:
    """Dev, captain of riding B."""
    return holder("dev@example.org", RidingRoleKind.CAPTAIN, riding_number)


def lena(riding_number: int = 35075) -> User:
    """Lena, lead of the chapter of riding A."""
    return holder("lena@example.org", RidingRoleKind.CHAPTER_LEAD, riding_number)


def igor(riding_number: int = 35075) -> User:
    """Igor, interviewer of riding A."""
    return holder("igor@example.org", RidingRoleKind.INTERVIEWER, riding_number)


def maude(riding_number: int = 59003) -> User:
    """Maude, lead of the chapter of riding B."""
    return holder("maude@example.org", RidingRoleKind.CHAPTER_LEAD, riding_number)


def oscar(riding_number: int = 35075) -> User:
    """Oscar, local organizer of riding A."""
    return holder("oscar@example.org", RidingRoleKind.LOCAL_ORGANIZER, riding_number)


def nora() -> User:
    """Nora, captain of the phone team, which has no riding."""
    return holder("nora@example.org", RidingRoleKind.PHONE_CAPTAIN, None)
