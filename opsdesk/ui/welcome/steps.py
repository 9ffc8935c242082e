"""What a new desk is asked: each step with its words, and how what was typed shows before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import msgspec
from rich.cells import chop_cells

from opsdesk.core.actions import Action
from opsdesk.core.columns import COLUMNS
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Unavailable
from opsdesk.core.people import Person
from opsdesk.core.scores import Score
from opsdesk.desk.intake import Preview, Taking, counted
from opsdesk.ui.dates import day
from opsdesk.ui.hands import Sheet
from opsdesk.ui.ink import Ink, fit, width
from opsdesk.ui.widgets.columns import Row

LONGEST_PATH = 500
WIDEST = 36
NARROWEST = 10


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: what a table of it is taken in as; empty for the steps that are no table."""

    id: str
    title: str
    ask: tuple[str, ...] = ()
    kind: str = ""


TABLES = "One a line; or paste a table; or the path of a CSV file."
CHOICE = Step(
    id="choice",
    title="This desk is empty",
    ask=("OpsDesk runs a company's recurring meetings on its live records.", "There are two ways to begin:"),
)
CHOICES = (
    Row(key="demo", across=(Ink("Look around in a demo company", "bright!"),)),
    Row(across=(Ink(" eight weeks of meetings, promises and flags; your own desk stays empty", "dim"),)),
    Row(),
    Row(key="begin", across=(Ink("Begin with your own company", "bright!"),)),
    Row(across=(Ink(" its name, people, customers, open actions; every step can be skipped", "dim"),)),
)
COMPANY = Step(id="company", title="What is the company called?", ask=("It stands on every page of the minutes.",))
PEOPLE = Step(
    id="people", kind="people", title="Who works here?", ask=("Name, department:  Sue Park, Operations", TABLES)
)
ME = Step(id="me", title="Which of them are you?", ask=("What you do here is written down under that name.",))
CUSTOMERS = Step(
    id="customers",
    kind="customers",
    title="Which customers are there?",
    ask=("Name, owner, revenue a year:  Globex, sue, 120000", TABLES),
)
ACTIONS = Step(
    id="actions",
    kind="actions",
    title="What is open?",
    ask=("As one says it:  Call Globex back @sue #globex fri !", "@who  #customer  a date  ! for a promise. " + TABLES),
)
STEPS = (CHOICE, COMPANY, PEOPLE, ME, CUSTOMERS, ACTIONS)


def sheet(text: str, read_table: Callable[[bytes | str], Sheet]) -> Sheet:
    """What was typed or pasted, or the file it is the path of, as a table. Raises Unavailable, Invalid."""
    file = named_file(text)
    if file is None:
        return read_table(text)
    try:
        return read_table(file.read_bytes())
    except OSError as error:
        raise Unavailable(
            f"{file} cannot be read: {error.strerror}.", "Name another file, or paste the lines."
        ) from error


def named_file(text: str) -> Path | None:
    """The file whose path is all that was typed."""
    words = text.strip().strip("'\"")
    if not words or "\n" in words or len(words) > LONGEST_PATH or "\x00" in words:
        return None
    try:
        file = Path(words).expanduser()
        return file if file.is_file() else None
    except (OSError, RuntimeError):
        return None


def summary(preview: Preview) -> list[Ink]:
    """`7 people · 2 lines cannot be read`."""
    many = len(preview.records)
    pieces = [Ink(counted(preview.kind, many), "bright!" if many else "dim")]
    if preview.problems:
        lines = "1 line" if len(preview.problems) == 1 else f"{len(preview.problems)} lines"
        pieces.append(Ink(f" · {lines} cannot be read", "orange"))
    return pieces


def unused(preview: Preview) -> str:
    """The columns that are left alone, and those that would not be."""
    if not preview.ignored:
        return ""
    return f"Not used: {', '.join(preview.ignored)}. Known are {', '.join(COLUMNS[preview.kind])}."


def rows(preview: Preview, today: date, room: int) -> list[Row]:
    """In so many cells: how many there are, what cannot be read, by line; then what would be taken."""
    head = [Row(across=tuple(summary(preview))), *wrapped(Ink(""), Ink(unused(preview), "dim"), room), Row()]
    wrong = [
        row for line, words in preview.problems for row in wrapped(Ink(f"line {line}  ", "orange"), Ink(words), room)
    ]
    wide = min(WIDEST, max((width(name(record)) for record in preview.records), default=0))
    good = [row for record in preview.records for row in shown(record, today, wide)]
    return [*head, *wrong, *([Row()] if wrong and good else []), *good]


def wrapped(label: Ink, words: Ink, room: int) -> list[Row]:
    """The words over as many lines as they need, each line but the first set in under the first; none for no words."""
    inset = width(label.text)
    return [
        Row(across=(Ink(" " * inset) if number else label, Ink(line, words.role)))
        for number, line in enumerate(cut(words.text, max(room - inset, NARROWEST)))
    ]


def cut(text: str, cells: int) -> list[str]:
    """Lines of at most so many cells, broken between words where that can be."""
    found: list[str] = []
    for word in (piece for whole in text.split() for piece in chop_cells(whole, cells)):
        if found and width(found[-1]) + 1 + width(word) <= cells:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def shown(record: Taking, today: date, wide: int) -> list[Row]:
    """In one line, an action in two: its words are long."""
    if isinstance(record, Action):
        said = " · ".join(word for word in details(record, today) if word)
        return [Row(across=(Ink(record.title),)), Row(across=(Ink(f"  {said}", "dim"),))]
    return [Row(across=told(name(record), details(record, today), wide))]


def name(record: Taking) -> str:
    if isinstance(record, Score):
        return f"{record.customer} {record.measure}"
    return record.title if isinstance(record, Action) else record.name


def details(record: Taking, today: date) -> list[str]:
    match record:
        case Person():
            return [f"@{record.handle}", record.department]
        case Customer():
            return [f"#{record.handle}", record.owner]
        case Action():
            promised = "promised" if record.promise else ""
            due = f"due {day(record.due, today)}" if record.due else "no date"
            return [record.owner or "no owner", record.customer, due, promised]
        case Score():
            return [record.level, record.comment]


def told(text: str, details: Sequence[str], wide: int = 0) -> tuple[Ink, ...]:
    return Ink(fit(text, max(wide, 1)) if wide else text), Ink("   " + " · ".join(d for d in details if d), "dim")
