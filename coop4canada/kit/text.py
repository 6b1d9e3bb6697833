"""Plain forms of text, so that people find what they look for however they type it."""

import re
import unicodedata

_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Return the text without accents, case, dashes or doubled spaces: `Trois-Rivières` → `trois rivieres`."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    ascii_text = "".join(char for char in decomposed if not unicodedata.combining(char)).lower()
    return _NOT_ALPHANUMERIC.sub(" ", ascii_text).strip()


def slug(text: str) -> str:
    """Return the plain form joined by hyphens, for addresses."""
    return plain(text).replace(" ", "-")
