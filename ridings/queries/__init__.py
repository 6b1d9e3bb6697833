"""Reads for the pages and interfaces about ridings."""

from ridings.queries.lookup import Finding, FindingStatus, RidingMatch, SearchPlace, find_riding
from ridings.queries.map_page import LegendEntry, MapFilter, MapPage, MapRow, map_page
from ridings.queries.riding_page import RidingPage, riding_page

__all__ = [
    "Finding",
    "FindingStatus",
    "LegendEntry",
    "MapFilter",
    "MapPage",
    "MapRow",
    "RidingMatch",
    "RidingPage",
    "SearchPlace",
    "find_riding",
    "map_page",
    "riding_page",
]
