"""Keying in what stands on paper: a line once, however often and by whomever; and forgetting who it was."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from campaign.models import Party
from coop4canada.kit.text import plain
from pledges.enums import LineFlag, LineState
from pledges.models import PaperLine, PaperSheet, Pledge
from ridings.queries.codes import ridings_of_code
from supporters.enums import EntryState
from supporters.models import Supporter
from supporters.rules.email import Address

# Source: docs/privacy.md, 2026: how long what is kept.
DECIDED_LIFE = timedelta(days=30)
WAITING_LIFE = timedelta(days=180)
EMPTY = {
    "name": "",
    "name_key": "",
    "postal_code": "",
    "email": "",
    "email_key": "",
    "phone": "",
    "preference": None,
}
STANDING = (EntryState.PENDING, EntryState.CONFIRMED, EntryState.HELD)


@dataclass(frozen=True)
class PaperRow:
    """What a line says; `replaces` once whoever keys it in has seen that another text stands there."""

    number: int
    name: str
    postal_code: str
    address: Address | None = None
    phone: str = ""
    voter_status: str = "voter"
    preference: Party | None = None
    wordings: tuple[int, ...] = ()
    language: str = "en"
    replaces: bool = False


@dataclass(frozen=True)
class Keyed:
    """What became of the rows: new, the same as before, replaced; and those that differ from what stands there.

    Where any differs, nothing at all was written.
    """

    new: int = 0
    same: int = 0
    replaced: int = 0
    differing: dict[int, PaperLine] = field(default_factory=dict)


@transaction.atomic
def key_lines(
    *, riding_number: int, code: str, rows: Sequence[PaperRow], by_id: int | None, now: datetime
) -> Keyed:
    """Write lines of a sheet; the same line again changes nothing, another text only where it is said to replace.

    Two people at one sheet wait for each other. A line that was decided about is never replaced.
    """
    PaperSheet.objects.bulk_create(
        [PaperSheet(riding_number=riding_number, code=code, created_at=now)], ignore_conflicts=True
    )
    sheets = PaperSheet.objects.select_for_update(no_key=True)
    sheet = sheets.get(riding_number=riding_number, code=code)
    there = {line.number: line for line in sheet.lines.filter(number__in=[row.number for row in rows])}
    lines = {row.number: _line(sheet, row, by_id, now) for row in rows}
    same = {number for number, line in there.items() if _text(line) == _text(lines[number])}
    differing = {
        row.number: there[row.number]
        for row in rows
        if row.number in there
        and row.number not in same
        and not (row.replaces and there[row.number].state == LineState.WAITING)
    }
    if differing:
        return Keyed(same=len(same), differing=differing)
    replaced = [number for number in there if number not in same]
    sheet.lines.filter(number__in=replaced, state=LineState.WAITING).delete()
    fresh = [line for number, line in lines.items() if number not in same]
    for line in fresh:
        line.flags = " ".join(sorted(flags_of(line)))
    PaperLine.objects.bulk_create(fresh)
    return Keyed(len(fresh) - len(replaced), len(same), len(replaced))


def flags_of(line: PaperLine) -> set[str]:
    """Return what organizers should look at before they accept a line."""
    others = PaperLine.objects.exclude(state=LineState.REFUSED).exclude(sheet=line.sheet, number=line.number)
    standing = Pledge.objects.filter(state__in=STANDING)
    twins = Q(postal_code=line.postal_code)
    flags = set()
    if line.email_key and (
        standing.filter(supporter__email_key=line.email_key).exists()
        or others.filter(email_key=line.email_key).exists()
    ):
        flags.add(LineFlag.SAME_ADDRESS.value)
    if (
        others.filter(twins, name_key=line.name_key).exists()
        or standing.filter(twins, supporter__search_text=line.name_key).exists()
    ):
        flags.add(LineFlag.SAME_PERSON.value)
    ridings = {share.number for share in ridings_of_code(line.postal_code)}
    if ridings and line.sheet.riding_number not in ridings:
        flags.add(LineFlag.OTHER_RIDING.value)
    return flags


def purge_paper(*, now: datetime) -> int:
    """Empty who it was on lines decided about a month ago; delete what nobody looked at in half a year; return how many."""
    named = PaperLine.objects.exclude(name="", postal_code="", email="")
    decided = named.exclude(state=LineState.WAITING).filter(reviewed_at__lt=now - DECIDED_LIFE)
    emptied = decided.update(**EMPTY, wordings=[])
    waiting = PaperLine.objects.filter(state=LineState.WAITING, keyed_at__lt=now - WAITING_LIFE)
    return emptied + waiting.delete()[0]


@transaction.atomic
def forget_on_paper(*, supporter: Supporter) -> None:
    """Erase what was keyed in of a person: lines of their pledge, and lines that wait with their address and name."""
    mine = Q(pledge__supporter=supporter) | Q(email_key=supporter.email_key, name_key=plain(supporter.name))
    lines = PaperLine.objects.filter(mine)
    PaperLine.objects.filter(pk__in=_ids(lines), state=LineState.WAITING).delete()
    PaperLine.objects.filter(pk__in=_ids(lines)).update(**EMPTY, wordings=[])


def _ids(lines: QuerySet[PaperLine]) -> list[int]:
    return [line.pk for line in lines]


def _line(sheet: PaperSheet, row: PaperRow, by_id: int | None, now: datetime) -> PaperLine:
    return PaperLine(
        sheet=sheet,
        number=row.number,
        name=row.name,
        name_key=(plain(row.name) or row.name.casefold())[:100],
        postal_code=row.postal_code,
        email=row.address.typed if row.address else "",
        email_key=row.address.key if row.address else "",
        phone=row.phone,
        voter_status=row.voter_status,
        preference=row.preference,
        wordings=sorted(row.wordings),
        language=row.language,
        keyed_at=now,
        keyed_by_id=by_id,
    )


def _text(line: PaperLine) -> tuple[object, ...]:
    """Return what is the same where somebody keys in the same line again."""
    return (
        line.name,
        line.postal_code,
        line.email_key,
        line.phone,
        line.voter_status,
        line.preference_id,
        tuple(line.wordings),
    )
