"""Who may do what in which riding. Asked anew for every page: an ended role ends at once."""

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from supporters.enums import RidingRoleKind
from supporters.models import RidingRole, User
from supporters.queries.places import riding_name

Account = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class HeldRole:
    """A role as its holder sees it, in the active language; without a riding it is the whole country's."""

    riding_number: int | None
    riding_name: str
    role: str
    label: str


@dataclass(frozen=True)
class RoleHolder:
    """Somebody who holds a role in a riding, as those see it who may end it."""

    role_id: int
    email: str
    name: str


def ridings_with_role(user: Account, *kinds: RidingRoleKind) -> frozenset[int]:
    """Return the FED numbers of the ridings in which the account holds one of these roles now.

    A role that belongs to no riding brings none; `has_role` tells whether somebody holds it.
    """
    numbers = _live(user).filter(role__in=kinds).values_list("riding_number", flat=True)
    return frozenset(number for number in numbers if number is not None)


def has_role(user: Account, riding_number: int | None, *kinds: RidingRoleKind) -> bool:
    """Say whether the account holds one of these roles now: in the riding, or with None one that belongs to no riding."""
    return _live(user).filter(role__in=kinds, riding_number=riding_number).exists()


def roles_of(user: Account) -> tuple[HeldRole, ...]:
    """Return the roles that the account holds now, by riding; those without one at the end."""
    rows = list(_live(user).order_by("riding_number", "role"))
    names = {number: riding_name(number) for number in {row.riding_number for row in rows}}
    return tuple(
        HeldRole(row.riding_number, names[row.riding_number], row.role, row.get_role_display())
        for row in rows
    )


def holders_of(riding_number: int | None, kind: RidingRoleKind) -> tuple[RoleHolder, ...]:
    """Return who holds a role in a riding now, those who got it first at the beginning.

    None stands for no riding, where the role belongs to none.
    """
    live = RidingRole.objects.filter(riding_number=riding_number, role=kind, ended_at__isnull=True)
    rows = live.select_related("user").order_by("granted_at", "pk")
    return tuple(RoleHolder(row.pk, row.user.email, row.user.name) for row in rows)


def address_of(user: Account) -> str:
    """Return the e-mail address by which the account logs in."""
    return user.email if isinstance(user, User) else ""


def account_at(address: str) -> User | None:
    """Return the account with this e-mail address, however it is capitalised."""
    return User.objects.filter(email__iexact=address).first()


def _live(user: Account) -> QuerySet[RidingRole]:
    # Nobody has the number 0: the anonymous hold nothing.
    return RidingRole.objects.filter(user_id=user.pk or 0, ended_at__isnull=True)
