"""By what organizers choose many signatures at once. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Criteria:
    """What chosen signatures have in common; what is empty is not looked at, the rest must all hold.

    `email`: canonical address. `network`: CIDR. `postal_prefix`: packed, in capitals. `created_from`, `created_to`: ISO 8601
    with zone; the latter is excluded. `suspicion`: one of `Suspicion`.
    """

    name: str = ""
    email: str = ""
    domain: str = ""
    network: str = ""
    postal_prefix: str = ""
    riding: int | None = None
    state: str = ""
    suspicion: str = ""
    created_from: str = ""
    created_to: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing but a state is asked: that would be everybody."""
        return not (set(self.as_json()) - {"state"})

    def as_json(self) -> dict[str, Any]:
        """Return what is asked, without what is not."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Criteria":
        """Return what `as_json` gave; what this version does not know is an error, never left out.

        Raises: TypeError.
        """
        return cls(**stored)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the criteria, in their order."""
        return tuple(field.name for field in fields(cls))
