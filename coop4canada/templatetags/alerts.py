"""What organizers should look at, on the first page of their admin."""

from django import template

from campaign.models import OrganizerAlert
from campaign.queries import (
    held_message_count,
    new_message_count,
    open_alerts,
    waiting_organization_count,
)

register = template.Library()


@register.simple_tag
def alerts() -> list[OrganizerAlert]:
    """Return the alerts that nobody has seen to."""
    return open_alerts()


@register.simple_tag
def waiting() -> dict[str, int]:
    """Return how much waits for an organizer: organizations to review, messages to answer or to judge."""
    counts = {
        "organizations": waiting_organization_count(),
        "messages": new_message_count(),
        "held": held_message_count(),
    }
    return {name: count for name, count in counts.items() if count}
