"""Sheets: exact back and forth, and nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import to_builtins

from opsdesk.core.actions import Action, Slip, Told
from opsdesk.core.brought import Brought
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.kinds import KINDS
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.settings import Settings
from opsdesk.desk.shaping import shaped
from opsdesk.exchange.cells import guarded, unguarded
from opsdesk.exchange.sheets import MARK, Sheet, ignored, read_sheet, rows, sheet

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
NASTY = st.lists(st.sampled_from([*"=+-@'\"; \t\r\n,a1\u00a0\u3000＝日"]), max_size=12).map("".join)

ACTION = Action(
    id="A-12",
    rev=7,
    title='=HYPERLINK("http://x";"y");=1+1',
    owner="sue",
    due=date(2026, 11, 27),
    promise=True,
    told=Told(words="a;=1;'b", by="sue", to="Globex", on=NOW, typed_by="sue"),
    slips=(Slip(was=date(2026, 11, 20), at=NOW, why="-"),),
    created=NOW,
    relisted=("M-1", "M-2"),
)


def exported(*records: Record, mark: bytes = MARK) -> bytes:
    return mark + b"".join(sheet(type(records[0]), records))


def read(data: bytes, shape: type[Record]) -> list[Brought]:
    found = read_sheet(data)
    assert found is not None
    return list(rows(found, shape, Settings()))


@given(TEXTS | NASTY)
def test_any_text_comes_back_and_is_no_formula(text: str) -> None:
    cell = guarded(text)
    assert unguarded(cell) == text
    assert not cell.startswith(DANGEROUS)
    assert not cell.lstrip(" \"'\u00a0\u3000").startswith(DANGEROUS) or cell.startswith("'")


@given(TEXTS | NASTY)
def test_parted_at_its_semicolons_it_is_no_formula_either(text: str) -> None:
    assert not any(part.startswith(DANGEROUS) for part in guarded(text).split(";"))


@given(st.lists(TEXTS | NASTY, min_size=1, max_size=4))
def test_any_row_is_read_as_it_was_written(texts: list[str]) -> None:
    people = [Person(id=f"P-{n}", rev=n, handle="x", name=text) for n, text in enumerate(texts, 1)]
    assert [row.fields["name"] for row in read(exported(*people), Person)] == texts


@given(TEXTS | NASTY)
def test_a_program_that_parts_the_lines_at_semicolons_meets_no_formula(text: str) -> None:
    line = exported(Action(id="A-1", rev=1, title=text, told=Told(words=text, by="", to=text, on=NOW, typed_by="")))
    parts = list(csv.reader(StringIO(line.decode("utf-8-sig"), newline=""), delimiter=";"))
    cells = [cell for row in parts[1:] for cell in row[1:]]
    assert not any(cell.startswith(DANGEROUS) for cell in cells)


def test_every_field_comes_back() -> None:
    (row,) = read(exported(ACTION), Action)
    assert (row.line, row.id, row.rev, row.problem) == (2, "A-12", 7, "")
    assert shaped(Action, {**row.fields, "id": row.id, "rev": row.rev}) == ACTION


def test_the_bytes_of_a_sheet() -> None:
    customer = Customer(id="C-1", rev=3, handle="globex", name='Globex, "Inc"', since=date(2026, 1, 2), revenue=0.5)
    assert exported(customer) == (
        b"\xef\xbb\xbfid,rev,handle,name,owner,since,onboarding,revenue,active,left\r\n"
        b'C-1,3,globex,"Globex, ""Inc""",,2026-01-02,false,0.5,true,\r\n'
    )


@pytest.mark.parametrize("shape", KINDS, ids=lambda shape: shape.kind)
def test_every_kind_has_its_fields_as_headings(shape: type[Record]) -> None:
    (line,) = sheet(shape, [])
    found = read_sheet(line)
    assert found is not None
    assert found.headers == shape.__struct_fields__
    assert list(rows(found, shape, Settings())) == []


def test_numbers_and_dates_are_untouched() -> None:
    cells = list(csv.reader(StringIO(exported(ACTION).decode("utf-8-sig"), newline="")))[1]
    by_name = dict(zip(Action.__struct_fields__, cells, strict=True))
    assert (by_name["rev"], by_name["due"], by_name["promise"]) == ("7", "2026-11-27", "true")
    assert by_name["created"] == to_builtins(NOW)
    assert by_name["title"].startswith("'=HYPERLINK")


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (";", "cp1252")])
def test_what_a_spreadsheet_saved_is_read(separator: str, encoding: str) -> None:
    text = f'"id"{separator}REV{separator}name\r\n{separator}{separator}Jürgen\r\n{separator * 2}\r\n'
    (row,) = read(text.encode(encoding), Person)
    assert (row.id, row.rev, row.fields) == ("", 0, {"name": "Jürgen"})


def test_a_table_of_ones_own_is_no_sheet() -> None:
    assert read_sheet(b"name,department\r\nAna,Support\r\n") is None
    assert read_sheet(b"") is None


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("id,rev,due\nA-1,1,27.11.\n", 2, 'due: "27.11." is not a date such as 2026-11-27 or 27/11/2026 (day first).'),
        ("id,rev,due\nA-1,1,11/27/2026\n", 2, 'due: "11/27/2026" is not a date such as'),
        (
            "id,rev,due\nA-1,1,45988\n",
            2,
            'due: "45988" is the number that a spreadsheet counts a day by (in Excel 2025-',
        ),
        ("id,rev,created\nA-1,1,2026-11-27\n", 2, 'created: "2026-11-27" is not an instant such as'),
        ("id,rev,slips\nA-1,1,[1\n", 2, "is not as it was exported"),
        ("id,rev,promise\nA-1,1,perhaps\n", 2, "is not true or false"),
        ("id,rev,title\nA-1,x,a\n", 2, 'rev: "x" is not a whole number'),
        ("id,rev,title\nA-1,1\n", 2, "It has 2 cells where the first line has 3."),
        ("id,rev,title\nA-1,1,a,b\n", 2, "It has 4 cells where the first line has 3."),
        ('id,rev,title\n"a\nb",1,x\nA-1,1,"x', 4, "cannot be read: unexpected end of data"),
    ],
)
def test_a_cell_that_cannot_be_read_is_said_by_its_line(text: str, line: int, problem: str) -> None:
    *_, row = read(text.encode(), Action)
    assert row.line == line
    assert problem in row.problem


def test_what_excel_rewrites_is_read_in_the_companys_order() -> None:
    first, second = "A-1;1;03/04/2026;03/04/2026 15:30;WAHR", "A-2;1;27.11.2026;27.11.2026 15:30;FALSCH"
    found = read_sheet(f"id;rev;due;created;promise\n{first}\n{second}\n".encode())
    assert found is not None
    berlin = Settings(time_zone="Europe/Berlin")
    one, two = rows(found, Action, berlin)
    assert one.fields == {"due": "2026-04-03", "created": "2026-04-03T13:30:00+00:00", "promise": True}
    assert one.guessed == "due 03/04/2026 is read as 2026-04-03"
    assert (two.fields["due"], two.fields["created"], two.guessed) == ("2026-11-27", "2026-11-27T14:30:00+00:00", "")
    american, _ = rows(found, Action, Settings(date_order="mdy"))
    assert (american.fields["due"], american.guessed) == ("2026-03-04", "due 03/04/2026 is read as 2026-03-04")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_separator_comes_back(separator: str) -> None:
    found = read_sheet(MARK + b"".join(sheet(Action, [ACTION], separator)))
    assert found is not None
    assert found.separator == separator
    (row,) = rows(found, Action, Settings())
    assert shaped(Action, {**row.fields, "id": row.id, "rev": row.rev}) == ACTION


def test_a_number_is_none_of_the_words_for_one() -> None:
    for typed in ("nan", "inf", "1_0", "0x1", "1,5"):
        (row,) = read(f'id,rev,revenue\nC-1,1,"{typed}"\n'.encode(), Customer)
        assert row.problem == f'revenue: "{typed}" is not a number such as 120000.5.'


def test_columns_that_are_no_fields_are_named_and_double_ones_refused() -> None:
    found = read_sheet(b"id,rev,title,pet,\nA-1,1,a,cat,\n")
    assert isinstance(found, Sheet)
    assert ignored(found, Action) == ("pet",)
    twice = read_sheet(b"id,rev,title,title\n")
    assert twice is not None
    with pytest.raises(Invalid, match="two columns title"):
        list(rows(twice, Action, Settings()))


def test_a_cell_may_be_longer_than_python_reads_by_itself() -> None:
    long = "x" * 200_000
    (row,) = read(f"id,rev,title\nA-1,1,{long}\n".encode(), Action)
    assert row.fields["title"] == long
