"""The ridings of a postal code, as cheaply as can be: forms ask this while people wait."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from ridings.enums import BoundaryStatus
from ridings.models import Riding
from ridings.rules.postal_code import FSA_LENGTH

# Written out: building it anew for every form costs more than asking it.
SHARES = """
    SELECT length(ridings_postalcode.code), number, share, ridings_postalcode.code
    FROM ridings_postalcode
    JOIN ridings_riding ON ridings_riding.id = riding_id
    JOIN ridings_boundaryset ON ridings_boundaryset.id = boundary_set_id
    WHERE ridings_postalcode.code = ANY(%s) AND status = %s
    ORDER BY 1 DESC, share DESC, number
"""


@dataclass(frozen=True)
class CodeShare:
    """A riding that a postal code reaches into, by FED number; `share` of the code's addresses, 0–1."""

    number: int
    share: float


def ridings_of_code(code: str) -> tuple[CodeShare, ...]:
    """Return the ridings of a packed code on the boundaries in force, largest share first; of its FSA if it is unknown."""
    if not code:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(SHARES, [[code, code[:FSA_LENGTH]], BoundaryStatus.LIVE])
        shares = cursor.fetchall()
    return tuple(
        CodeShare(number, share) for length, number, share, _code in shares if length == shares[0][0]
    )


def ridings_of_codes(codes: Collection[str]) -> dict[str, tuple[CodeShare, ...]]:
    """Return the same for many packed codes by one query; a code of which not even the FSA is known is left out."""
    asked = {*codes, *(code[:FSA_LENGTH] for code in codes)}
    with connection.cursor() as cursor:
        cursor.execute(SHARES, [sorted(asked), BoundaryStatus.LIVE])
        shares: dict[str, list[CodeShare]] = {}
        for _length, number, share, code in cursor.fetchall():
            shares.setdefault(code, []).append(CodeShare(number, share))
    found = {code: shares.get(code) or shares.get(code[:FSA_LENGTH]) for code in codes}
    return {code: tuple(known) for code, known in found.items() if known}


def live_ridings(numbers: Collection[int] | None = None) -> dict[int, Riding]:
    """Return the ridings in force by FED number, in its order: those asked for, or all."""
    rows = Riding.objects.filter(boundary_set__status=BoundaryStatus.LIVE).order_by("number")
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    return {riding.number: riding for riding in rows}
