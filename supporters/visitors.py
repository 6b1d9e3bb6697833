"""What a request says about whoever sent it: for the views of every app; services are handed the result."""

from typing import Any

from django.http import HttpRequest

from coop4canada.kit import proof
from coop4canada.kit.http import address_of
from coop4canada.kit.origin import network_of, wide_network_of
from supporters.enums import Method
from supporters.services import Circumstances


def circumstances_of(request: HttpRequest, **fields: Any) -> Circumstances:  # noqa: ANN401 — fields of Circumstances
    """Return where and how something was said; at a stall the tablet's address stands for nobody.

    Args:
        request: what carried it.
        fields: those of Circumstances that differ, e.g. `method`.
    """
    address = address_of(request)
    agent = "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())
    told: dict[str, Any] = {"page": request.path, "user_agent": agent}
    if fields.get("method") != Method.STALL:
        told |= {"origin": network_of(address), "wide_origin": wide_network_of(address)}
    return Circumstances(**(told | fields))


def proof_key() -> str:
    """Return the key of our proofs of work: it stays when other secrets are replaced."""
    return proof.key()
