"""What one can write about, and what waits for an organizer."""

from campaign.enums import ContactState, OrganizationState
from campaign.models import ContactMessage, ContactTopic, Organization


def offered_topics() -> list[ContactTopic]:
    """Return the topics of the contact form in their order."""
    return list(ContactTopic.objects.filter(is_active=True).order_by("display_order", "pk"))


def new_message_count() -> int:
    """Return how many messages nobody has answered."""
    return ContactMessage.objects.filter(state=ContactState.NEW).count()


def held_message_count() -> int:
    """Return how many messages wait for somebody to say whether they are spam."""
    return ContactMessage.objects.filter(state=ContactState.HELD).count()


def waiting_organization_count() -> int:
    """Return how many organizations wait for review."""
    return Organization.objects.filter(state=OrganizationState.PENDING).count()
