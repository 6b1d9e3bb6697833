"""The colour document, byte for byte."""

import datetime as dt

from ridings.rules.colour_document import colour_document, colour_version

LEGEND = {kind: {"en": f"{kind}!", "fr": f"{kind} !"} for kind in ("swing", "emerging", "other")}
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def test_the_document_is_canonical_json() -> None:
    body = colour_document({35002: "other", 35001: "swing"}, LEGEND, generated_at=NOON)

    version = colour_version({35001: "swing", 35002: "other"}, LEGEND)
    assert body == (
        '{"classes":{"35001":"swing","35002":"other"},"generated_at":"2026-11-23T12:00:00+00:00",'
        '"legend":{"emerging":{"count":0,"en":"emerging!","fr":"emerging !"},'
        '"other":{"count":1,"en":"other!","fr":"other !"},"swing":{"count":1,"en":"swing!","fr":"swing !"}},'
        f'"version":"{version}"}}'
    )


def test_the_version_follows_classes_and_legend_but_not_the_time() -> None:
    version = colour_version({35001: "swing"}, LEGEND)

    assert colour_version({35001: "swing"}, LEGEND) == version
    assert colour_version({35001: "other"}, LEGEND) != version
    assert colour_version({35001: "swing"}, {**LEGEND, "swing": {"en": "?", "fr": "?"}}) != version
