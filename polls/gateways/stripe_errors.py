"""Stripe's errors in the port's words. What Stripe says of a request is not logged: it may repeat what was sent."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import stripe

from polls.gateways.port import GatewayDown

logger = logging.getLogger(__name__)

# Asked again later, all of these may go away, a key in use at this moment too; a wrong key is mended by whoever runs the site.
_PASSING = (
    stripe.APIConnectionError,
    stripe.RateLimitError,
    stripe.APIError,
    stripe.AuthenticationError,
    stripe.PermissionError,
)


@contextmanager
def speaking_with_stripe(*, looks_up: bool = False) -> Iterator[None]:
    """Turn errors into GatewayDown where asking again may help, else into ValueError; into LookupError for the unknown."""
    try:
        yield
    except _PASSING as error:
        logger.warning("Stripe is no help now: %s, request %s", type(error).__name__, error.request_id)
        raise GatewayDown(f"Stripe: {type(error).__name__}") from None
    except stripe.StripeError as error:
        if looks_up and error.http_status == HTTPStatus.NOT_FOUND:
            raise LookupError("Stripe does not know it.") from None
        logger.warning(
            "Stripe refuses: %s %s, request %s", type(error).__name__, error.code, error.request_id
        )
        raise ValueError(error.user_message or error.code or type(error).__name__) from None
