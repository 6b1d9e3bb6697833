"""Files with people in them: right, harmless, noted, in constant memory."""

import csv
import io
import tracemalloc
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from coop4canada.kit.export import csv_chunks, harmless, table, xlsx_file
from petitions.admin import exporting
from petitions.exports import SignatureResource
from petitions.models import Petition, Signature
from supporters.models import ExportLog, User
from supporters.services.exports import Export, counted, note_export
from tests import make
from tests.crowd import make_signatures

pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]

EXPORT = reverse("admin:petitions_signature_export")
HEADER = [
    "id", "petition", "state", "name", "email", "postal_code", "riding_number", "riding", "province", "language",
    "is_public", "method", "suspicion", "created_at", "confirmed_at", "withdrawn_at",
]  # fmt: skip


@pytest.fixture
def petition(no_country: None) -> Petition:
    petition = make.petition()
    make.riding(make.boundary_set(), 24054, "Papineau", province="QC")
    make.signed(petition, "a@example.org", "=Amara+Diallo", riding_number=24054, postal_code="H2R1A1")
    make.signed(petition, "z@example.org", "Zoë Nguyễn", now=make.LONG_AGO + (make.NOON - make.LONG_AGO))
    Signature.objects.filter(name__startswith="Zo").update(state="confirmed", confirmed_at=make.NOON)
    return petition


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig"))))


def test_a_csv_holds_every_column_and_no_formula(organizer_client: Client, petition: Petition) -> None:
    answer = organizer_client.post(EXPORT, {"kind": "csv"})

    header, amara, zoe = rows(answer)
    assert header == HEADER
    assert amara[1:] == [
        "cooperate", "pending", "'=Amara+Diallo", "a@example.org", "H2R1A1", "24054", "Papineau", "QC", "en",
        "0", "web", "", "2026-11-23T12:00:00Z", "", "",
    ]  # fmt: skip
    assert zoe[2:5] + zoe[13:15] == [
        "confirmed", "Zoë Nguyễn", "z@example.org", "2026-11-23T12:00:00Z", "2026-11-23T12:00:00Z",
    ]  # fmt: skip
    assert ("no-store" in answer["Cache-Control"], answer["Content-Type"]) == (
        True,
        "text/csv; charset=utf-8",
    )


@pytest.mark.parametrize(("form", "begins"), [({"has_mark": "on"}, b"\xef\xbb\xbfid,"), ({}, b"id,petition")])
def test_a_csv_is_marked_as_utf_8_where_wanted(
    organizer_client: Client, petition: Petition, form: dict[str, str], begins: bytes
) -> None:
    assert body(organizer_client.post(EXPORT, {"kind": "csv", **form})).startswith(begins)


def test_an_xlsx_holds_the_same(organizer_client: Client, petition: Petition) -> None:
    answer = organizer_client.post(EXPORT, {"kind": "xlsx"})

    sheet = openpyxl.load_workbook(io.BytesIO(body(answer)), read_only=True).active
    values = [[cell or "" for cell in line] for line in sheet.iter_rows(values_only=True)]
    assert values == rows(organizer_client.post(EXPORT, {"kind": "csv"}))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=confirmed", ["Zoë Nguyễn"]),
        ("q=%40example.org&riding=24054", ["'=Amara+Diallo"]),
        ("q=nobody%40example.org", []),
        ("p=7", ["'=Amara+Diallo", "Zoë Nguyễn"]),
    ],
)
def test_a_file_holds_what_the_list_shows_and_is_noted(
    organizer_client: Client, petition: Petition, query: str, names: list[str]
) -> None:
    answer = organizer_client.post(f"{EXPORT}?{query}", {"kind": "csv"})

    assert [row[3] for row in rows(answer)[1:]] == names
    log = ExportLog.objects.get()
    assert (log.user.email, log.what, log.choice, log.kind) == (
        "edith@example.org",
        "petitions.signature",
        query.replace("p=7", ""),
        "csv",
    )
    assert (log.row_count, log.done_at is not None) == (len(names), True)


def test_a_reader_who_goes_away_is_noted_with_what_left(organizer: User) -> None:
    log = note_export(export=Export("x", "", "csv"), user=organizer, now=make.NOON)
    lines = counted(iter(["header", "first", "second"]), log=log, clock=lambda: make.NOON)

    left = [next(lines), next(lines)]
    lines.close()  # type: ignore[attr-defined]

    log.refresh_from_db()
    assert (left, log.row_count, log.done_at) == (["header", "first"], 1, None)


def test_a_file_of_an_unknown_kind_is_refused(organizer_client: Client, petition: Petition) -> None:
    assert organizer_client.post(EXPORT, {"kind": "exe"}).status_code == 422
    assert not ExportLog.objects.exists()


def test_too_many_rows_for_a_workbook_are_refused_in_words(
    organizer_client: Client, petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_XLSX_ROWS", 1)

    answer = organizer_client.post(EXPORT, {"kind": "xlsx"})

    assert (answer.status_code, "choose CSV" in answer.content.decode()) == (422, True)
    assert not ExportLog.objects.exists()


def test_the_letter_is_handed_over_with_names_and_ridings_only(
    organizer_client: Client, petition: Petition
) -> None:
    Signature.objects.update(state="confirmed", confirmed_at=make.NOON)
    address = reverse("admin:petitions_petition_delivery", args=[petition.pk])

    answer = organizer_client.post(address)

    assert rows(answer) == [
        ["name", "riding_number", "riding", "province"],
        ["'=Amara+Diallo", "24054", "Papineau", "QC"],
        ["Zoë Nguyễn", "", "", ""],
    ]
    assert ExportLog.objects.values_list("what", "choice", "row_count").get() == (
        "petitions.delivery",
        "cooperate",
        2,
    )
    assert organizer_client.get(address).status_code == 405


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@a", "'@a"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("O'Brien", "O'Brien"),
        ("a=1", "a=1"),
        (None, ""),
        (0, "0"),
        ("", ""),
    ],
)
def test_nothing_is_taken_for_a_formula(value: object, text: str) -> None:
    assert harmless(value) == text


def test_letters_that_a_workbook_cannot_hold_are_left_out() -> None:
    with xlsx_file(iter([["a\x0bb"]]), title="x" * 99) as spool:
        assert openpyxl.load_workbook(spool).active["A1"].value == "ab"


def test_a_file_of_any_length_takes_constant_memory() -> None:
    make_signatures(20_000)
    resource = SignatureResource({})

    peaks = [_peak(resource, up_to) for up_to in (5_000, 20_000)]

    assert peaks[1] < 1.5 * peaks[0]


def _peak(resource: SignatureResource, up_to: int) -> int:
    def consume(lines: Iterator[list[str]]) -> None:
        for _chunk in csv_chunks(lines, has_mark=True):
            pass

    tracemalloc.start()
    first = Signature.objects.earliest("pk").pk
    chosen = Signature.objects.select_related("petition", "supporter")
    consume(table(resource, chosen, up_to=first + up_to))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
