"""Public addresses that a provider of payments leads back to."""

from uuid import UUID

from django.urls import reverse

from coop4canada.kit.signing import seal
from coop4canada.templatetags.formats import full_address
from polls.enums import GIFT, PROMISE
from polls.models import Contribution

# What a provider puts the number of the gift in place of.
PLACE = "{contribution}"
_NOBODY = UUID(int=0)


def back_address() -> str:
    """Return where a giver comes back to from the provider, with the place of the gift's number."""
    return full_address(reverse("polls:gift-back", args=[_NOBODY]).replace(str(_NOBODY), PLACE))


def gift_path(contribution: Contribution) -> str:
    """Return the page of a gift, which only its giver has the address of."""
    return reverse("polls:gift", args=[seal(GIFT, contribution.pk)])


def promise_path(contribution: Contribution) -> str:
    """Return the page on which a giver takes a promise back."""
    return reverse("polls:take-back", args=[seal(PROMISE, contribution.pk)])
