"""Names of people as they type them. Pure.

Any script is welcome, one word is enough, emoji stay. What cannot be seen goes: bidi controls, zero-width
characters, halves of surrogate pairs. The joiners ZWJ and ZWNJ stay only between two characters that they can
join, as Persian and Indic words and emoji need them.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from enum import StrEnum

from coop4canada.kit.text import plain

NAME_LENGTH = 100

# Normalising text is quadratic in a run of accents: nothing near this size is a name, so it is not even read.
_LONGEST_READ = 10 * NAME_LENGTH

_JOINERS = "\u200c\u200d"
_JOINER_RUN = re.compile(f"[{_JOINERS}]+")
# Latin, Greek, Cyrillic and Armenian letters never join; every script that does, and all emoji, stand behind.
_FIRST_JOINING = "\u0590"
# Letters by their class, blank to the eye: Hangul fillers, the empty Braille cell, and the grapheme joiner.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800\u034f"
_EMOJI_PRESENTATION = "\ufe0e\ufe0f"  # how an emoji is drawn, by its class an accent
_INVISIBLE_CATEGORIES = frozenset({"Cf", "Cs"})

# Endings behind which a dot is read as an address by mail programs; others are initials: "J.R.Smith", "St.John".
_ENDINGS = (
    "com|net|org|ca|info|biz|io|ru|cn|uk|us|xyz|top|shop|site|online|club|app|dev|link|click|vip|icu|live|store|"
    "website|space|fun|win|bid|pro|zip|quebec"
)
_LINK = re.compile(
    r"://|\bwww\.|\bmailto:"  # an address that says so itself
    rf"|[^\W_][\w-]+\.(?:{_ENDINGS})\b"  # buy.example.com
    r"|\w\.[a-z]{2,}/\S"  # t.me/somebody
    r"|@\w",  # @somebody, a@b
    re.IGNORECASE,
)

_HONORIFICS = {"dr", "dre", "mr", "mrs", "ms", "mx", "miss", "m", "mme", "mlle", "prof", "rev", "sir"}
# A name that begins with one of these is a surname alone; typed in capitals it may be a given name: Van, Al.
_PARTICLES = {"de", "del", "della", "der", "des", "dos", "du", "ter", "van", "von"}

_ALIKE = 0.75  # 1 is equal; one wrong letter of five is 0.8, "Amara" and "Bruno" are 0.2


class Reason(StrEnum):
    """Why a text is no name."""

    MISSING = "missing"  # nothing, or nothing with a letter in it
    CONTROL = "control"  # line breaks, NUL and the like
    TOO_LONG = "too_long"
    LINK = "link"  # a web address, an e-mail address or a @handle


class BadName(ValueError):
    """The text is no name."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def read_name(text: str) -> str:
    """Read a name: NFC, single spaces, nothing invisible; reading the result again changes nothing.

    Raises: BadName with the reason.
    """
    if any(_is_control(char) for char in text):
        raise BadName(Reason.CONTROL)
    if len(text) > _LONGEST_READ:
        raise BadName(Reason.TOO_LONG if text.strip() else Reason.MISSING)
    name = _visible(text)
    if not any(unicodedata.category(char).startswith("L") for char in name):
        raise BadName(Reason.MISSING)
    if len(name) > NAME_LENGTH:
        raise BadName(Reason.TOO_LONG)
    # Wide and styled letters read as links too: "ｗｗｗ．example．com".
    if _LINK.search(unicodedata.normalize("NFKC", name)):
        raise BadName(Reason.LINK)
    return name


def given_name(name: str) -> str:
    """Return the name to greet a person by: the first word that is one, without a title.

    A name of one word, or written without spaces as in Chinese, is returned whole.
    """
    words = [word for word in name.split() if any(char.isalpha() for char in word)]
    if len(words) > 1 and words[0].rstrip(".").lower() in _HONORIFICS:
        words = words[1:]
    if not words or words[0] in _PARTICLES:
        return name
    return words[0].rstrip(",")


def same_name(first: str, second: str) -> bool:
    """Tell whether two names differ at most in case, accents, dashes and spaces."""
    return _key(first) == _key(second)


def resembles(first: str, second: str) -> bool:
    """Tell whether one name is likely the other, corrected: a slip, a word more, words in another order.

    Given names are compared first, so that two people of one surname stay two. A pair like Louis and Louise
    cannot be told from a forgotten letter; they count as one.
    """
    if same_name(first, second):
        return True
    words, other_words = _words(first), _words(second)
    if sorted(words) == sorted(other_words):
        return True
    if not words or not other_words:
        return False
    rest, other_rest = " ".join(words[1:]), " ".join(other_words[1:])
    # A surname that one of them lacks speaks neither for nor against.
    return _is_alike(words[0], other_words[0]) and (not rest or not other_rest or _is_alike(rest, other_rest))


def _is_control(char: str) -> bool:
    # A tab is what a cell of a spreadsheet leaves behind: white space, unlike all other control characters.
    return unicodedata.category(char) == "Cc" and char != "\t"


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(char for char in composed if char in _JOINERS or not _is_invisible(char))
    spaced = " ".join(shown.split())
    joined = _JOINER_RUN.sub(_kept_joiner, spaced)
    # Again, because spaces and accents may have met where something went.
    return unicodedata.normalize("NFC", " ".join(joined.split()))


def _is_invisible(char: str) -> bool:
    return char in _BLANK_LETTERS or unicodedata.category(char) in _INVISIBLE_CATEGORIES


def _kept_joiner(run: re.Match[str]) -> str:
    """Return one joiner of the run if both neighbours can be joined, else nothing."""
    before, after = run.string[: run.start()][-1:], run.string[run.end() :][:1]
    return run[0][0] if min(before, after) >= _FIRST_JOINING else ""


def _key(name: str) -> tuple[str, str]:
    """Return what names are compared by: their plain form, and what that leaves out of other scripts."""
    others = (char for char in _folded(name) if not char.isascii() and unicodedata.category(char)[0] in "LM")
    return plain(name.casefold()), "".join(others)


def _words(name: str) -> list[str]:
    """Return the words without case and accents, in any script; an apostrophe or a dot does not part them."""
    kept = (
        char
        for char in _folded(name.replace("-", " "))
        if char.isalnum() or char.isspace() or unicodedata.category(char)[0] == "M"
    )
    return "".join(kept).split()


def _folded(name: str) -> str:
    """Return the name without case and accents; vowel signs of Indic scripts are no accents and stay."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    return "".join(
        char for char in decomposed if not unicodedata.combining(char) and char not in _EMOJI_PRESENTATION
    )


def _is_alike(first: str, second: str) -> bool:
    # The measure depends on the order of the two: the same pair must always get the same answer.
    low, high = sorted((first, second))
    return SequenceMatcher(None, low, high, autojunk=False).ratio() >= _ALIKE
