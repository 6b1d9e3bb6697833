"""What organizers should look at, on the first page of their admin."""

from django import template

from campaign.models import OrganizerAlert
from campaign.queries import open_alerts

register = template.Library()


@register.simple_tag
def alerts() -> list[OrganizerAlert]:
    """Return the alerts that nobody has seen to."""
    return open_alerts()
