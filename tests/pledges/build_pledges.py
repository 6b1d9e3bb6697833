"""Builders of pledges."""

from typing import Any

from pledges.models import Pledge
from pledges.services import PledgeAnswer, Pledger, confirm_pledge, make_pledge
from tests import make


def pledged(email: str = "amara@example.org", **fields: Any) -> Pledge:
    """Pledge as the form does, at noon; fields beside those of Pledger describe the person."""
    now = fields.pop("now", make.NOON)
    about = {key: fields.pop(key) for key in ("postal_code", "riding_number", "language") if key in fields}
    pledger = Pledger(make.details(email, "", **about), **fields)
    make_pledge(pledger=pledger, circumstances=make.circumstances(page="/pledge/make/"), now=now)
    return Pledge.objects.get(supporter__email_key=pledger.details.address.key)


def answer(pledge: Pledge, riding: int | None = None, now: Any = make.NOON) -> PledgeAnswer:
    """Press the button behind the link in the mail."""
    return confirm_pledge(
        pledge_id=pledge.pk, riding_number=riding, circumstances=make.circumstances(), now=now
    )


def confirmed(email: str = "amara@example.org", **fields: Any) -> Pledge:
    """Pledge and confirm."""
    pledge = pledged(email, **fields)
    answer(pledge)
    pledge.refresh_from_db()
    return pledge
