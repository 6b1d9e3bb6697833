"""Who is recommended where: lent by an app above, which lists a function in its AppConfig under `recommendation_readers`."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from campaign.models import active_language
from coop4canada.kit.panels import functions_of
from ridings.queries.documents import ColourDocument


@dataclass(frozen=True)
class Recommended:
    """A candidate whom the community recommends in a riding; `path` leads to how that came about."""

    name: str
    party: str
    party_en: str
    party_fr: str
    colour: str
    published_on: dt.date
    path: str

    @property
    def party_name(self) -> str:
        """Short name of the party in the active language."""
        return self.party_fr if active_language() == "fr" else self.party_en

    @property
    def local_path(self) -> str:
        """Where to read more, in the active language."""
        return f"/fr{self.path}" if active_language() == "fr" else self.path


def recommendations() -> dict[int, Recommended]:
    """Return who is recommended by FED number."""
    found: dict[int, Recommended] = {}
    for reader in functions_of("recommendation_readers"):
        found |= reader()
    return found


def recommendation_document() -> ColourDocument:
    """Return who is recommended where as JSON text, and the version that names it."""
    rows = {str(number): as_json(one) for number, one in sorted(recommendations().items())}
    version = sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]
    return ColourDocument(json.dumps({"version": version, "recommendations": rows}), version)


def as_json(one: Recommended | None) -> dict[str, Any] | None:
    """Return a recommendation as the interfaces show it."""
    return None if one is None else asdict(one) | {"published_on": one.published_on.isoformat()}
