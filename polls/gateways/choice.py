"""Which provider takes cards: a setting."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from polls.gateways.port import Gateway

_CLASSES = {
    "local": "polls.gateways.local.LocalGateway",
    "stripe": "polls.gateways.stripe.StripeGateway",
}


@cache
def gateway_of(name: str) -> Gateway:
    """Return the gateway to a provider by its name (`Provider`)."""
    gateway: Gateway = import_string(_CLASSES[name])()
    return gateway


def card_gateway() -> Gateway | None:
    """Return the provider that takes cards here, or None where cards are not taken."""
    return gateway_of(settings.PAYMENT_PROVIDER) if settings.PAYMENT_PROVIDER else None
