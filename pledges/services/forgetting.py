"""What is left when a person goes, and when an address wants no mail."""

from datetime import datetime

from django.db import transaction

from pledges.models import DriveReminder, MembershipReport
from pledges.services.mails import cancel_reminders
from supporters.models import Supporter


@transaction.atomic
def forget_person(*, supporter: Supporter) -> None:
    """Erase what is kept of a person: a confirmed report stays without a name, so that the count holds."""
    DriveReminder.objects.filter(supporter=supporter).delete()
    reports = MembershipReport.objects.filter(supporter=supporter)
    reports.filter(confirmed_at__isnull=True).delete()
    reports.update(supporter=None, suspicion="")


@transaction.atomic
def stop_reminders_to(*, address_key: str, now: datetime) -> None:
    """End every reminder to the people of an address that wants no mail, and drop what nobody there has confirmed."""
    MembershipReport.objects.filter(supporter__email_key=address_key, confirmed_at__isnull=True).delete()
    wanted = DriveReminder.objects.filter(supporter__email_key=address_key, withdrawn_at__isnull=True)
    rows = list(wanted.select_for_update(of=("self",), no_key=True).order_by("pk"))
    DriveReminder.objects.filter(pk__in=[row.pk for row in rows]).update(withdrawn_at=now)
    cancel_reminders(rows)
