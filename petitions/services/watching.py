"""What organizers are told without asking."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaign.services import alert_organizers
from petitions.services.counting import Drift, recount_signatures

logger = logging.getLogger(__name__)


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
