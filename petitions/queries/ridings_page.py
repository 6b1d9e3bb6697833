"""Where people sign: every riding with its count."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from petitions.models import Petition
from petitions.queries.counts import PublicCount, counts_by_riding, public_count
from ridings.enums import Province
from ridings.models import Riding
from ridings.queries.codes import live_ridings

# From this many signatures on a riding is drawn in the next darker colour.
STEPS = (1, 10, 50, 200, 1000)


@dataclass(frozen=True)
class RidingCount:
    """A riding and how many signed there; the rest is what the cartogram draws a cell by."""

    riding: Riding
    province_label: str
    number: int
    riding_class: str
    class_label: str


@dataclass(frozen=True)
class LevelEntry:
    """A colour of the cartogram and from how many to how many it stands for; `most` None means any more."""

    riding_class: str
    least: int
    most: int | None


@dataclass(frozen=True)
class RidingsPage:
    """Every riding in force with its count, the most first, and those whose riding is not known."""

    petition: Petition
    count: PublicCount
    rows: tuple[RidingCount, ...]
    levels: tuple[LevelEntry, ...]
    unknown_count: int


def ridings_page(petition: Petition) -> RidingsPage:
    """Return how many signed in every riding of the boundaries in force."""
    numbers = counts_by_riding(petition)
    rows = [_row(riding, numbers.pop(number, 0)) for number, riding in live_ridings().items()]
    return RidingsPage(
        petition=petition,
        count=public_count(petition),
        rows=tuple(sorted(rows, key=lambda row: (-row.number, row.riding.number))),
        levels=_levels(),
        unknown_count=sum(numbers.values()),
    )


def _row(riding: Riding, number: int) -> RidingCount:
    level = sum(number >= step for step in STEPS)
    label = ngettext("%(number)s signature", "%(number)s signatures", number) % {
        "number": number_format(number, force_grouping=True)
    }
    return RidingCount(riding, str(Province(riding.province).label), number, f"count-{level}", label)


def _levels() -> tuple[LevelEntry, ...]:
    bounds = (0, *STEPS)
    ends = (*(step - 1 for step in STEPS), None)
    return tuple(
        LevelEntry(f"count-{level}", least, most)
        for level, (least, most) in enumerate(zip(bounds, ends, strict=True))
    )


def counts_table(petition: Petition) -> list[list[str | int]]:
    """Return the counts as a table with its head: every riding in force by its number, then what is not known."""
    page = ridings_page(petition)
    table: list[list[str | int]] = [
        [_("Riding number"), _("Riding"), _("Province or territory"), _("Signatures")]
    ]
    for row in sorted(page.rows, key=lambda row: row.riding.number):
        table.append([row.riding.number, row.riding.name, row.province_label, row.number])  # noqa: PERF401 — typed rows
    return [*table, ["", _("Riding not known"), "", page.unknown_count]]
