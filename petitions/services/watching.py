"""What organizers are told without asking."""

import logging
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.services import alert_organizers
from petitions.enums import TrendKind
from petitions.models import Petition
from petitions.queries.trending import Trend, trends
from petitions.services.counting import Drift, recount_signatures

logger = logging.getLogger(__name__)

KEY_LENGTH = 150


@transaction.atomic
def check_counts(*, now: datetime) -> list[Drift]:
    """Count every row, mend wrong counts and tell organizers of them; return by how much they were wrong."""
    drifts = recount_signatures(now=now)
    if drifts:
        confirmed, pending = (
            sum(getattr(drift, field) for drift in drifts) for field in ("confirmed", "pending")
        )
        logger.error("counts were wrong: %s", drifts)
        message = _(
            "The nightly recount mended wrong counts in %(places)s places: %(confirmed)s confirmed, %(pending)s pending."
        ) % {"places": len(drifts), "confirmed": f"{confirmed:+}", "pending": f"{pending:+}"}
        alert_organizers(key="petitions.drift", message=message, now=now)
    return drifts


def watch_trends(*, now: datetime) -> list[Trend]:
    """Tell organizers who signed far more often within the last hour than people do, with a link to those signatures."""
    found = trends(now)
    titles = dict(
        Petition.objects.filter(pk__in={trend.petition_id for trend in found}).values_list("pk", "title_en")
    )
    for trend in found:
        message = _("%(count)s signatures from %(value)s under “%(petition)s” within one hour.") % {
            "count": trend.count,
            "value": trend.value,
            "petition": titles[trend.petition_id],
        }
        alert_organizers(key=_key(trend), message=message, link=_link(trend), now=now)
    return found


def _key(trend: Trend) -> str:
    # A mail domain may be longer than a key.
    return f"petitions.trending:{trend.petition_id}:{trend.kind}:{trend.value}"[:KEY_LENGTH]


def _link(trend: Trend) -> str:
    value = f"@{trend.value}" if trend.kind == TrendKind.DOMAIN else trend.value
    query = urlencode({"petition": trend.petition_id, "q": value})
    return f"{reverse('admin:petitions_signature_changelist')}?{query}"
