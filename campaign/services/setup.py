"""Setting up the campaign and its parties."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from campaign.enums import PageKind
from campaign.models import (
    Campaign,
    ContactTopic,
    Leader,
    LetterTemplate,
    OrganizerAlert,
    Page,
    Party,
    ShareText,
)
from coop4canada.kit.text import plain

logger = logging.getLogger(__name__)

LABEL_SEPARATOR = " | "
CODE_LENGTH = 8


@transaction.atomic
def install_campaign(*, words: Mapping[str, str]) -> bool:
    """Make the campaign active unless there is one already, whose words stay; say whether it is new.

    Args:
        words: {column of Campaign: text}; `election_on` as YYYY-MM-DD.
    """
    if Campaign.objects.filter(is_active=True).exists():
        return False
    Campaign.objects.create(is_active=True, **words)
    return True


@transaction.atomic
def install_parties(*, rows: Iterable[Mapping[str, str]]) -> int:
    """Create the parties that are missing and return how many; those there stay as organizers edited them.

    Args:
        rows: columns of Party as text; `ballot_labels` joined by ` | `.
    """
    known = set(Party.objects.values_list("code", flat=True))
    new = [_party(row) for row in rows if row["code"] not in known]
    Party.objects.bulk_create(new)
    return len(new)


def _party(row: Mapping[str, str]) -> Party:
    columns = dict(row)
    labels = [label.strip() for label in columns.pop("ballot_labels").split(LABEL_SEPARATOR) if label.strip()]
    return Party(**columns, ballot_labels=labels)


@transaction.atomic
def create_party(*, label: str) -> Party:
    """Create a party for a ballot label `English/French` that no party has; people complete it."""
    english, _, french = label.partition("/")
    base = plain(english).replace(" ", "").upper()[: CODE_LENGTH - 2] or "PARTY"
    taken = set(Party.objects.values_list("code", flat=True))
    code = next(name for name in (base, *(f"{base}{n}" for n in range(2, 100))) if name not in taken)
    names = {
        f"{field}_{language}": text[:60]
        for field in ("name", "short", "phrase")
        for language, text in (("en", english), ("fr", french or english))
    }
    return Party.objects.create(code=code, ballot_labels=[label], **names)


@transaction.atomic
def install_share_texts(*, rows: Iterable[Mapping[str, str]]) -> int:
    """Create the share texts that are missing and return how many; those there stay as organizers edited them."""
    known = set(ShareText.objects.values_list("topic", "network"))
    new = [ShareText(**row) for row in rows if (row["topic"], row["network"]) not in known]
    ShareText.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def install_topics(*, rows: Iterable[Mapping[str, str]]) -> int:
    """Create the contact topics that are missing and return how many; those there stay as organizers edited them.

    Args:
        rows: columns of ContactTopic in their order.
    """
    known = set(ContactTopic.objects.values_list("slug", flat=True))
    new = [
        ContactTopic(**row, display_order=order) for order, row in enumerate(rows) if row["slug"] not in known
    ]
    ContactTopic.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def install_pages(*, rows: Iterable[Mapping[str, str]]) -> int:
    """Create the pages that are missing and return how many; those there stay as organizers edited them.

    Args:
        rows: columns of Page as text, in their order.
    """
    known = set(Page.objects.values_list("slug_en", flat=True))
    has_plan = Page.objects.filter(kind=PageKind.PLAN).exists()
    new = [
        Page(**row, display_order=order, is_published=True)
        for order, row in enumerate(rows)
        if row["slug_en"] not in known and not (has_plan and row["kind"] == PageKind.PLAN)
    ]
    Page.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def install_letters(*, leaders: Iterable[Mapping[str, str]], template: Mapping[str, str]) -> int:
    """Create leaders of known parties that have none and return how many; the letter only while there is none at all.

    Args:
        leaders: columns of Leader; `party` is a code.
        template: columns of LetterTemplate.
    """
    parties = Party.objects.filter(leader=None).in_bulk(field_name="code")
    new = [Leader(**{**row, "party": parties[row["party"]]}) for row in leaders if row["party"] in parties]
    Leader.objects.bulk_create(new)
    if not LetterTemplate.objects.exists():
        LetterTemplate.objects.create(**template, is_active=True)
    return len(new)


def alert_organizers(*, key: str, message: str, link: str = "", now: datetime) -> None:
    """Tell organizers in admin and in the log; while an alert of this key is open it is not repeated."""
    made = OrganizerAlert.objects.bulk_create(
        [OrganizerAlert(key=key, message=message[:400], link=link[:400], created_at=now)],
        ignore_conflicts=True,
    )
    logger.error("alert: %s (%s)", made[0].message, key)


def resolve_alerts(*, alerts: QuerySet[OrganizerAlert], now: datetime) -> int:
    """Note that somebody has seen to these alerts and return how many were open."""
    return alerts.filter(resolved_at__isnull=True).update(resolved_at=now)
