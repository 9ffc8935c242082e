from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from opsdesk.core.errors import Invalid
from opsdesk.exchange.tables import Table, read_table

HEADED = Table(headers=("Name", "Department"), rows=((2, ("Sue Park", "Operations")), (3, ("Zoë, M.", ""))))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac-roman"])
def test_what_spreadsheets_write(separator: str, end: str, encoding: str) -> None:
    rows = [("Name", "Department"), ("Sue Park", "Operations"), ('"Zoë, M."', "")]
    text = "".join(separator.join(row) + end for row in rows)
    assert read_table(text.encode(encoding)) == HEADED


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_both_byte_orders(mark: bytes, encoding: str) -> None:
    assert read_table(mark + "Name\nZoë".encode(encoding)) == Table(headers=("Name",), rows=((2, ("Zoë",)),))


@pytest.mark.parametrize("words", ["Größe é è à", "Müller’s Öl", "naïve Café São Ñandú"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
def test_letters_of_both_old_encodings(words: str, encoding: str) -> None:
    assert read_table(words.encode(encoding)).rows == ((1, (words,)),)


def test_signs_alone_are_read_as_windows_writes_them() -> None:
    assert read_table("“quoted” – and … €".encode("cp1252")).rows == ((1, ("“quoted” – and … €",)),)


def test_a_cell_over_several_lines_counts_its_lines() -> None:
    table = read_table('Task,Who\n"first\nsecond","say ""hi"""\nlast,x\n')
    assert table.rows == ((2, ("first\nsecond", 'say "hi"')), (4, ("last", "x")))


def test_a_comma_in_the_text_does_not_make_columns() -> None:
    text = "Name;Revenue\nAcme, Inc;1.234,50\nWayne;2.000,00\n"
    assert read_table(text).rows == ((2, ("Acme, Inc", "1.234,50")), (3, ("Wayne", "2.000,00")))


def test_the_separator_that_excel_announces() -> None:
    assert read_table("sep=;\nName;Team\na,b;c\n") == Table(headers=("Name", "Team"), rows=((3, ("a,b", "c")),))


def test_empty_columns_and_rows_at_the_edges_are_let_go() -> None:
    assert read_table("\nName;Team;;\nSue;Ops;;\n;;;\n\n") == Table(
        headers=("Name", "Team"), rows=((3, ("Sue", "Ops")),)
    )


def test_uneven_rows_are_named_by_line() -> None:
    table = read_table("Name;Team\nSue;Ops\nBob\nDan;Ops;x;y\nEve;Ops\n")
    assert [line for line, _ in table.rows] == [2, 5]
    assert table.problems == (
        (3, "It has 1 cell where the first line has 2."),
        (4, "It has 4 cells where the first line has 2."),
    )


def test_headings_alone_tell_the_separator() -> None:
    table = read_table("Name;Team\nSue, Ann\nBob, Dan\n")
    assert (table.headers, table.rows) == (("Name", "Team"), ())
    assert [line for line, _ in table.problems] == [2, 3]


def test_a_quote_that_is_never_closed_is_named_where_it_opens() -> None:
    table = read_table('Name,Team\nSue,Ops\n"Bob,Ops\nDan,Ops\n')
    assert [line for line, _ in table.rows] == [2]
    assert table.problems == ((3, "A quote is opened here and never closed; nothing after it was read."),)


def test_a_monstrous_cell_is_named() -> None:
    table = read_table("Name,Team\nSue,Ops\nBob," + "x" * 200_000)
    assert table.problems[0][0] == 3


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Sue Park\nBob Hill\n", ((1, ("Sue Park",)), (2, ("Bob Hill",)))),
        (
            "Sue Park, Support\nBob Hill\nZoë, QA",
            ((1, ("Sue Park", "Support")), (2, ("Bob Hill",)), (3, ("Zoë", "QA"))),
        ),
        (
            '"Stand by" @sue fri\nCall @bob, now\nx\n',
            ((1, ('"Stand by" @sue fri',)), (2, ("Call @bob, now",)), (3, ("x",))),
        ),
        ('"Sue"\n"Say ""hi"""', ((1, ("Sue",)), (2, ('Say "hi"',)))),
        ("=1+1\n+x\n-y\n@z", ((1, ("=1+1",)), (2, ("+x",)), (3, ("-y",)), (4, ("@z",)))),
        ("", ()),
        (" \n\t\n", ()),
    ],
)
def test_a_plain_list(text: str, rows: object) -> None:
    table = read_table(text.encode())
    assert (table.headers, table.rows, table.problems) == ((), rows, ())


@pytest.mark.parametrize(
    "line", ["Ann Smith; Support", "Ann Smith\tSupport", "Ann, Support", '"Ann" Smith', 'Fix 19" rack']
)
@pytest.mark.parametrize("later", ["", "x@y,,,", "a;b;c\nd;e;f", '"quoted"', '"open', "Name,Team"])
def test_a_typed_line_is_read_alike_whatever_comes_after_it(line: str, later: str) -> None:
    table = read_table(f"{line}\n{later}")
    assert (table.headers, table.rows[0], table.problems) == ((), (1, (line,)), ())
    assert [row[0] for _, row in table.rows[1:]] == later.split("\n") * bool(later)


def test_what_is_pasted_with_headings_is_a_table() -> None:
    assert read_table('\nName;Team\n"Sue, Ann";"Ops\nand more"\n').rows == ((3, ("Sue, Ann", "Ops\nand more")),)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"Name\0Team", "not a text file"),
        (codecs.BOM_UTF16_LE + b"abc", "middle of a character"),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(document: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words) as caught:
        read_table(document)
    assert "CSV" in caught.value.hint


def test_pasted_text_with_a_nul_is_refused() -> None:
    with pytest.raises(Invalid):
        read_table("Name\0")


@given(st.binary() | st.text(alphabet='"\n\r,;\tab\x00é').map(str.encode))
@example(b'"')
@example(b"\xff\xfe")
def test_no_bytes_break_it(document: bytes) -> None:
    try:
        table = read_table(document)
    except Invalid:
        return
    lines = [line for line, _ in (*table.rows, *table.problems)]
    assert all(1 <= line <= document.count(b"\n") + document.count(b"\r") + 1 for line in lines)
    assert all(any(cells) for _, cells in table.rows)


CELLS = st.text(alphabet='ab",; \n日é=+-@', max_size=6).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1), st.sampled_from(",;\t"))
def test_every_quoted_table_reads_back(rows: list[tuple[str, str, str]], separator: str) -> None:
    def quoted(cells: tuple[str, ...]) -> str:
        return separator.join('"' + cell.replace('"', '""') + '"' for cell in cells)

    text = "\n".join(map(quoted, [("Name", "Team", "Email"), *rows]))
    assert [cells for _, cells in read_table(text).rows] == [cells for cells in rows if any(cells)]
