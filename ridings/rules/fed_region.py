"""The poll region of a province. Pure."""

from collections.abc import Mapping

# Source: regions in which Léger, Abacus, Nanos and others publish federal shares, 2025–2026.
POLL_REGION_OF_PROVINCE: Mapping[str, str] = {
    "NL": "Atlantic",
    "PE": "Atlantic",
    "NS": "Atlantic",
    "NB": "Atlantic",
    "QC": "QC",
    "ON": "ON",
    "MB": "MB_SK",
    "SK": "MB_SK",
    "AB": "AB",
    "BC": "BC",
    # The territories are too small for regional samples: the national swing applies.
    "YT": "Canada",
    "NT": "Canada",
    "NU": "Canada",
}
