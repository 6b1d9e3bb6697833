"""Builders of the phone team at work."""

from typing import Any
from uuid import uuid4

from supporters.models import Supporter, User
from tests.volunteers.contacting import NOON, contact, contact_list, script_version, team, volunteer
from volunteers.enums import ListState, Outcome
from volunteers.models import Contact, ContactList, Lease, Team
from volunteers.queries.calls import Offer
from volunteers.services.calls import Nothing, Result, Submission, dial, next_contact, record_outcome


def phone_team() -> Team:
    """Return the national phone team."""
    return Team.objects.filter(riding_number=None).first() or team(None)


def caller(email: str = "bruno@example.org") -> User:
    """Return a member of the phone team."""
    known = User.objects.filter(email=email, memberships__team=phone_team()).first()
    return known or volunteer(email, of=phone_team())


def phone_list(**fields: Any) -> ContactList:
    """Make an active list with a script in use."""
    return contact_list(**{"script": script_version().script, **fields})


def voters(count: int, of: ContactList, **fields: Any) -> list[Contact]:
    """Make so many people with numbers of their own."""
    return [contact(of, f"+1613555{number:04d}", **fields) for number in range(1000, 1000 + count)]


def claim(by: User, at: Any = NOON) -> Offer:
    """Give the caller somebody."""
    found = next_contact(caller=by, now=at)
    assert isinstance(found, Offer), found
    return found


def nothing(by: User, at: Any = NOON) -> Nothing:
    """Find nobody for the caller."""
    found = next_contact(caller=by, now=at)
    assert isinstance(found, Nothing), found
    return found


def said(outcome: str = "answered", **fields: Any) -> Submission:
    """Write what a caller sends."""
    return Submission(**{"client_id": uuid4(), "outcome": Outcome(outcome), **fields})


def record(by: User, offer: Offer, outcome: str = "answered", at: Any = NOON, **fields: Any) -> Result:
    """Record an outcome."""
    return record_outcome(lease_id=offer.lease_id, caller=by, submission=said(outcome, **fields), now=at)


def call(by: User, at: Any = NOON) -> Offer:
    """Claim and dial."""
    offer = claim(by, at)
    dial(lease_id=offer.lease_id, caller=by, now=at)
    return offer


def lease_of(offer: Offer) -> Lease:
    """Return the row of an offer."""
    return Lease.objects.get(pk=offer.lease_id)


def paused(one: ContactList) -> ContactList:
    """Pause a list by hand."""
    ContactList.objects.filter(pk=one.pk).update(state=ListState.PAUSED)
    return one


def person_behind(user: User, **fields: Any) -> Supporter:
    """Make the supporter whose address an account has."""
    given = {"email": user.email, "email_key": user.email, "name": user.name, "created_at": NOON}
    return Supporter.objects.create(**{**given, **fields})
