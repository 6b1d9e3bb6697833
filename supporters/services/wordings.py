"""The words beside the boxes: a change is a new version, the old ones stay as proof of what was agreed to."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from campaign.models import Campaign
from supporters.models import AddressRule, ConsentWording, MailLimit


def add_wording(*, purpose: str, text_en: str, text_fr: str, now: datetime) -> ConsentWording:
    """Put words into use for a purpose; the same words again are the same version."""
    wording, _is_new = ConsentWording.objects.get_or_create(
        purpose=purpose,
        digest=digest_of(text_en, text_fr),
        defaults={"text_en": text_en, "text_fr": text_fr, "created_at": now},
    )
    return wording


def digest_of(text_en: str, text_fr: str) -> str:
    """Return the SHA-256 of both texts."""
    return sha256(f"{text_en}\n{text_fr}".encode()).hexdigest()


@transaction.atomic
def install_limits(*, limits: Iterable[Mapping[str, Any]], free_domains: Iterable[str], note: str) -> None:
    """Set up limits, and the domains that are never limited, each unless there is one already."""
    if not MailLimit.objects.exists():
        MailLimit.objects.bulk_create(MailLimit(**limit) for limit in limits)
    if not AddressRule.objects.exists():
        AddressRule.objects.bulk_create(
            AddressRule(verdict="allow", subject="domain", pattern=domain, note=note)
            for domain in free_domains
        )


@transaction.atomic
def install_wordings(*, rows: Iterable[Mapping[str, str]], campaign: Campaign, now: datetime) -> None:
    """Put the first words of consent into use, unless there are some; `{organization}` is the campaign's, who asks."""
    if ConsentWording.objects.exists():
        return
    for row in rows:
        texts = {
            "text_en": row["text_en"].format(organization=campaign.organization_en),
            "text_fr": row["text_fr"].format(organization=campaign.organization_fr),
        }
        add_wording(purpose=row["purpose"], now=now, **texts)
