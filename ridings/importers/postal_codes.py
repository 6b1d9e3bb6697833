"""Postal codes, whole or only their first three characters, and the ridings they lie in."""

from collections import defaultdict
from pathlib import Path

from ridings.importers.files import FileRefused, Row, Table, read_table
from ridings.importers.results.official import riding_number
from ridings.models import BoundarySet
from ridings.rules.postal_code import read_postal_code
from ridings.services.loading import replace_postal_codes

# Published shares are rounded; those of a code must add up to 1 within this.
ROUNDING = 0.02


def set_with_ridings(code: str) -> BoundarySet:
    """Return a boundary set that has ridings.

    Raises: FileRefused if it is not loaded.
    """
    boundary_set = BoundarySet.objects.filter(code=code, ridings__isnull=False).distinct().first()
    if boundary_set is None:
        raise FileRefused(f"Boundary set {code} is not loaded: load it with import_boundaries first.")
    return boundary_set


def share_in(table: Table, row: Row) -> float:
    """Return the share in a row, above 0 and at most 1; the error names the line."""
    try:
        share = float(row["share"])
    except ValueError:
        share = -1.0
    if not 0 < share <= 1:
        raise table.refuse(row, f"“{row['share']}” is not a share above 0 and up to 1.")
    return share


def load_postal_codes(path: Path, *, code: str) -> str:
    """Load a table `postal_code,fed_num,share` or `fsa,…,fed_num,…,share` and return a sentence about it.

    Raises: FileRefused.
    """
    boundary_set = set_with_ridings(code)
    table = read_table(path)
    column = next((name for name in ("postal_code", "fsa") if table.has(name, "fed_num", "share")), None)
    if column is None:
        raise FileRefused(
            f"{path.name} is no table of postal codes: its header needs postal_code (or fsa), fed_num, share."
        )
    numbers = set(boundary_set.ridings.values_list("number", flat=True))
    shares: dict[str, dict[int, float]] = defaultdict(dict)
    last: dict[str, Row] = {}
    for row in table.rows:
        postal_code = _code(table, row, column)
        number = riding_number(table, row, "fed_num")
        if number not in numbers:
            raise table.refuse(row, f"riding {number} is not in boundary set {code}.")
        if number in shares[postal_code]:
            raise table.refuse(row, f"riding {number} stands there twice for {postal_code}.")
        shares[postal_code][number] = share_in(table, row)
        last[postal_code] = row
    for postal_code, by_riding in shares.items():
        total = sum(by_riding.values())
        if abs(total - 1) > ROUNDING:
            raise table.refuse(
                last[postal_code], f"the shares of {postal_code} add up to {total:.3f}, not to 1."
            )
    count = replace_postal_codes(boundary_set=boundary_set, shares=shares)
    return f"Postal codes: {len(shares)} codes, {count} rows on boundaries {code}."


def _code(table: Table, row: Row, column: str) -> str:
    text = read_postal_code(row[column])
    if text is None or text.code is None or text.is_fsa != (column == "fsa"):
        example = "K1A" if column == "fsa" else "K1A 0B1"
        hint = f" Did you mean {text.hint}?" if text and text.hint else ""
        raise table.refuse(row, f"“{row[column]}” is not a postal code like {example}.{hint}")
    return text.code
