"""What the page of all ridings shows."""

import datetime as dt
from dataclasses import dataclass

from ridings.models import Riding


@dataclass(frozen=True)
class MapFilter:
    """Which ridings to list; empty means all."""

    province: str = ""
    riding_class: str = ""


@dataclass(frozen=True)
class LegendEntry:
    """One class of the map: its code, name, meaning and how many ridings have it."""

    riding_class: str
    label: str
    meaning: str
    count: int


@dataclass(frozen=True)
class MapRow:
    """One riding in the table: class code and label, the first reason as a sentence."""

    riding: Riding
    province_label: str
    riding_class: str
    class_label: str
    reason: str


@dataclass(frozen=True)
class MapPage:
    """The page: legend over all ridings, rows after the filter, and what the classes rest on.

    `rows` is grouped by province in the order of FED numbers. `geometry_url` is empty where no boundaries are loaded.
    """

    legend: tuple[LegendEntry, ...]
    rows: tuple[MapRow, ...]
    total: int
    boundary_set_code: str
    has_boundaries: bool
    method_label: str
    election_year: int | None
    polls_as_of: dt.date | None
    computed_at: dt.datetime | None


def map_page(chosen: MapFilter) -> MapPage:
    """Return what the page of all ridings shows under a filter."""
    raise NotImplementedError
