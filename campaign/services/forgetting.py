"""What goes by the clock, and by the wish of whom it is about."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from campaign.enums import ContactState, OrganizationState
from campaign.models import ContactMessage, Organization, OrganizationReview
from campaign.rules.review import mail_about
from campaign.services.contact import letter_keys
from coop4canada.kit.senders import Person, remove_letters

# Source: docs/privacy.md, 2026: how long what is kept.
ORIGIN_LIFE = timedelta(days=30)
DECLINED_LIFE = timedelta(days=180)
UNWANTED_LIFE = timedelta(days=30)
SETTLED_LIFE = timedelta(days=180)
OPEN_LIFE = timedelta(days=365)


@transaction.atomic
def forget_person(*, supporter: Person) -> None:
    """Forget what a person wrote to us, and take them out of what they wrote for an organization, which itself stays."""
    forget_contacts(contact_key=supporter.email_key)
    forget_messages(address_key=supporter.email_key)


@transaction.atomic
def forget_contacts(*, contact_key: str) -> int:
    """Empty name and address of the contact persons at an address, mails to them included; return of how many organizations."""
    organizations = Organization.objects.filter(contact_key=contact_key)
    reviews = OrganizationReview.objects.filter(organization__in=organizations)
    decided = reviews.order_by("pk").values_list("pk", "decision")
    remove_letters(keys=[f"campaign/{mail_about(decision)}:{pk}" for pk, decision in decided])
    return organizations.update(contact_name="", contact_email="", contact_key="", origin="")


@transaction.atomic
def forget_messages(*, address_key: str) -> int:
    """Delete what was written to us from an address, mails about it included; return how many messages."""
    messages = ContactMessage.objects.filter(email_key=address_key).order_by("pk")
    remove_letters(keys=[key for message in messages for key in letter_keys(message)])
    return messages.delete()[0]


@transaction.atomic
def forget_what_is_old(*, now: datetime) -> None:
    """Empty internet addresses after a month; delete what was declined or settled half a year ago, history and all."""
    last_day = now - ORIGIN_LIFE
    Organization.objects.filter(created_at__lt=last_day).exclude(origin="").update(origin="")
    ContactMessage.objects.filter(created_at__lt=last_day).exclude(origin="").update(origin="")
    declined = Organization.objects.filter(
        state=OrganizationState.DECLINED, decided_at__lt=now - DECLINED_LIFE
    )
    OrganizationReview.objects.filter(organization__in=declined).delete()
    declined.delete()
    ContactMessage.objects.filter(
        Q(state__in=[ContactState.ANSWERED, ContactState.CLOSED], settled_at__lt=now - SETTLED_LIFE)
        | Q(state__in=[ContactState.HELD, ContactState.SPAM], created_at__lt=now - UNWANTED_LIFE)
        | Q(state=ContactState.NEW, created_at__lt=now - OPEN_LIFE)
    ).delete()
