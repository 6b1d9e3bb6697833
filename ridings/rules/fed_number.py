"""FED numbers: five digits, of which the first two name the province.

Source: Elections Canada, "Federal Electoral Districts – Representation Order of 2023", attribute table, 2024.
"""

from ridings.enums import Province

PROVINCE_OF_PREFIX = {
    10: Province.NL,
    11: Province.PE,
    12: Province.NS,
    13: Province.NB,
    24: Province.QC,
    35: Province.ON,
    46: Province.MB,
    47: Province.SK,
    48: Province.AB,
    59: Province.BC,
    60: Province.YT,
    61: Province.NT,
    62: Province.NU,
}

# Source: Representation Orders of 2003, 2013 and 2023 under the Electoral Boundaries Readjustment Act.
RIDINGS_OF_ORDER = {"2003": 308, "2013": 338, "2023": 343}


class BadFedNumber(ValueError):
    """The text is not a FED number; the message says why."""


def parse_fed_number(text: object) -> int:
    """Return the FED number written in the text, e.g. `35075`, `"35075"` or `"35075.0"`.

    Raises: BadFedNumber unless it has five digits and the prefix of a province.
    """
    digits = str(text).strip().removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 5):  # noqa: PLR2004 — by definition
        raise BadFedNumber(f"“{text}” is not a FED number: it has five digits, like 35075.")
    number = int(digits)
    if number // 1000 not in PROVINCE_OF_PREFIX or number % 1000 == 0:
        raise BadFedNumber(f"{number} is not a FED number: no province has the prefix {digits[:2]}.")
    return number


def province_of(number: int) -> Province:
    """Return the province that the first two digits of a FED number name.

    Raises: BadFedNumber for an unknown prefix.
    """
    try:
        return PROVINCE_OF_PREFIX[number // 1000]
    except KeyError:
        raise BadFedNumber(f"{number} is not a FED number: no province has that prefix.") from None
