"""The first load of a new site, with and without files at hand."""

import io
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from campaign.models import Campaign, Party
from ridings.importers.first_start import fixtures, load, official
from ridings.models import (
    BoundarySet,
    ClassificationRun,
    Issue,
    PartyPosition,
    Place,
    PollingAverage,
    Preset,
    Result,
    Riding,
)
from tests.ridings.importers import small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_country")]


@pytest.fixture
def no_data(settings: Settings, tmp_path: Path) -> Path:
    """No data directory, and a place of its own for downloads."""
    settings.DATA_DIR, settings.VAR_DIR = tmp_path / "data", tmp_path / "var"
    return tmp_path


def test_the_fixtures_alone_make_a_working_site() -> None:
    said = small.run("load_demo", "--fixtures-only")

    live = BoundarySet.objects.get(status="live")
    assert (live.code, live.riding_count, live.shapes_version) == ("2023", 343, "")
    assert Riding.objects.filter(cell_column__isnull=False, longitude__isnull=False).count() == 343
    assert Result.objects.filter(election__number=45).values("riding").distinct().count() == 343
    assert (PollingAverage.objects.values("region").distinct().count(), Place.objects.count()) == (7, 1651)
    assert ClassificationRun.objects.filter(published_at__isnull=False).count() == 1
    assert "import_boundaries FILE --boundary-set 2023" in said


def test_the_words_of_the_campaign_are_complete() -> None:
    small.run("load_demo", "--fixtures-only")

    campaign = Campaign.objects.get(is_active=True)
    texts = [f.name for f in Campaign._meta.get_fields() if f.name.endswith(("_en", "_fr"))]
    # Who authorizes what is said is the organizers' to fill in; admin and a check ask for it.
    theirs = ["authorization_en", "authorization_fr"]
    assert [name for name in texts if not getattr(campaign, name)] == theirs
    assert Party.objects.get(role="target").code == "CPC"
    assert set(Party.objects.filter(role="cooperating").values_list("code", flat=True)) == {
        "LPC",
        "NDP",
        "GPC",
        "BQ",
    }
    assert Preset.objects.get(is_active=True).method == "pivotal"
    assert (Preset.objects.count(), Issue.objects.count(), PartyPosition.objects.count()) == (2, 6, 30)


def test_a_second_load_changes_nothing_an_organizer_edited() -> None:
    small.run("load_demo", "--fixtures-only")
    Campaign.objects.update(name_en="Our own name")
    Party.objects.filter(code="BQ").update(role="other")
    Preset.objects.update(is_active=False)
    Preset.objects.filter(method="vote-together-2015").update(is_active=True)

    small.run("load_demo", "--fixtures-only")

    assert Campaign.objects.get().name_en == "Our own name"
    assert Party.objects.get(code="BQ").role == "other"
    assert Preset.objects.get(is_active=True).method == "vote-together-2015"


def test_if_empty_does_nothing_where_boundaries_are_in_force() -> None:
    small.run("load_demo", "--fixtures-only")
    Place.objects.all().delete()

    said = small.run("load_demo", "--if-empty", "--fixtures-only")

    assert said == "Data is loaded already.\n"
    assert not Place.objects.exists()


def test_an_interrupted_load_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ridings.importers.first_start.directory.load_places", interrupt)
        with pytest.raises(KeyboardInterrupt):
            small.run("load_demo", "--if-empty", "--fixtures-only")
    assert (BoundarySet.objects.get().status, Place.objects.count()) == ("draft", 0)

    small.run("load_demo", "--if-empty", "--fixtures-only")

    assert (BoundarySet.objects.get().status, Place.objects.count()) == ("live", 1651)


def test_a_bad_file_of_the_data_directory_is_named(no_data: Path) -> None:
    for name in ("boundaries/boundaries_2023.geojson.gz", "results/results_candidates.csv.gz"):
        (no_data / "data" / name).parent.mkdir(parents=True, exist_ok=True)
        (no_data / "data" / name).write_bytes(b"not a file")

    with pytest.raises(CommandError, match="boundaries_2023.geojson.gz cannot be read as a boundary file"):
        small.run("load_demo")

    assert not load.is_loaded()


@contextmanager
def answer(content: bytes, length: int | None = None) -> Iterator[Any]:
    body = io.BytesIO(content)
    body.headers = Message()  # type: ignore[attr-defined]
    if length is not None:
        body.headers["Content-Length"] = str(length)  # type: ignore[attr-defined]
    yield body


def answering(monkeypatch: pytest.MonkeyPatch, content: bytes, length: int | None = None) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: answer(content, length))
    monkeypatch.setattr(official, "SMALLEST_BYTES", {"boundaries": 100, "results": 100, "transposition": 100})


def test_unreachable_addresses_leave_the_fixtures(no_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise urllib.error.URLError("no route to host")

    monkeypatch.setattr(urllib.request, "urlopen", unreachable)

    said = small.run("load_demo")

    assert "trying the official addresses." in said
    assert "The official boundaries could not be fetched from https://" in said
    assert said.count("no route to host") == 3
    assert load.is_loaded()


def test_official_results_are_used_where_they_are_right(
    no_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "fed_num,party_code,votes\n" + "".join(
        f"{row['number']},LPC,7\n" for row in fixtures.rows_of("ridings_2023.csv")
    )
    answering(monkeypatch, text.encode())

    small.run("load_demo")

    assert set(Result.objects.filter(election__number=45).values_list("party__code", "votes")) == {("LPC", 7)}


@pytest.mark.parametrize(
    ("content", "length", "sentence"),
    [
        (b"x" * 500, 1000, "it was cut off at 500 of 1,000 bytes"),
        (b"x" * 50, None, "it is only 50 bytes, too few to be the whole file"),
        (b"<html>" + b"x" * 500, None, "is not the kind of file it should be"),
        (b"PK" + b"x" * 500, None, "is not the kind of file it should be"),
    ],
)
def test_what_is_not_the_file_is_said(
    no_data: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, length: int | None, sentence: str
) -> None:
    answering(monkeypatch, content, length)

    with pytest.raises(official.SourceFailed, match=sentence):
        official.fetch("results", no_data)


def test_only_secure_addresses_are_asked(no_data: Path, settings: Settings) -> None:
    settings.OFFICIAL_SOURCES = {"results": "file:///etc/hostname"}

    with pytest.raises(official.SourceFailed, match="must begin with https://"):
        official.fetch("results", no_data)


def test_a_file_that_cannot_be_loaded_is_said(no_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, b"PK" + b"x" * 500)

    said = small.run("load_demo")

    assert "cannot be read as a boundary file" in said
    assert BoundarySet.objects.get(status="live").shapes_version == ""
