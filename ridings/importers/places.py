"""Cities, towns and neighbourhoods by whose names people look for their riding."""

from pathlib import Path

from ridings.enums import Province
from ridings.importers.files import FileRefused, read_table, whole_number
from ridings.importers.postal_codes import set_with_ridings, share_in
from ridings.importers.results.official import riding_number
from ridings.services.loading import replace_places


def load_places(path: Path, *, code: str) -> str:
    """Load a table `name,province,weight,number,share` and return a sentence about it.

    Raises: FileRefused.
    """
    boundary_set = set_with_ridings(code)
    table = read_table(path)
    if not table.has("name", "province", "weight", "number", "share"):
        raise FileRefused(
            f"{path.name} is no table of places: its header needs name,province,weight,number,share."
        )
    numbers = set(boundary_set.ridings.values_list("number", flat=True))
    places: dict[tuple[str, Province], tuple[int, dict[int, float]]] = {}
    for row in table.rows:
        number, weight = riding_number(table, row, "number"), whole_number(row["weight"])
        if row["province"] not in Province.values or weight is None or not row["name"]:
            raise table.refuse(
                row, "a place needs a name, a province of two letters and a whole number as weight."
            )
        if number not in numbers:
            raise table.refuse(row, f"riding {number} is not in boundary set {code}.")
        _, shares = places.setdefault((row["name"], Province(row["province"])), (weight, {}))
        shares[number] = share_in(table, row)
    count = replace_places(boundary_set=boundary_set, places=places)
    return f"Places: {count} on boundaries {code}."
