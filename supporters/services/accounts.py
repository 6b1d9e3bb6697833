"""Accounts and the people behind them: opened, tied together, corrected, erased."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from supporters.models import RidingRole, Supporter, User
from supporters.queries.accounts import loose_accounts
from supporters.queries.correspondents import Correspondent
from supporters.queries.roles import account_at
from supporters.rules.email import read_address
from supporters.rules.household import PLACES, Resident, owns_account
from supporters.services.my_data import Correction, correct_details
from supporters.services.people import Details, confirm_address, lock_address, recognise_supporter


class HouseholdFull(Exception):
    """Two others use this address already, so nobody more can be written down under it."""


@transaction.atomic
def open_account(*, details: Details, now: datetime) -> User:
    """Return the account of whoever read a code in their mailbox, made if there is none, with the person behind it.

    Done twice it is one account. It is that of the very address the code went to: another way of writing it may be
    somebody else's.
    """
    lock_address(address_key=details.address.key)
    user = account_at(details.address.typed)
    if user is None:
        user = User.objects.create_user(details.address.typed, name=details.name, joined_at=now)
    if user.is_active and not user.is_staff:
        ensure_supporter(user=user, details=details, now=now)
    return user


@transaction.atomic
def ensure_supporter(*, user: User, details: Details, now: datetime) -> Supporter | None:
    """Return who stands behind an account; if that is not known, whoever these details of theirs describe.

    Only for details that came from the account's own mailbox. None where two others use the address already, or
    the person has another account.
    """
    lock_address(address_key=details.address.key)
    account = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    if account.supporter_id is None:
        found = recognise_supporter(details=details, now=now).supporter
        if found is None or User.objects.filter(supporter=found).exists():
            return None
        confirm_address(supporter=found, details=details, now=now)
        _tie(account, found)
    user.supporter_id = account.supporter_id
    return Supporter.objects.get(account=account)


@transaction.atomic
def tie_account(*, user: User, now: datetime) -> bool:
    """Tie an account whose mailbox was just read to the supporter of that mailbox who bears its name; say whether it was.

    Only the first of a household: who shares a mailbox has no account of their own.
    """
    key = read_address(user.email).key
    lock_address(address_key=key)
    account = User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    person = Supporter.objects.filter(email_key=key, household_place=PLACES[0], account=None).first()
    if account.supporter_id is not None or person is None:
        return False
    is_confirmed = person.email_confirmed_at is not None
    resident = Resident(person.household_place, person.name, person.postal_code, is_confirmed)
    if not owns_account(resident, name=account.name):
        return False
    confirm_address(supporter=person, details=None, now=now)
    _tie(account, person)
    return True


@transaction.atomic
def describe_account(*, user: User, correction: Correction, now: datetime) -> None:
    """Write what the owner of an account says about themselves, on the account and on the person behind it.

    Raises: HouseholdFull.
    """
    supporter = Supporter.objects.filter(account=user.pk).first() or ensure_supporter(
        user=user, details=_details(user, correction), now=now
    )
    if supporter is None:
        raise HouseholdFull
    correct_details(supporter=supporter, correction=correction, now=now)
    User.objects.filter(pk=user.pk).update(name=correction.name)


@transaction.atomic
def forget_account(*, supporter: Supporter) -> None:
    """Take the account of a person out of use, and out of it all that names them; `SupportersConfig` lists this erasure."""
    for user in User.objects.filter(supporter=supporter):
        _forget(user)


@transaction.atomic
def forget_loose_accounts(*, supporter: Supporter | Correspondent) -> None:
    """Do the same with accounts of a mailbox behind which nobody is known to stand."""
    for user in loose_accounts(supporter.email_key):
        _forget(user)


def _forget(user: User) -> None:
    """Empty an account. What was done with it stays, as nobody's; organizers' accounts are ended by organizers."""
    if user.is_staff:
        return
    RidingRole.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    user.email, user.name, user.is_active, user.supporter = f"{user.pk}@erased.invalid", "", False, None
    user.set_unusable_password()
    user.save()


def _tie(account: User, person: Supporter) -> None:
    account.supporter = person
    account.save(update_fields=["supporter"])


def _details(user: User, correction: Correction) -> Details:
    return Details(
        name=correction.name,
        address=read_address(user.email),
        postal_code=correction.postal_code,
        riding_number=correction.riding_number,
        riding_source=correction.riding_source,
        language=correction.language,
        phone=correction.phone,
    )
