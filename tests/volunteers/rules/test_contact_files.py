import pytest

from volunteers.enums.importing import FileFault
from volunteers.rules import contact_files
from volunteers.rules.contact_files import BadFile, read_table


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(BadFile) as caught:
        read_table(content)
    return caught.value.fault, caught.value.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_save_is_read(encoding: str, separator: str) -> None:
    lines = [["Nom", "Téléphone"], ["Zoé", "613-555-0123"]]
    content = "\r\n".join(separator.join(line) for line in lines).encode(encoding)

    table = read_table(content)

    assert (table.head, table.row_count) == (("Nom", "Téléphone"), 1)
    assert [(row.line, list(row.cells)) for row in table.rows()] == [(2, ["Zoé", "613-555-0123"])]


def test_lines_are_those_of_the_file_though_cells_and_blanks_run_over_several() -> None:
    table = read_table(b'a,b\n"x\ny",1\n\n , \nz,2\n')

    assert [(row.line, row.cells[0]) for row in table.rows()] == [(2, "x\ny"), (6, "z")]


def test_a_hint_about_the_separator_is_passed_over() -> None:
    assert read_table(b"sep=;\na;b\n1;2\n").head == ("a", "b")


@pytest.mark.parametrize(
    ("content", "fault", "detail"),
    [
        (b"", FileFault.EMPTY, ""),
        (b"a,b\n", FileFault.EMPTY, ""),
        (b"a,b\n , \n\n", FileFault.EMPTY, ""),
        (b"a,b\n1,\x002\n", FileFault.BINARY, ""),
        (b"PK\x03\x04\x81\x8d", FileFault.BINARY, ""),
        (b"phone\n6135550123\n", FileFault.ONE_COLUMN, ""),
        (b"Phone,name,PHONE\n1,2,3\n", FileFault.COLUMN_TWICE, "phone"),
        (b'a,b\n1,2\n"open,3\n4,5\n', FileFault.GARBLED, "3"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", FileFault.GARBLED, "2"),
        (b",".join(b"c%d" % n for n in range(201)) + b"\n1\n", FileFault.TOO_WIDE, ""),
        (b"Name,Elector Number\nAnn,1\n", FileFault.ELECTORS, "Elector Number"),
        (b"Name,Polling Division No.\nAnn,1\n", FileFault.ELECTORS, "Polling Division No."),
        ("Nom;Numéro d’électeur\nAnn;1\n".encode(), FileFault.ELECTORS, "Numéro d’électeur"),
        (b"Nom;Section de vote\nAnn;1\n", FileFault.ELECTORS, "Section de vote"),
    ],
)
def test_what_is_no_table_of_ours_is_refused(content: bytes, fault: FileFault, detail: str) -> None:
    assert refused(content) == (fault, detail)


def test_files_that_are_too_big_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_files, "MOST_ROWS", 2)
    assert read_table(b"a,b\n1,2\n3,4\n").row_count == 2
    assert refused(b"a,b\n1,2\n3,4\n5,6\n") == (FileFault.TOO_MANY, "")

    monkeypatch.setattr(contact_files, "MOST_BYTES", 5)
    assert refused(b"a,b\n1,2\n") == (FileFault.TOO_BIG, "")
