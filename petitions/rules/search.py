"""What organizers mean by what they type into the search for signatures. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_network

FED_NUMBER_LENGTH = 5
_QUOTES = "\"“”«»'"


class Meaning(StrEnum):
    """What a text asks for."""

    EMAIL = "email"
    DOMAIN = "domain"
    NETWORK = "network"
    RIDING = "riding"
    PERSON = "person"
    WORDS = "words"  # a riding's name if it is one, else a person's


@dataclass(frozen=True)
class Question:
    """A text with its meaning, tidied."""

    meaning: Meaning
    text: str


def read_question(typed: str) -> Question:
    """Say what a text asks for: `a@b.ca`, `@b.ca`, `192.0.2.0/24`, `35075`, `“Papineau”` (a person), `Papineau`."""
    text = typed.strip()
    if text.startswith("@"):
        return Question(Meaning.DOMAIN, text[1:].strip().lower())
    if "@" in text:
        return Question(Meaning.EMAIL, text)
    network = _network(text)
    if network is not None:
        return Question(Meaning.NETWORK, network)
    if text.isascii() and text.isdigit() and len(text) == FED_NUMBER_LENGTH:
        return Question(Meaning.RIDING, text)
    unquoted = text.strip(_QUOTES).strip()
    is_quoted = unquoted != text and text[:1] in _QUOTES
    return Question(Meaning.PERSON if is_quoted else Meaning.WORDS, unquoted)


def _network(text: str) -> str | None:
    if "." not in text and ":" not in text:
        return None
    try:
        return str(ip_network(text, strict=False))
    except ValueError:
        return None
