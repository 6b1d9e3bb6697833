"""Read a share as people type it. Pure.

Whether 42 means 42 % is never guessed: a figure has a percent sign, or stands where percents are asked for, or is a
fraction with a decimal mark. What could be either is refused.
"""

import re

_FIGURE = re.compile(r"(?P<whole>[0-9]{1,3})(?:[.,](?P<rest>[0-9]{1,6}))?\s*(?P<sign>%?)")
HUNDRED = 100


class BadShare(ValueError):
    """A text is no share, or could be two; `is_ambiguous` tells them apart."""

    def __init__(self, text: str, *, is_ambiguous: bool) -> None:
        super().__init__(text)
        self.text, self.is_ambiguous = text, is_ambiguous


def read_share(text: str, *, in_percent: bool = False) -> float:
    """Return the share 0–1 written in a text: `42 %`, `42,5%`, `0.425`; with `in_percent` also `42`.

    Raises: BadShare.
    """
    found = _FIGURE.fullmatch(text.strip())
    if found is None:
        raise BadShare(text, is_ambiguous=False)
    figure = float(f"{found['whole']}.{found['rest'] or '0'}")
    if found["sign"] or in_percent:
        share = round(figure / HUNDRED, 9)
    elif found["rest"] is None and figure > 0:
        # 42, but also 1: one per cent, or everybody?
        raise BadShare(text, is_ambiguous=True)
    elif figure > 1:
        raise BadShare(text, is_ambiguous=True)
    else:
        share = figure
    if share > 1:
        raise BadShare(text, is_ambiguous=False)
    return share
