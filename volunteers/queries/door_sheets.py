"""Printed sheets as they are keyed in: each line with what was keyed in of it before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from supporters.models import User
from volunteers.access import leads_team
from volunteers.models import Attempt, WalkSheet, WalkSheetLine
from volunteers.queries.walks import door_mark, outcome_label


@dataclass(frozen=True)
class SheetRow:
    """A line: its door (empty once the list is deleted) and what was keyed in of it.

    `attempt`: the record that stands for the line; `count`: how many records it has had.
    """

    number: int
    door_id: int | None
    line: str
    address: str
    is_suppressed: bool
    attempt: Attempt | None
    count: int

    def mark_of(self, checkout_id: int) -> str:
        """Return the proof that the door was in the turf: it stands on the sheet, whatever became of the turf since."""
        return door_mark(checkout_id, self.door_id or 0, self.address)

    @property
    def outcome(self) -> str:
        """What stands of this line."""
        return self.attempt.outcome if self.attempt else ""

    @property
    def label(self) -> str:
        """The same in words."""
        return outcome_label(self.outcome)


@dataclass(frozen=True)
class SheetPage:
    """A sheet. `is_outdated`: it expired, or a door on it has asked for no contact since it was printed."""

    sheet: WalkSheet
    rows: tuple[SheetRow, ...]
    is_outdated: bool


def sheet_for(user: User, code: str) -> WalkSheet | None:
    """Return the sheet for the one who carried it and for leaders of its team; None for everybody else."""
    sheets = WalkSheet.objects.select_related(
        "checkout__holder", "checkout__turf__team", "checkout__turf__contact_list"
    )
    sheet = sheets.filter(code=code).first()
    if sheet is None:
        return None
    may = sheet.checkout.holder_id == user.pk or leads_team(user, sheet.checkout.turf.team)
    return sheet if may else None


def sheet_page(sheet: WalkSheet, now: datetime) -> SheetPage:
    """Return the lines of a sheet, with what was keyed in before."""
    lines = list(sheet.lines.select_related("door").order_by("line_number"))
    firsts = {line_id(sheet, line.line_number): line.line_number for line in lines}
    chains = _chains(firsts)
    rows = tuple(_row(line, chains.get(line.line_number, [])) for line in lines)
    is_outdated = sheet.expires_at <= now or any(
        line.door and line.door.suppressed_at and line.door.suppressed_at > sheet.printed_at for line in lines
    )
    return SheetPage(sheet, rows, is_outdated)


def line_id(sheet: WalkSheet, number: int) -> UUID:
    """Return the id of a line's first record: the same whoever keys it in, and however often."""
    return uuid5(NAMESPACE_URL, f"walk sheet {sheet.code} line {number}")


def _chains(firsts: Mapping[UUID, int]) -> dict[int, list[Attempt]]:
    """Return the records of each line, the standing one last."""
    chains = {firsts[one.client_id]: [one] for one in Attempt.objects.filter(client_id__in=list(firsts))}
    tails = {chain[-1].pk: number for number, chain in chains.items()}
    while tails:
        further = {}
        for one in Attempt.objects.filter(corrects__in=list(tails)).order_by("pk"):
            number = tails[one.corrects_id or 0]
            if one.by_id == chains[number][0].by_id:
                chains[number].append(one)
                further[one.pk] = number
        tails = further
    return chains


def _row(line: WalkSheetLine, chain: list[Attempt]) -> SheetRow:
    door = line.door
    return SheetRow(
        line.line_number,
        line.door_id,
        door.line if door else "",
        door.address_digest if door else "",
        bool(door and door.suppressed_at),
        chain[-1] if chain else None,
        len(chain),
    )
