"""Find the riding of a postal code, a point or a name."""

from dataclasses import dataclass
from enum import StrEnum

from ridings.models import Riding


class FindingStatus(StrEnum):
    """How sure an answer is."""

    UNIQUE = "unique"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    OUTSIDE = "outside_canada"
    INVALID = "invalid"
    NOT_LOADED = "not_loaded"


class FindingSource(StrEnum):
    """By what the riding was found."""

    POSTAL_CODE = "postal_code"
    FSA = "fsa"
    POINT = "point"
    NAME = "name"
    PLACE = "place"


@dataclass(frozen=True)
class SearchPlace:
    """What a person asks: words or a postal code, or a point in WGS 84 degrees."""

    query: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class RidingMatch:
    """A riding that may be meant; `share` of the code's addresses or of the place, 0–1, or None if unknown."""

    riding: Riding
    share: float | None = None


@dataclass(frozen=True)
class Finding:
    """The answer: every riding that may be meant, likeliest first, and a sentence that says how sure it is."""

    status: FindingStatus
    source: FindingSource
    query: str
    matches: tuple[RidingMatch, ...]
    message: str

    @property
    def is_exact(self) -> bool:
        """Exactly one riding can be meant."""
        return self.status == FindingStatus.UNIQUE


def find_riding(place: SearchPlace) -> Finding:
    """Return every riding that the question may mean."""
    raise NotImplementedError
