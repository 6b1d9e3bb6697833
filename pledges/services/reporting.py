"""“I joined”: told by a form, confirmed by the link in a mail, or told with one click by whom we know."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from pledges.models import MembershipReport, PartyMembershipDrive
from pledges.rules.deadlines import takes_reports
from pledges.services.asking import (
    Applicant,
    DriveClosed,
    known_person,
    locked,
    person_of,
    phase_of,
    send_link,
    take_down,
)
from supporters.services import Circumstances, confirm_address


@transaction.atomic
def report_membership(
    *, drive: PartyMembershipDrive, applicant: Applicant, circumstances: Circumstances, now: datetime
) -> None:
    """Note that somebody joined, to be confirmed by mail; say nothing about who had told it before.

    Told again it changes nothing, but for a fresh mail after a while.
    Raises: DriveClosed while the party takes no members yet, and after the vote.
    """
    phase = phase_of(drive, now)
    if not takes_reports(phase):
        raise DriveClosed(phase)
    report, _is_new = MembershipReport.objects.get_or_create(
        drive=drive, supporter=person_of(applicant, now), defaults={"reported_at": now}
    )
    take_down(report, applicant=applicant, circumstances=circumstances, now=now)


@transaction.atomic
def report_known(*, drive: PartyMembershipDrive, supporter_id: int, now: datetime) -> MembershipReport | None:
    """Note that a person we know joined: it counts at once, without a mail; None if we do not know them after all.

    Raises: DriveClosed.
    """
    phase = phase_of(drive, now)
    if not takes_reports(phase):
        raise DriveClosed(phase)
    person = known_person(supporter_id)
    if person is None:
        return None
    report, _is_new = MembershipReport.objects.get_or_create(
        drive=drive, supporter=person, defaults={"reported_at": now}
    )
    MembershipReport.objects.filter(pk=report.pk, confirmed_at__isnull=True).update(
        confirmed_at=now, suspicion=""
    )
    return report


@transaction.atomic
def confirm_report(*, report_id: int, now: datetime) -> MembershipReport | None:
    """Let a report count; None if it was taken back. Doing so again changes nothing."""
    report = locked(MembershipReport, report_id)
    if report is None or report.supporter is None:
        return None
    if report.confirmed_at is None:
        report.confirmed_at = now
        report.save(update_fields=["confirmed_at"])
        confirm_address(supporter=report.supporter, details=None, now=now)
    return report


@transaction.atomic
def take_back_report(*, report_id: int) -> None:
    """Forget that somebody said they joined; twice is once."""
    MembershipReport.objects.filter(pk=report_id, supporter__isnull=False).delete()


@transaction.atomic
def let_reports_count(*, reports: QuerySet[MembershipReport]) -> int:
    """Let reports count that looked suspicious; return how many did."""
    return reports.exclude(suspicion="").update(suspicion="")


@transaction.atomic
def send_fresh_report_link(*, report_id: int, circumstances: Circumstances, now: datetime) -> None:
    """Mail a new link for one that is too old."""
    report = locked(MembershipReport, report_id)
    if report is not None and report.supporter is not None and report.confirmed_at is None:
        send_link(report, circumstances=circumstances, now=now)
