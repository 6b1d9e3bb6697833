"""Official files fetched from their addresses; whatever fails is said in one plain sentence."""

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from ridings.importers.files import FileRefused

# Smaller answers are error pages; larger ones are not what was asked for.
SMALLEST_BYTES = {"boundaries": 5_000_000, "results": 100_000, "transposition": 50_000}
LARGEST_BYTES = 100_000_000
CHUNK_BYTES = 1 << 20


class SourceFailed(Exception):
    """An official address gave no usable file; the message is one sentence."""


def fetch(what: str, folder: Path) -> Path:
    """Return the path of the file downloaded for `boundaries`, `results` or `transposition`.

    Raises: SourceFailed if the address cannot be reached or what it gives is not the whole file.
    """
    address = settings.OFFICIAL_SOURCES[what]
    if not address.startswith("https://"):
        raise SourceFailed(f"The address of the {what} must begin with https:// ({address}).")
    try:
        with urllib.request.urlopen(address, timeout=settings.SOURCE_TIMEOUT_SECONDS) as answer:  # noqa: S310
            content = _whole(answer.read(LARGEST_BYTES), answer.headers.get("Content-Length"), what)
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise SourceFailed(f"The official {what} could not be fetched from {address}: {reason}.") from error
    suffix = ".zip" if content.startswith(b"PK") else ".csv"
    if (what == "boundaries") != (suffix == ".zip") or content[:200].lstrip().lower().startswith(b"<"):
        raise SourceFailed(f"The official {what} at {address} is not the kind of file it should be.")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{what}-{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
    path.write_bytes(content)
    return path


def _whole(content: bytes, declared: str | None, what: str) -> bytes:
    if declared and declared.isdigit() and int(declared) != len(content):
        raise ValueError(f"it was cut off at {len(content):,} of {int(declared):,} bytes")
    if len(content) < SMALLEST_BYTES[what]:
        raise ValueError(f"it is only {len(content):,} bytes, too few to be the whole file")
    return content


def try_source(what: str, load: Callable[[Path], str]) -> str:
    """Fetch and load an official file; return what it gave.

    Raises: SourceFailed also where the file cannot be loaded.
    """
    path = fetch(what, settings.VAR_DIR / "official")
    try:
        return load(path)
    except FileRefused as error:
        raise SourceFailed(str(error)) from error
