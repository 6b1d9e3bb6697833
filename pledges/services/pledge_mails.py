"""Mails about a pledge; each is counted on its row, so that nobody is flooded by other people's forms."""

from datetime import datetime

from coop4canada.kit.signing import seal, short_code
from pledges.enums import REFERRAL
from pledges.models import Pledge
from supporters.rules.person_name import given_name
from supporters.services import Circumstances, Draft, queue_message

# Purposes of the links in mails.
CONFIRM_PLEDGE = "pledges.confirm-pledge"
MANAGE_PLEDGE = "pledges.manage-pledge"


def mail_pledger(
    *, kind: str, pledge: Pledge, circumstances: Circumstances | None = None, now: datetime
) -> None:
    """Queue the mail of this kind that was counted last on a saved pledge of somebody."""
    assert pledge.supporter is not None  # noqa: S101 — said for the type checker
    draft = Draft(
        kind=f"pledges/pledge_{kind}",
        key=f"pledges/pledge_{kind}:{pledge.pk}:{pledge.mail_count}",
        supporter=pledge.supporter,
        context={
            "name": given_name(pledge.supporter.name),
            "confirm_token": seal(CONFIRM_PLEDGE, pledge.pk),
            "manage_token": seal(MANAGE_PLEDGE, pledge.pk),
            "referral_code": short_code(REFERRAL, pledge.pk),
        },
    )
    queue_message(draft=draft, circumstances=circumstances, now=now)
