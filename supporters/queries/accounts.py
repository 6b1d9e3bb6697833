"""Accounts: who stands behind one, and what is kept about it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coop4canada.kit.panels import Records
from supporters.models import Supporter, User
from supporters.queries.correspondents import Correspondent
from supporters.queries.places import riding_name
from supporters.queries.roles import Account, account_at, roles_of
from supporters.queries.second_factors import second_factors_of
from supporters.rules.email import Address, read_address


@dataclass(frozen=True)
class OwnAccount:
    """An account as its owner sees it; `supporter` is None while nobody is known to stand behind it."""

    email: str
    name: str
    supporter: Supporter | None
    riding: str
    has_second_factor: bool


def supporter_of(user: Account) -> Supporter | None:
    """Return who stands behind an account; None if that is not known, or nobody is logged in."""
    return Supporter.objects.filter(account=user.pk).first() if user.pk else None


def own_account(user: Account) -> OwnAccount:
    """Return an account as its owner sees it."""
    supporter = supporter_of(user)
    name = user.name if isinstance(user, User) else ""
    return OwnAccount(
        email=user.email if isinstance(user, User) else "",
        name=supporter.name if supporter else name,
        supporter=supporter,
        riding=riding_name(supporter.riding_number) if supporter else "",
        has_second_factor=second_factors_of(user).has_any,
    )


def account_of_mailbox(address: Address) -> User | None:
    """Return the account of a mailbox: with this very address, or another way of writing it."""
    tied = User.objects.filter(supporter__email_key=address.key).order_by("supporter__household_place")
    return account_at(address.typed) or tied.first()


def loose_accounts(email_key: str) -> QuerySet[User]:
    """Return accounts of a mailbox behind which nobody is known to stand."""
    loose = User.objects.filter(supporter=None).only("pk", "email")
    numbers = [user.pk for user in loose if read_address(user.email).key == email_key]
    return User.objects.filter(pk__in=numbers)


def account_records(*, supporter: Supporter | Correspondent) -> Records:
    """Return what is kept about a person's account; of a mere address, about accounts that nobody is known behind."""
    loose = loose_accounts(supporter.email_key).values("pk")
    tied = Q(supporter=supporter) if isinstance(supporter, Supporter) else Q(pk__in=())
    users = User.objects.filter(tied | Q(pk__in=loose)).order_by("pk")
    return Records(
        title=_("Account"),
        columns=(_("E-mail"), _("Name"), _("Opened"), _("Last log-in"), _("Roles"), _("Second factor")),
        rows=tuple(_row(user) for user in users),
    )


def _row(user: User) -> tuple[str, ...]:
    roles = ", ".join(f"{role.label} {role.riding_name}".strip() for role in roles_of(user))
    last = date_format(user.last_login, "DATE_FORMAT") if user.last_login else _("never")
    factor = _("set up") if second_factors_of(user).has_any else _("none")
    return (
        user.email,
        user.name,
        date_format(user.joined_at, "DATE_FORMAT"),
        last,
        roles or _("none"),
        factor,
    )
