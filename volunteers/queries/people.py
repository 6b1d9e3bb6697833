"""What is kept of a volunteer's account, for them to see and take away."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from coop4canada.kit.panels import Records
from coop4canada.kit.senders import Person
from supporters.models import User
from volunteers.models import Certificate, Membership, ShiftSignup
from volunteers.queries.names import team_name


def accounts_of(person: Person) -> QuerySet[User]:
    """Return the account whose address a person proved to read, as it is mailed or as it is compared."""
    typed = getattr(person, "email", person.email_key)
    return User.objects.filter(Q(email__iexact=person.email_key) | Q(email__iexact=typed))


def membership_records(*, supporter: Person) -> Records:
    """Return the teams that somebody asked to join, was in, or is in."""
    rows = Membership.objects.filter(user__in=accounts_of(supporter)).select_related("team").order_by("pk")
    columns = (_("Team"), _("State"), _("Message"), _("Asked"), _("Joined"), _("Ended"))
    return Records(
        _("Teams"),
        columns,
        tuple(
            (
                team_name(row.team),
                str(row.get_state_display()),
                row.message,
                _moment(row.asked_at),
                _moment(row.joined_at),
                _moment(row.ended_at),
            )
            for row in rows
        ),
    )


def shift_records(*, supporter: Person) -> Records:
    """Return the shifts that somebody signed up for, and their hours."""
    rows = ShiftSignup.objects.filter(user__in=accounts_of(supporter)).select_related("shift__event")
    columns = (_("Event"), _("Begins"), _("State"), _("Hours"), _("Signed up"))
    return Records(
        _("Shifts"),
        columns,
        tuple(
            (
                row.shift.event.title,
                _moment(row.shift.starts_at),
                str(row.get_state_display()),
                "" if row.hours is None else str(row.hours),
                _moment(row.signed_up_at),
            )
            for row in rows.order_by("pk")
        ),
    )


def certificate_records(*, supporter: Person) -> Records:
    """Return what somebody passed."""
    rows = Certificate.objects.filter(user__in=accounts_of(supporter)).select_related("course").order_by("pk")
    columns = (_("Course"), _("Passed"), _("Revoked"), _("Why"))
    return Records(
        _("Training"),
        columns,
        tuple(
            (str(row.course), _moment(row.passed_at), _moment(row.revoked_at), row.revoke_reason)
            for row in rows
        ),
    )


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
