"""What goes by the clock, and by the wish of whom it is about."""

from datetime import datetime, timedelta

from django.db import transaction

from campaign.enums import OrganizationState
from campaign.models import Organization, OrganizationReview
from coop4canada.kit.senders import Person

# Source: docs/privacy.md, 2026: how long what is kept.
ORIGIN_LIFE = timedelta(days=30)
DECLINED_LIFE = timedelta(days=180)


@transaction.atomic
def forget_person(*, supporter: Person) -> None:
    """Take a person out of what they wrote for an organization; the organization itself stays."""
    forget_contacts(contact_key=supporter.email_key)


@transaction.atomic
def forget_contacts(*, contact_key: str) -> int:
    """Empty name and address of the contact persons at an address; return of how many organizations."""
    return Organization.objects.filter(contact_key=contact_key).update(
        contact_name="", contact_email="", contact_key="", origin=""
    )


@transaction.atomic
def forget_what_is_old(*, now: datetime) -> None:
    """Empty internet addresses after a month; delete what was declined half a year ago, history and all."""
    Organization.objects.filter(created_at__lt=now - ORIGIN_LIFE).exclude(origin="").update(origin="")
    old = Organization.objects.filter(state=OrganizationState.DECLINED, decided_at__lt=now - DECLINED_LIFE)
    OrganizationReview.objects.filter(organization__in=old).delete()
    old.delete()
