"""How a caller gets through to a voter: by the own phone, or by a service that rings both. Chosen by a setting.

A bridge of a provider is a class with these two methods whose dotted path stands in COOP_CALL_BRIDGE; none comes with the
program.
"""

from dataclasses import dataclass
from functools import cache
from typing import Protocol
from uuid import UUID

import segno
from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Way:
    """How the number is reached: `address` to tap (empty: the caller's phone rings by itself) and its drawing as a code."""

    address: str = ""
    drawing: str = ""


class CallBridge(Protocol):
    """What connects a caller with a number that may be dialled."""

    def begin(self, *, call: UUID, phone: str, caller_id: int) -> None:
        """Begin the call; asked twice for one call, it begins once."""

    def way(self, phone: str) -> Way:
        """Return how the caller's page shows the number."""


class OwnPhone:
    """The caller dials on the own phone: a link to tap, and a code to scan for people at a computer."""

    def begin(self, *, call: UUID, phone: str, caller_id: int) -> None:
        """Leave the dialling to the caller."""

    def way(self, phone: str) -> Way:
        """Return a link to the number, and its code."""
        address = f"tel:{phone}"
        return Way(address, segno.make(address, error="m").svg_inline(omitsize=True, border=2))


@cache
def bridge() -> CallBridge:
    """Return the bridge that the setting names."""
    chosen: CallBridge = import_string(settings.CALL_BRIDGE)()
    return chosen
