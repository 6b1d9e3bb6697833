"""Giving people a role in a riding or in the whole country, and ending it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from coop4canada.kit.panels import functions_of
from coop4canada.kit.senders import Letter
from supporters.enums import RidingRoleKind
from supporters.models import RidingRole, User
from supporters.queries.places import riding_name
from supporters.queries.roles import account_at
from supporters.rules.email import Address
from supporters.services.outbox import queue_letter
from supporters.services.people import lock_address


class AccountSwitchedOff(Exception):
    """The account of this address may not log in, so a role would be of no use."""


@dataclass(frozen=True)
class Invitation:
    """Whom a role is offered to, and in which language the mail about it is written."""

    address: Address
    language: str
    name: str = ""


@transaction.atomic
def invite_to_role(
    *, invitation: Invitation, riding_number: int | None, role: RidingRoleKind, by: User | None, now: datetime
) -> RidingRole:
    """Give the owner of an address a role, with an account if there is none, and mail them where to log in.

    Given twice it is one role and one mail.
    Raises: AccountSwitchedOff.
    """
    lock_address(address_key=invitation.address.key)
    user = account_at(invitation.address.typed)
    if user is None:
        user = User.objects.create_user(invitation.address.typed, name=invitation.name)
    if not user.is_active:
        raise AccountSwitchedOff
    granted = grant_role(user=user, riding_number=riding_number, role=role, by=by, now=now)
    _mail_invitation(granted, invitation, now)
    return granted


@transaction.atomic
def grant_role(
    *, user: User, riding_number: int | None, role: RidingRoleKind, by: User | None, now: datetime
) -> RidingRole:
    """Give an account a role in a riding, unless it holds it; AppConfigs list `(role, now)` under `role_listeners`.

    Without a riding it is a role of the whole country. Mails nobody.
    """
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    granted, is_new = RidingRole.objects.get_or_create(
        user=user,
        riding_number=riding_number,
        role=role,
        ended_at=None,
        defaults={"granted_by": by, "granted_at": now},
    )
    if is_new:
        for listen in functions_of("role_listeners"):
            listen(role=granted, now=now)
    return granted


@transaction.atomic
def end_role(*, role_id: int, now: datetime) -> bool:
    """End a role from this moment; say whether it was still held."""
    return bool(RidingRole.objects.filter(pk=role_id, ended_at__isnull=True).update(ended_at=now))


def _mail_invitation(granted: RidingRole, invitation: Invitation, now: datetime) -> None:
    context: dict[str, object] = {"name": granted.user.name, "is_staff": granted.user.is_staff}
    for language in ("en", "fr"):
        with override(language):
            context[f"role_{language}"] = str(RidingRoleKind(granted.role).label)
            context[f"riding_{language}"] = riding_name(granted.riding_number) or str(
                granted.riding_number or ""
            )
    letter = Letter(
        kind="supporters/role_invitation",
        key=f"supporters/role_invitation:{granted.pk}",
        to=invitation.address,
        language=invitation.language,
        context=context,
    )
    queue_letter(letter=letter, now=now)
