"""Tables people paste or save from a spreadsheet: read whole, or the unreadable lines named."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import msgspec

from opsdesk.core.columns import is_header
from opsdesk.core.errors import Invalid
from opsdesk.exchange.encodings import decoded

SEPARATORS = "\t;,"
_END = "\x00"
_SNIFFED = 50

Cells = tuple[str, ...]
Row = tuple[int, Cells]
Problem = tuple[int, str]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """`rows` and `problems` each with the number of the line they begin on, from 1.

    `headers` is empty where the first row heads no columns: a plain list. With headers every row has as many cells.
    """

    headers: Cells = ()
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_table(data: bytes | str) -> Table:
    """CSV with comma, semicolon or tab, cells in quotes over several lines, any line ends; or one text a line.

    `data`: a file's bytes, or what somebody types or pastes. Typed lines that head no columns are each kept whole, so
    that no line changes how another is read. Cells are stripped; rows without any text are left out. Raises Invalid
    for what is no text at all.
    """
    text = decoded(data) if isinstance(data, bytes) else data
    if _END in text:
        raise Invalid("This is not text.", "Paste lines of text, or take a CSV file.")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text, skipped, announced = _announced(text)
    if isinstance(data, str) and not announced and not _heads(text):
        return Table(rows=tuple(_lines_of(text)))
    separator = announced or _separator(text)
    wrong: list[Problem] = []
    found = _records(text, separator, wrong) if separator else _list(text)
    rows = [(line + skipped, cells) for line, cells in found]
    problems = [(line + skipped, problem) for line, problem in wrong]
    if not rows or not is_header(rows[0][1]):
        return Table(rows=tuple(rows), problems=tuple(problems))
    return _headed(rows, problems)


def _announced(text: str) -> tuple[str, int, str]:
    """Excel may write "sep=;" as a first line: the text behind it, the lines left out, the separator."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, 1, first[4]
    return text, 0, ""


def _heads(text: str) -> bool:
    """Whether the first line heads columns, whatever comes after it."""
    first = text.lstrip("\n").partition("\n")[0]
    return any(is_header(tuple(first.split(separator))) for separator in SEPARATORS)


def _separator(text: str) -> str:
    """The one that makes the first row headings, or most rows equally wide; "" for a plain list.

    Of equals the one with most cells, then the one that occurs least in running text.
    """
    samples = {each: [cells for _, cells in islice(_records(text, each, []), _SNIFFED)] for each in SEPARATORS}
    best = max(SEPARATORS, key=lambda each: _sorts(samples[each]))
    return best if _sorts(samples[best]) > (0, 0) else ""


def _sorts(sample: list[Cells]) -> tuple[int, int]:
    """How well a separator makes columns: for how many rows, and how many columns; (0, 0) if it does not."""
    widths = Counter(map(len, sample))
    if sample and len(sample[0]) > 1 and is_header(sample[0]):
        return len(sample) + 1, len(sample[0])
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return (count, width) if width > 1 and count * 2 > len(sample) else (0, 0)


def _records(text: str, separator: str, problems: list[Problem]) -> Iterator[Row]:
    """Rows with some text in them; what ends the reading is added to the problems."""
    reader = csv.reader(_lines(text), delimiter=separator)
    line = 1
    try:
        for record in reader:
            if record != [_END] and record and record[-1].endswith(_END):
                problems.append((line, "A quote is opened here and never closed; nothing after it was read."))
            elif record != [_END] and any(cells := tuple(cell.strip() for cell in record)):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append((line, f"This line and those after it cannot be read: {error}."))


def _lines(text: str) -> Iterator[str]:
    """Each with its end; a last one of its own shows whether a quote was still open."""
    for line in text.split("\n"):
        yield f"{line}\n"
    yield _END


def _list(text: str) -> Iterator[Row]:
    """One text a line; in quotes only where every line is."""
    rows = list(_lines_of(text))
    if all(len(line) > 1 and line[0] == line[-1] == '"' for _, (line, *_) in rows):
        rows = [(number, (line[1:-1].replace('""', '"').strip(),)) for number, (line, *_) in rows]
    yield from (row for row in rows if any(row[1]))


def _lines_of(text: str) -> Iterator[Row]:
    """One text a line, as it is typed."""
    return ((number, (line.strip(),)) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _headed(rows: list[Row], problems: list[Problem]) -> Table:
    (_, first), *others = rows
    width = max(place for place, cell in enumerate(first, 1) if cell)
    uneven = [(line, _uneven(cells, width)) for line, cells in others]
    return Table(
        headers=first[:width],
        rows=tuple((line, cells[:width]) for line, cells in others if not _uneven(cells, width)),
        problems=tuple(sorted([*problems, *((line, problem) for line, problem in uneven if problem)])),
    )


def _uneven(cells: Cells, width: int) -> str:
    """Spreadsheets write empty cells behind the last column; a row must hold neither more than these nor less."""
    if len(cells) >= width and not any(cells[width:]):
        return ""
    return f"It has {len(cells)} cell{'s' if len(cells) > 1 else ''} where the first line has {width}."
