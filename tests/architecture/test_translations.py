"""French is complete, and what is compiled is what was written."""

import os
import re
import shutil
from pathlib import Path

import polib  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.core.management import call_command

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "fr" / "LC_MESSAGES" / "django.po"
PLACES = re.compile(r"%\([a-z_]+\)[sd]|%%|%d|<[^>]+>")
# In French a no-break space stands before these; an ordinary one would let a line begin with them.
LOOSE = re.compile(r" [:;»]| %(?![(ds])|« ")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def texts(entry: polib.POEntry) -> list[tuple[str, str]]:
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]


def test_translation_is_complete(catalogue: polib.POFile) -> None:
    lacking = [entry.msgid for entry in catalogue if entry.fuzzy or entry.obsolete or not entry.translated()]

    assert lacking == []


def test_translation_keeps_every_placeholder_and_tag(catalogue: polib.POFile) -> None:
    pairs = [pair for entry in catalogue for pair in texts(entry)]

    assert [
        pair for pair in pairs if sorted(PLACES.findall(pair[0])) != sorted(PLACES.findall(pair[1]))
    ] == []


def test_translation_follows_french_typography(catalogue: polib.POFile) -> None:
    french = [text for entry in catalogue for _source, text in texts(entry)]

    assert [text for text in french if LOOSE.search(text) or "'" in text] == []


def test_translation_is_compiled_as_written(catalogue: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert {(e.msgctxt, e.msgid): texts(e) for e in compiled} == {
        (e.msgctxt, e.msgid): texts(e) for e in catalogue
    }


@pytest.mark.skipif(
    shutil.which("xgettext") is None and os.environ.get("CI") != "true",
    reason="LEFT OUT: xgettext (gettext) is not installed, texts were not collected",
)
def test_translation_knows_every_text_of_the_code(
    catalogue: polib.POFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "campaign",
        "coop4canada",
        "petitions",
        "pledges",
        "polls",
        "ridings",
        "supporters",
        "templates",
        "volunteers",
    ):
        shutil.copytree(Path(settings.BASE_DIR) / name, tmp_path / name)
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", locale=["fr"], verbosity=0)

    collected = polib.pofile(str(tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"))
    assert {entry.msgid for entry in collected} == {entry.msgid for entry in catalogue}
