"""Measure what the product promises; prints one JSON object a line: name, value, unit.

Needs DATABASE_URL, REDIS_URL and the official files in COOP_DATA_DIR; `make bench` sees to the servers.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "coop4canada.settings"
os.environ.setdefault("DJANGO_DEBUG", "true")

Measure = tuple[str, float, str]


def suites() -> dict[str, Callable[[], Iterator[Measure]]]:
    """Return what can be measured by name, in the order in which it must run."""
    from tests.bench import (
        calls,
        country,
        crowd,
        documents,
        http,
        import_contacts,
        lookup,
        money,
        pledges,
        recompute,
        signing,
        turfs,
    )

    return {
        "country": country.measure,
        "lookup": lookup.measure,
        "documents": documents.measure,
        "recompute": recompute.measure,
        "http": http.measure,
        "turfs": turfs.measure,
        "pledges": pledges.measure,
        "money": money.measure,
        "signing": signing.measure,
        "calls": calls.measure,
        "crowd": crowd.measure,
        "import_contacts": import_contacts.measure,
    }


def main(chosen: list[str]) -> None:
    """Run the chosen suites, or all; the country is loaded first in any case."""
    import django

    django.setup()
    for name, measure in suites().items():
        if chosen and name not in chosen and name != "country":
            continue
        for measured, value, unit in measure():
            print(
                json.dumps({"name": f"{name}.{measured}", "value": round(value, 6), "unit": unit}), flush=True
            )


if __name__ == "__main__":
    main(sys.argv[1:])
