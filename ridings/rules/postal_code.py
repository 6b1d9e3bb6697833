"""Canadian postal codes as people type them. Pure.

Source: Canada Post, "Addressing Guidelines", 2025: letters D F I O Q U never appear, W and Z never first.
"""

import re
from dataclasses import dataclass

FSA_LENGTH = 3

_FIRST = "ABCEGHJKLMNPRSTVXY"
_LETTER = "ABCEGHJKLMNPRSTVWXYZ"
_CODE = re.compile(f"[{_FIRST}][0-9][{_LETTER}]([0-9][{_LETTER}][0-9])?")
# What is meant as a postal code, right or wrong: letters and digits in turn, O and I for 0 and 1 included.
_ATTEMPT = re.compile(r"[A-Z][0-9OI][A-Z0]([0-9OI]([A-Z0]([0-9OI])?)?)?")
_SEPARATORS = re.compile(r"[\s\-–—.·_]+")
_AS_DIGIT = str.maketrans({"O": "0", "I": "1"})
_AS_LETTER = str.maketrans({"0": "O", "1": "I"})


@dataclass(frozen=True)
class PostalCodeText:
    """What was typed: a valid `code` (3 or 6 characters), or an attempt with what may have been meant."""

    code: str | None
    hint: str | None = None

    @property
    def is_fsa(self) -> bool:
        """Only the forward sortation area, the first three characters, was given."""
        return self.code is not None and len(self.code) == FSA_LENGTH


def read_postal_code(text: str) -> PostalCodeText | None:
    """Read text as a postal code; None if it is not even meant as one."""
    packed = _SEPARATORS.sub("", text).upper()
    if _CODE.fullmatch(packed):
        return PostalCodeText(packed)
    if not _ATTEMPT.fullmatch(packed):
        return None
    mended = "".join(
        char.translate(_AS_LETTER if position % 2 == 0 else _AS_DIGIT) for position, char in enumerate(packed)
    )
    hint = mended if mended != packed and _CODE.fullmatch(mended) else None
    return PostalCodeText(None, hint)


def spaced(code: str) -> str:
    """Return the code as it is written: `K1A 0B1`, or the FSA alone."""
    return f"{code[:3]} {code[3:]}".strip()
