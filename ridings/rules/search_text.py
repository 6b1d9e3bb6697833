"""The plain text by which a riding or a place is found, however it is typed."""

from collections.abc import Iterable

from coop4canada.kit.text import plain


def search_text(names: Iterable[str], number: int | None = None) -> str:
    """Return the plain forms of the names, each once, and the FED number, joined by bars."""
    forms = list(dict.fromkeys(form for form in map(plain, names) if form))
    return " | ".join([*forms, str(number)] if number else forms)


def tidy_name(name: str) -> str:
    """Return a riding's name as we write it: em dashes for `--`, straight apostrophes, single spaces."""
    return " ".join(name.replace("--", "—").replace("’", "'").split())
