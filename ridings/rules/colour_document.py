"""The colour document: which riding has which class, as the browser reads it. Pure.

Same classes and legend, same version; `generated_at` is the moment of the run that published it.
"""

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import sha256

CLASS_ORDER = ("swing", "emerging", "other")


def canonical_json(value: object) -> str:
    """Return JSON that is the same, byte for byte, for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, as 64 hexadecimal digits."""
    return sha256(canonical_json(value).encode()).hexdigest()


def count_classes(classes: Mapping[int, str]) -> dict[str, int]:
    """Return how many ridings have each class, every class named."""
    kinds = list(classes.values())
    return {kind: kinds.count(kind) for kind in CLASS_ORDER}


def colour_version(classes: Mapping[int, str], legend: Mapping[str, Mapping[str, str]]) -> str:
    """Return the version of a document with these classes and legend texts: 16 hexadecimal digits."""
    return digest_of([{str(number): kind for number, kind in classes.items()}, legend])[:16]


def colour_document(
    classes: Mapping[int, str], legend: Mapping[str, Mapping[str, str]], *, generated_at: dt.datetime
) -> str:
    """Return the document as JSON.

    Args:
        classes: {fed_number: class}.
        legend: {class: {"en": text, "fr": text}}.
        generated_at: aware moment of the publishing run.
    """
    counts = count_classes(classes)
    return canonical_json(
        {
            "version": colour_version(classes, legend),
            "generated_at": generated_at.isoformat(timespec="seconds"),
            "legend": {kind: {**legend.get(kind, {}), "count": counts[kind]} for kind in CLASS_ORDER},
            "classes": {str(number): kind for number, kind in classes.items()},
        }
    )
