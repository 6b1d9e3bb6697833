"""Provinces as official tables write them."""

from coop4canada.kit.text import plain
from ridings.enums import Province

# English names in plain form, with the spellings met in the tables of 2004 to 2021.
_BY_NAME = {
    "newfoundland and labrador": Province.NL,
    "newfoundland": Province.NL,
    "prince edward island": Province.PE,
    "nova scotia": Province.NS,
    "new brunswick": Province.NB,
    "quebec": Province.QC,
    "ontario": Province.ON,
    "manitoba": Province.MB,
    "saskatchewan": Province.SK,
    "alberta": Province.AB,
    "british columbia": Province.BC,
    "yukon": Province.YT,
    "yukon territory": Province.YT,
    "northwest territories": Province.NT,
    "nunavut": Province.NU,
}


def province_named(text: str) -> Province | None:
    """Return the province of `English/French` or `English`, or of its two letters; None if there is none."""
    english = text.split("/", maxsplit=1)[0].strip()
    if english.upper() in Province.values:
        return Province(english.upper())
    return _BY_NAME.get(plain(english))
