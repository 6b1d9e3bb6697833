"""Who stands with the campaign, as everybody may see it; and what a reviewer should know of a sign-on."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from campaign.enums import OrganizationState
from campaign.models import Organization, OrganizationLogo
from campaign.models.languages import in_either_language
from campaign.rules.website import host_of
from coop4canada.kit.text import plain


@dataclass(frozen=True)
class Picture:
    """Where a logo is, and how large: width and height in px."""

    address: str
    width: int
    height: int


@dataclass(frozen=True)
class Member:
    """An organization of the coalition, in the active language; `…_language` tells where it is the other one."""

    name: str
    name_language: str
    website: str
    host: str
    kind: str
    statement: str
    statement_language: str
    logo: Picture | None


def coalition() -> list[Member]:
    """Return the approved organizations by name."""
    members = [_member(row) for row in _approved()]
    return sorted(members, key=lambda member: (plain(member.name) or member.name, member.name))


def member_count() -> int:
    """Return how many organizations are approved."""
    return Organization.objects.filter(state=OrganizationState.APPROVED).count()


def coalition_facts() -> list[dict[str, Any]]:
    """Return the approved organizations as the public interface shows them."""
    columns = ("name_en", "name_fr", "website", "kind", "statement_en", "statement_fr")
    return [
        {column: getattr(row, column) for column in columns}
        | {"logo": picture.address if (picture := _picture(row)) else None, "since": row.decided_at}
        for row in _approved()
    ]


def public_logo(digest: str) -> bytes | None:
    """Return the picture with this hash if an approved organization shows it."""
    logo = OrganizationLogo.objects.filter(
        digest=digest, organization__state=OrganizationState.APPROVED
    ).first()
    return bytes(logo.content) if logo else None


def look_alikes(organization: Organization) -> list[Organization]:
    """Return other organizations with the same name, in either language, or the same site; newest first."""
    names = _names(organization)
    host = host_of(organization.website)
    others = Organization.objects.exclude(pk=organization.pk).order_by("-pk")
    return [other for other in others if _names(other) & names or host_of(other.website) == host]


def _names(organization: Organization) -> set[str]:
    names = (organization.name_en, organization.name_fr)
    return {plain(name) or name.casefold() for name in names if name}


def _approved() -> QuerySet[Organization]:
    approved = Organization.objects.filter(state=OrganizationState.APPROVED).select_related("logo")
    return approved.defer("logo__content").order_by("pk")


def _member(row: Organization) -> Member:
    name, name_language = in_either_language(row, "name")
    statement, statement_language = in_either_language(row, "statement")
    return Member(
        name=name,
        name_language=name_language,
        website=row.website,
        host=host_of(row.website),
        kind=str(row.get_kind_display()),
        statement=statement,
        statement_language=statement_language,
        logo=_picture(row),
    )


def _picture(row: Organization) -> Picture | None:
    logo = getattr(row, "logo", None)
    return Picture(logo.get_absolute_url(), logo.width, logo.height) if logo else None
