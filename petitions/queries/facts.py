"""A petition as the public interface shows it."""

from datetime import datetime
from typing import Any

from petitions.models import Addressee
from petitions.queries.petition_page import petition_page
from petitions.queries.petitions import petition_at
from petitions.rules.signing import Opening

COLUMNS = (
    "slug_en",
    "slug_fr",
    "title_en",
    "title_fr",
    "summary_en",
    "summary_fr",
    "opens_at",
    "closes_at",
    "goal",
    "counts_unconfirmed",
)


def petition_facts(slug: str, now: datetime) -> dict[str, Any] | None:
    """Return the public facts of the petition with this slug; None if there is none, or it was taken back."""
    petition = petition_at(slug)
    page = petition_page(petition, now) if petition else None
    if page is None or page.opening == Opening.WITHDRAWN:
        return None
    return {column: getattr(page.petition, column) for column in COLUMNS} | {
        "state": page.opening.value,
        "signatures": page.count.number,
        "counted_at": page.count.counted_at,
        "addressees": [_addressee(addressee) for addressee in page.addressees],
        "by_province": {row.province: row.number for row in page.provinces},
    }


def _addressee(row: Addressee) -> dict[str, Any]:
    return {
        "name": row.name,
        "role_en": row.role_en,
        "role_fr": row.role_fr,
        "party": row.party.code if row.party else None,
    }
