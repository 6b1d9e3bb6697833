"""Codes and files of sheets, garbled and hostile ones included."""

import pytest

from pledges.rules.paper import BadFile, Fault, read_code, read_file

HEAD = "line,name,postal_code,email\n"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("k7q-4m2", "K7Q4M2"), (" AB 12 ", "AB12"), ("ab", None), ("A" * 13, None), ("é12", None), ("", None)],
)
def test_a_code_is_read_however_it_is_typed(typed: str, code: str | None) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + "1,Zoë,L6J 1A1,zoe@example.org\n").encode(),
        b"\xef\xbb\xbf" + (HEAD + "1,Zoë,L6J 1A1,zoe@example.org\r\n").encode(),
        (HEAD + "\n,,,\n1, Zoë ,L6J 1A1,zoe@example.org").encode("cp1252"),
        (HEAD + '1,"Zoë",L6J 1A1,zoe@example.org\n').replace(",", ";").encode(),
        ("Line,Name,Postal code,Email\n1,Zoë,L6J 1A1,zoe@example.org\n").encode(),
    ],
)
def test_what_spreadsheets_save_is_read(content: bytes) -> None:
    rows = read_file(content)

    assert [dict(row.cells) for row in rows] == [
        {"line": "1", "name": "Zoë", "postal_code": "L6J 1A1", "email": "zoe@example.org"}
    ]


@pytest.mark.parametrize(
    ("content", "fault", "detail"),
    [
        (b"", Fault.COLUMNS, "line"),
        (HEAD.encode(), Fault.EMPTY, ""),
        (b"line,name,postal_code\x00\n1,a,b\n", Fault.UNREADABLE, ""),
        (b"PK\x03\x04 a spreadsheet", Fault.COLUMNS, "pk\x03\x04_a_spreadsheet"),
        (b"line,name\n1,a\n", Fault.COLUMNS, "postal_code"),
        (b"line,name,postal_code,vote\n1,a,b,c\n", Fault.COLUMNS, "vote"),
        (b"line,name,name,postal_code\n1,a,b,c\n", Fault.COLUMNS, "name"),
        (b"line,name,postal_code\n1,a,b,too many\n", Fault.COLUMNS, "2"),
        ((HEAD + "1,a,b,c\n" * 10_000).encode(), Fault.TOO_MANY, "10000"),
        ((HEAD + "1," + "a" * 400_000).encode(), Fault.TOO_BIG, ""),
        (b"\x81\x8d\x8f", Fault.UNREADABLE, ""),
        ((HEAD + '1,"' + "a" * 140_000 + '",b,c\n').encode(), Fault.UNREADABLE, ""),
    ],
)
def test_other_files_are_refused_with_a_reason(content: bytes, fault: Fault, detail: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_file(content)

    assert (caught.value.fault, caught.value.detail) == (fault, detail)


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-1", "@SUM(A1)"])
def test_a_formula_is_pointed_at(cell: str) -> None:
    assert read_file((HEAD + f"1,{cell},L6J 1A1,\n").encode())[0].formula_in == "name"


def test_a_telephone_number_may_begin_with_a_plus() -> None:
    assert read_file(b"line,name,postal_code,phone\n1,a,b,+1 613 555 0123\n")[0].formula_in == ""
