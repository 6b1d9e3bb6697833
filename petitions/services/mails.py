"""Mails about a signature; each is counted on its row, so that nobody is flooded by other people's forms."""

from datetime import datetime

from coop4canada.kit.signing import keyed_hash, seal, short_code
from petitions.enums import REFERRAL
from petitions.models import Petition, Signature
from supporters.models import Supporter
from supporters.services import Circumstances, Draft, queue_message
from supporters.services.outbox import PRIORITY_ANSWER

CONFIRM = "petitions.confirm"
MANAGE = "petitions.manage"


def mail_owner(
    *,
    kind: str,
    signature: Signature,
    circumstances: Circumstances | None = None,
    priority: int = PRIORITY_ANSWER,
    now: datetime,
) -> None:
    """Queue the mail of this kind that was counted last on a saved signature."""
    assert signature.supporter is not None  # noqa: S101 — nobody signs without a person
    draft = Draft(
        kind=f"petitions/{kind}",
        key=f"petitions/{kind}:{signature.pk}:{signature.mail_count}",
        supporter=signature.supporter,
        context={
            "name": signature.name,
            "petition": _names(signature.petition),
            "confirm_token": seal(CONFIRM, signature.pk),
            "manage_token": seal(MANAGE, signature.pk),
            "referral_code": short_code(REFERRAL, signature.pk),
        },
        priority=priority,
    )
    queue_message(draft=draft, circumstances=circumstances, now=now)


def mail_full_household(
    *, petition: Petition, owner: Supporter, circumstances: Circumstances, now: datetime
) -> None:
    """Tell the owner, once a day at most, that two people have signed from this address already."""
    draft = Draft(
        kind="petitions/household",
        key=f"petitions/household:{petition.pk}:{keyed_hash(owner.email_key)[:32]}:{now:%Y-%m-%d}",
        supporter=owner,
        context={"petition": _names(petition)},
    )
    queue_message(draft=draft, circumstances=circumstances, now=now)


def _names(petition: Petition) -> dict[str, str]:
    """Return what a mail says of the petition; the worker picks the language."""
    return {field: getattr(petition, field) for field in ("title_en", "title_fr", "slug_en", "slug_fr")}
