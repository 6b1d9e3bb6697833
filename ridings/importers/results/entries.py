"""What every reader of result files returns, before ridings and parties are looked up."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ridings.importers.files import Row, Table


@dataclass(frozen=True)
class RidingKey:
    """How a file names a riding: by number, or by province and name where it has no numbers."""

    number: int | None
    name: str = ""
    province: str = ""


@dataclass(frozen=True)
class Entry:
    """Votes for a candidate or, without `person`, for a party. `votes` is None if acclaimed."""

    row: Row
    riding: RidingKey
    votes: int | None
    party_code: str = ""
    party_label: str = ""
    glued: str = ""
    person: str = ""
    is_incumbent: bool = False
    is_elected: bool = False


@dataclass(frozen=True)
class TurnoutEntry:
    """Ballots of a riding as a file gives them."""

    row: Row
    riding: RidingKey
    valid: int
    electors: int | None = None
    rejected: int | None = None


@dataclass(frozen=True)
class VoteFile:
    """A result file, read but not yet matched with ridings and parties."""

    table: Table
    entries: Sequence[Entry] = ()
    turnouts: Sequence[TurnoutEntry] = field(default_factory=tuple)
