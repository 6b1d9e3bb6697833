"""The provider's outages, and more mail than is healthy."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from campaign.services import alert_organizers
from coop4canada.kit.db import lock_for_transaction
from supporters.models import OutgoingMessage, ProviderOutage
from supporters.rules.backoff import FAILURES_TO_REPORT, outage_pause

MINUTE = timedelta(minutes=1)


@transaction.atomic
def note_outage(*, said: str, now: datetime) -> None:
    """Leave the provider alone for a while, longer with every failure but never a minute; tell organizers once it lasts."""
    lock_for_transaction("supporters.outage")
    outage = ProviderOutage.objects.first() or ProviderOutage(failures=0, since=now)
    outage.failures += 1
    outage.retry_at = now + outage_pause(outage.failures)
    outage.last_error = said[:300]
    outage.save()
    if outage.failures == FAILURES_TO_REPORT:
        message = _("The mail provider takes no mail: %(said)s") % {"said": said}
        alert_organizers(key="mail.provider", message=message, now=now)


def note_recovery() -> None:
    """End an outage: a mail was accepted."""
    ProviderOutage.objects.all().delete()


def watch_rate(*, now: datetime) -> None:
    """Tell organizers when more answers to forms leave within a minute than is healthy: somebody may be bombing people."""
    answers = OutgoingMessage.objects.filter(sent_at__gt=now - MINUTE, sent_at__lte=now, purpose="").count()
    if answers > settings.MAIL_ALARM_PER_MINUTE:
        message = _(
            "%(count)s mails answering forms left within one minute: is this a flood of false sign-ups?"
        )
        alert_organizers(key="mail.rate", message=message % {"count": answers}, now=now)
