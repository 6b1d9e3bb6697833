"""Money in pages and mails."""

from django import template

from campaign.models import active_language
from polls.rules.amounts import write_amount

register = template.Library()


@register.filter
def dollars(cents: int) -> str:
    """Write cents as dollars in the language of the page: `$1,250`, in French `1 250 $`."""
    return write_amount(cents, active_language())
