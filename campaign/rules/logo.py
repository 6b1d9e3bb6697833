"""A logo as strangers upload it, made into a picture of ours: decoded, drawn small and encoded anew. Pure.

Nothing of the uploaded file is kept: no metadata, no place where it was taken, no trailing bytes, no second format
hidden in it. What cannot be decoded as what it says it is, is refused.
"""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

# Both are decoded without ever holding more than the picture itself; their headers tell its size beforehand.
FORMATS = ("PNG", "JPEG")
MOST_BYTES = 2 * 1024 * 1024
LONGEST_SIDE = 4000
MOST_PIXELS = 10_000_000  # forty megabytes once decoded
SHORTEST_SIDE = 16
SHOWN_SIDE = 480  # twice the 240 px it is shown at
CONTENT_TYPE = "image/webp"

# A drawn logo is small without loss; a photograph is not, and there loss does not show.
_MOST_LOSSLESS_BYTES = 60_000
_QUALITY = 85


class Reason(StrEnum):
    """Why a file is no logo."""

    EMPTY = "empty"
    TOO_MANY_BYTES = "too_many_bytes"
    SVG = "svg"
    FORMAT = "format"
    ANIMATED = "animated"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    BROKEN = "broken"


class BadLogo(ValueError):
    """The file is no logo that can be shown."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Logo:
    """A picture made by us: WebP of at most `SHOWN_SIDE` px a side; `digest` is SHA-256 of its bytes, in hex."""

    content: bytes
    width: int
    height: int
    digest: str


def read_logo(content: bytes) -> Logo:
    """Return the uploaded picture, made anew.

    Args:
        content: the file, of any kind.
    Raises: BadLogo with the reason.
    """
    if not content:
        raise BadLogo(Reason.EMPTY)
    if len(content) > MOST_BYTES:
        raise BadLogo(Reason.TOO_MANY_BYTES)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            _check(picture)
            drawn = _drawn(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadLogo(Reason.TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise BadLogo(Reason.SVG if _looks_like_svg(content) else Reason.FORMAT) from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        # What Pillow raises over files that are cut, that lie about themselves or pack gigabytes into a note.
        if isinstance(error, BadLogo):
            raise
        raise BadLogo(Reason.BROKEN) from error
    encoded = _encoded(drawn)
    return Logo(encoded, drawn.width, drawn.height, sha256(encoded).hexdigest())


def _check(picture: Image.Image) -> None:
    """Judge by the header alone, before a pixel is decoded."""
    if max(picture.size) > LONGEST_SIDE or picture.width * picture.height > MOST_PIXELS:
        raise BadLogo(Reason.TOO_LARGE)
    if min(picture.size) < SHORTEST_SIDE:
        raise BadLogo(Reason.TOO_SMALL)
    # Telephones put a second view into a JPEG, which is no animation.
    if picture.format == "PNG" and getattr(picture, "is_animated", False):
        raise BadLogo(Reason.ANIMATED)


def _drawn(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (SHOWN_SIDE * 2, SHOWN_SIDE * 2))  # a large JPEG is decoded small
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    has_clear_parts = "A" in upright.getbands() or "transparency" in upright.info
    drawn = upright.convert("RGBA" if has_clear_parts else "RGB")
    drawn.thumbnail((SHOWN_SIDE, SHOWN_SIDE), Image.Resampling.LANCZOS)
    return drawn


def _encoded(drawn: Image.Image) -> bytes:
    # Only the pixels go on: `info` holds what the file said about itself.
    bare = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    lossless = _webp(bare, lossless=True)
    return lossless if len(lossless) <= _MOST_LOSSLESS_BYTES else _webp(bare, lossless=False)


def _webp(picture: Image.Image, *, lossless: bool) -> bytes:
    file = BytesIO()
    picture.save(file, "WEBP", lossless=lossless, quality=_QUALITY, method=4)
    return file.getvalue()


def _looks_like_svg(content: bytes) -> bool:
    return b"<svg" in content[:4096].lower()
