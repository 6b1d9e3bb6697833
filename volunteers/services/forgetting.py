"""Forgetting a volunteer, on the wish of whoever reads the account's mail; the account itself is not ours."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coop4canada.kit.senders import Person
from supporters.models import OutgoingMessage, User
from volunteers.enums import EndOfMembership
from volunteers.models import CalendarFeed, Certificate, Event, Membership, ShiftNotice, ShiftSignup
from volunteers.queries.people import accounts_of
from volunteers.services.membership_ends import end_membership


@transaction.atomic
def forget_volunteer(*, supporter: Person) -> None:
    """Erase memberships, shifts, hours and certificates of the account at an address, and the mails about them.

    What the person held of a team ends as when leaving it: others get the seats, voters go back to the queue.
    """
    # Whoever asks to be erased hands in no moment.
    now = timezone.now()
    for user in accounts_of(supporter).order_by("pk"):
        _forget(user, now)
    OutgoingMessage.objects.filter(
        to_key=supporter.email_key, supporter=None, kind__startswith="volunteers/"
    ).delete()


def _forget(user: User, now: datetime) -> None:
    held = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("team", "user")
    for membership in held.filter(user=user, ended_at__isnull=True).order_by("pk"):
        end_membership(membership, EndOfMembership.LEFT, by=None, now=now)
    _forget_letters_about(user)
    for model in (Membership, ShiftNotice, ShiftSignup, Certificate, CalendarFeed):
        model.objects.filter(user=user).delete()
    Event.objects.filter(host=user).update(host=None)


def _forget_letters_about(user: User) -> None:
    """Take out the mails to leaders that name the person: who asked to join, and what they wrote."""
    letters = OutgoingMessage.objects.filter(supporter=None)
    for membership in Membership.objects.filter(user=user).order_by("pk"):
        letters.filter(key__startswith=f"volunteers/team_asked:{membership.pk}:").delete()
        start = f"volunteers/team_message:{membership.team_id}:{user.pk}:"
        letters.filter(key__startswith=start).delete()
