"""The one spelling under which an address, a street and a household are recognised. Pure."""

import re

from coop4canada.kit.text import plain

_NOT_A_LETTER = re.compile(r"[^0-9a-z]+")

# Words of streets that lists write in full or shortened, in both languages.
# Source: Canada Post, "Addressing Guidelines", 2024: street types and their abbreviations; compass directions.
_SHORT = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "boulevard": "blvd", "boul": "blvd",
    "crescent": "cres", "court": "crt", "ct": "crt", "place": "pl", "lane": "ln", "terrace": "terr", "circle": "cir",
    "highway": "hwy", "parkway": "pky", "pkwy": "pky", "square": "sq", "trail": "trl", "chemin": "ch", "montee": "mtee",
    "north": "n", "south": "s", "east": "e", "west": "w", "nord": "n", "sud": "s", "est": "e", "ouest": "w", "o": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw", "saint": "st", "sainte": "ste",
}  # fmt: skip


def street_key(street: str) -> str:
    """Return the spelling by which a street is recognised: `12th Avenue East` and `12TH AVE. E` are one."""
    words = plain(street).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def address_key(*, number: int, suffix: str, unit: str, street: str, place: str) -> str:
    """Return the spelling by which a dwelling is recognised.

    Args:
        number: civic number.
        suffix: of the number, e.g. `A` or `½`; may be empty.
        unit: apartment; may be empty, `#4`, `Apt 4` and `4` are one.
        street: with its type and direction, e.g. `Main St W`.
        place: packed postal code where known, else municipality: streets share names across the country.
    """
    flat = _NOT_A_LETTER.sub("", unit.casefold().replace("apt", "").replace("unit", "").replace("app", ""))
    half = suffix.casefold().replace("½", "12").strip()
    return "|".join((str(number), _NOT_A_LETTER.sub("", half), flat, street_key(street), street_key(place)))
