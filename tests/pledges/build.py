"""Builders of drives and of those who join."""

import datetime as dt
from typing import Any

from pledges.models import DriveReminder, MembershipReport, PartyMembershipDrive
from pledges.services import Applicant, ask_for_reminder, report_membership
from tests import make

# Noon of 23 November 2026 in UTC is seven in the morning in Toronto.
TODAY = make.NOON.date()


def day(number: int) -> dt.date:
    """Return the day so many days from today."""
    return TODAY + dt.timedelta(days=number)


def drive(slug: str = "leader", party: str = "NDP", **fields: Any) -> PartyMembershipDrive:
    """Make a published drive: 30 days to join, vote from the 60th to the 67th."""
    texts = {
        f"{field}_{language}": f"{field} {language}"
        for field in ("title", "decision", "eligibility", "fee", "steps")
        for language in ("en", "fr")
    }
    defaults = {
        **texts,
        "party": fields.pop("of", None) or make.parties()[party],
        "slug_en": slug,
        "slug_fr": f"{slug}-fr",
        "join_url": "https://example.org/join/",
        "joins_by": day(30),
        "vote_opens_on": day(60),
        "vote_closes_on": day(67),
        "is_published": True,
    }
    return PartyMembershipDrive.objects.create(**{**defaults, **fields})


def applicant(email: str = "amara@example.org", name: str = "Amara Diallo", **fields: Any) -> Applicant:
    about = {key: fields.pop(key) for key in ("postal_code", "riding_number", "language") if key in fields}
    return Applicant(make.details(email, name, **about), **fields)


def reported(
    drive: PartyMembershipDrive, email: str = "amara@example.org", name: str = "Amara Diallo", **fields: Any
) -> MembershipReport:
    """Say "I joined" as the form does."""
    now = fields.pop("now", make.NOON)
    who = applicant(email, name, **fields)
    report_membership(drive=drive, applicant=who, circumstances=make.circumstances(), now=now)
    return MembershipReport.objects.filter(drive=drive, supporter__email_key=who.details.address.key).latest(
        "pk"
    )


def asked(
    drive: PartyMembershipDrive, email: str = "amara@example.org", name: str = "Amara Diallo", **fields: Any
) -> DriveReminder:
    """Say "remind me" as the form does."""
    now = fields.pop("now", make.NOON)
    who = applicant(email, name, **fields)
    ask_for_reminder(drive=drive, applicant=who, circumstances=make.circumstances(), now=now)
    return DriveReminder.objects.filter(drive=drive, supporter__email_key=who.details.address.key).latest(
        "pk"
    )
