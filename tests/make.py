"""Builders of rows for tests: the least that is needed, the rest by default."""

import datetime as dt
from typing import Any

from campaign.models import Party
from ridings.enums import BoundaryStatus, Method
from ridings.models import BoundarySet, Election, Preset, Result, Riding

PARTIES = {
    "CPC": ("Conservatives", "target"),
    "LPC": ("Liberals", "cooperating"),
    "NDP": ("NDP", "cooperating"),
    "GPC": ("Greens", "cooperating"),
    "BQ": ("Bloc", "cooperating"),
    "IND": ("Independent", "other"),
}


def parties() -> dict[str, Party]:
    """Make the parties of the map."""
    for order, (code, (name, role)) in enumerate(PARTIES.items()):
        names = {"name_en": name, "name_fr": name, "short_en": name, "short_fr": name}
        phrases = {"phrase_en": f"the {name}", "phrase_fr": f"les {name}"}
        Party.objects.update_or_create(
            code=code, defaults={**names, **phrases, "role": role, "display_order": order}
        )
    return {party.code: party for party in Party.objects.filter(code__in=PARTIES)}


def boundary_set(code: str = "2023", status: str = BoundaryStatus.LIVE, **fields: Any) -> BoundarySet:
    return BoundarySet.objects.create(code=code, status=status, riding_count=3, **fields)


def riding(boundary_set: BoundarySet, number: int = 35001, name: str = "Somewhere", **fields: Any) -> Riding:
    return Riding.objects.create(
        boundary_set=boundary_set,
        number=number,
        **{"name_en": name, "name_fr": name, "province": "ON", "search_text": name.lower(), **fields},
    )


def election(boundary_set: BoundarySet, number: int = 45, held_on: str = "2025-04-28") -> Election:
    return Election.objects.create(
        number=number, held_on=dt.date.fromisoformat(held_on), boundary_set=boundary_set
    )


def results(election: Election, riding: Riding, **votes: int) -> None:
    rows = Party.objects.in_bulk(votes, field_name="code")
    Result.objects.bulk_create(
        Result(election=election, riding=riding, party=rows[code], votes=count)
        for code, count in votes.items()
    )


def preset(method: str = Method.PIVOTAL, **parameters: float) -> Preset:
    return Preset.objects.create(method=method, parameters=parameters, is_active=True)


def small_country() -> dict[str, Any]:
    """Make three ridings on live boundaries: a close split one, a safe one, a partner's close hold."""
    parties()
    live = boundary_set()
    vote = election(live)
    rows = [
        riding(live, 35001, "Split"),
        riding(live, 35002, "Safe"),
        riding(live, 59003, "Held", province="BC"),
    ]
    results(vote, rows[0], CPC=4200, LPC=3900, NDP=1500, GPC=400)
    results(vote, rows[1], CPC=7000, LPC=2000, NDP=1000)
    results(vote, rows[2], CPC=4000, NDP=4300, LPC=1500)
    return {"boundary_set": live, "election": vote, "ridings": rows, "preset": preset()}
