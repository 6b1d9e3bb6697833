"""Candidates as the official tables write them: name, marks and party label glued into one field.

`Fabian Manning ** Conservative/Conservateur`: `**` marks the incumbent; the label is English/French.
Source: Elections Canada, Official Voting Results, table 12, elections 38 to 44 (2004–2021).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coop4canada.kit.text import plain

INCUMBENT_MARK = "**"
_ACCLAIMED = re.compile(r"\bacclai?m")


class UnknownLabel(ValueError):
    """No known party label ends the field; `label` is what it seems to be."""

    def __init__(self, field: str, label: str) -> None:
        super().__init__(f"“{field}” ends with no known party label (it seems to be “{label}”).")
        self.label = label


@dataclass(frozen=True)
class BallotLine:
    """A candidate as read from an official field."""

    name: str
    label: str
    party_code: str
    is_incumbent: bool


def label_key(label: str) -> str:
    """Return the form in which labels are compared: spacing and case do not count."""
    return " ".join(label.split()).casefold()


def labels_by_key(labels_of: Mapping[str, list[str]]) -> dict[str, str]:
    """Return {label key: party code} of {party code: labels}."""
    return {label_key(label): code for code, labels in labels_of.items() for label in labels}


def parse_ballot_line(field: str, known: Mapping[str, str]) -> BallotLine:
    """Return the parts of a glued field.

    Args:
        field: text of the table's cell.
        known: {label key: party code}, see `labels_by_key`.

    Raises: UnknownLabel if the field ends with no known label.
    """
    text = " ".join(field.split())
    folded = text.casefold()
    # The longest label wins: "Radical Marijuana/Radical Marijuana" before "Marijuana/Marijuana".
    matching = [key for key in known if folded.endswith(f" {key}")]
    if not matching:
        raise UnknownLabel(text, guess_label(text))
    key = max(matching, key=len)
    name = text[: len(text) - len(key)].strip()
    return BallotLine(
        name=name.removesuffix(INCUMBENT_MARK).strip(),
        label=text[len(text) - len(key) :],
        party_code=known[key],
        is_incumbent=name.endswith(INCUMBENT_MARK),
    )


def guess_label(text: str) -> str:
    """Return what seems to be the label: after the mark, else as many words before as after the slash."""
    if INCUMBENT_MARK in text:
        return text.rsplit(INCUMBENT_MARK, 1)[1].strip()
    left, slash, right = text.rpartition("/")
    words = left.split()
    count = min(len(right.split()), max(len(words) - 2, 1))
    return f"{' '.join(words[-count:])}/{right}" if slash else text


def is_acclaimed(votes: str) -> bool:
    """Say whether the votes cell tells of an acclamation: elected without a vote."""
    return bool(_ACCLAIMED.search(plain(votes)))
