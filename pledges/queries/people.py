"""What a person told us or asked for, for the pages behind links in mails and for “my data”."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive, Pledge
from pledges.queries.drives import drive_by_id
from supporters.models import Supporter
from supporters.queries import Records
from supporters.queries.search import ids_at, ids_called
from supporters.rules.person_name import given_name


@dataclass(frozen=True)
class RequestPage:
    """A report or reminder behind a link: whose drive, and whether it holds.

    `supporter_id`: whose it is; None once they were erased.
    """

    drive: PartyMembershipDrive
    supporter_id: int | None
    is_confirmed: bool
    is_withdrawn: bool = False


def report_page(report_id: int) -> RequestPage | None:
    """Return what the page of a report shows; None if there is none."""
    row = MembershipReport.objects.filter(pk=report_id, supporter__isnull=False).first()
    if row is None:
        return None
    return RequestPage(_drive(row.drive_id), row.supporter_id, row.confirmed_at is not None)


def reminder_page(reminder_id: int) -> RequestPage | None:
    """Return what the page of a reminder shows; None if there is none."""
    row = DriveReminder.objects.filter(pk=reminder_id).first()
    if row is None:
        return None
    return RequestPage(
        _drive(row.drive_id), row.supporter_id, row.confirmed_at is not None, row.withdrawn_at is not None
    )


def _drive(pk: int) -> PartyMembershipDrive:
    drive = drive_by_id(pk)
    assert drive is not None  # noqa: S101 — the database protects drives that people speak of
    return drive


def given_name_of(supporter_id: int | None) -> str:
    """Return by what name to greet somebody whose browser we know; empty if we do not know them after all."""
    if supporter_id is None:
        return ""
    people = Supporter.objects.filter(pk=supporter_id, email_confirmed_at__isnull=False)
    name = people.values_list("name", flat=True).first()
    return given_name(name) if name else ""


def people_found(typed: str) -> list[int]:
    """Return the ids of the people that organizers mean by an address or by words of a name."""
    return ids_at(typed) if "@" in typed else ids_called(typed)


def records_of(*, supporter: Supporter) -> Records:
    """Return everything that is kept of a person here, for them to see and take away."""
    reports = MembershipReport.objects.filter(supporter=supporter).select_related("drive").order_by("pk")
    reminders = DriveReminder.objects.filter(supporter=supporter).select_related("drive").order_by("pk")
    rows = [
        (_("“I joined”"), row.drive.title, _moment(row.reported_at), _moment(row.confirmed_at), "")
        for row in reports
    ]
    rows += [
        (
            _("Reminder"),
            row.drive.title,
            _moment(row.asked_at),
            _moment(row.confirmed_at),
            _moment(row.withdrawn_at),
        )
        for row in reminders
    ]
    columns = (_("What"), _("Vote"), _("Told"), _("Confirmed"), _("Ended"))
    return Records(_("Joining a party"), columns, tuple(rows))


def pledge_records_of(*, supporter: Supporter) -> Records:
    """Return what is kept of a person's pledge; the state never tells what is looked at."""
    rows = Pledge.objects.filter(supporter=supporter).select_related("preference").order_by("pk")
    columns = (
        _("Pledged"),
        _("Confirmed"),
        _("Taken back"),
        _("Postal code"),
        _("Voting"),
        _("First preference"),
    )
    return Records(
        _("Your pledge to vote together"),
        columns,
        tuple(
            (
                _moment(row.created_at),
                _moment(row.confirmed_at),
                _moment(row.withdrawn_at),
                row.postal_code,
                str(row.get_voter_status_display()),
                row.preference.name if row.preference else "",
            )
            for row in rows
        ),
    )


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
