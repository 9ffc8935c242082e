"""The list in the Room: what the section's board puts on the table, and what was said in this meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from opsdesk.boards.table import Line
from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.said import Said
from opsdesk.core.scores import Score
from opsdesk.ui.dates import day
from opsdesk.ui.ink import FLAGS, Ink, flag
from opsdesk.ui.widgets.columns import Row

Name = Callable[[str], str]
MORE, EARLIER = "more", "earlier"
HEADING = 3  # rows that the heading of what was said takes
WEIGHTS = {"red": "red", "orange": "orange"}


def board_rows(lines: Sequence[Line], shown: int) -> list[Row]:
    """One row a line; past `shown`, how many more there are."""
    rows = [board_row(line) for line in lines[:shown]]
    hidden = len(lines) - shown
    if hidden > 0:
        rows.append(Row(key=MORE, across=(Ink(f"     … {hidden} more · Enter here shows them", "dim"),)))
    return rows


def shares(lines: int, said: int, height: int) -> tuple[int, int]:
    """How many rows of the list the table and what was said get: the table at least half, where it needs that."""
    if not lines or not height:
        return lines, said
    table = max(3, height // 2, height - (said + HEADING if said else 0))
    shown = lines if lines <= table else max(2, table - 1)
    return shown, max(2, height - min(lines, table) - HEADING)


def earlier_row(hidden: int) -> Row:
    return Row(key=EARLIER, across=(Ink(f"     … {hidden} earlier · Enter here shows them", "dim"),))


def board_row(line: Line) -> Row:
    if not line.id:
        return Row(across=(Ink(f"     {line.text}", "dim"),))
    mark, letter = FLAGS.get(line.weight, FLAGS["none"])
    role = flag(line.weight).role
    return Row(
        key=line.id,
        cells=(
            Ink(f"{mark} {letter}".rstrip(), role),
            Ink(line.id),
            Ink(line.text),
            Ink("" if line.customer and line.text.startswith(line.customer) else line.customer),
            Ink(line.owner, "dim"),
            Ink(line.brief or line.reason, WEIGHTS.get(line.weight, "dim")),
        ),
        told=line.reason,
    )


def said_rows(said: Sequence[Said], shown: int, person: Name, customer: Name, today: date) -> list[Row]:
    """One row an entry; past `shown` the newest, and how many there are before them."""
    rows = [said_row(each, person, customer, today) for each in said]
    if len(rows) <= shown:
        return rows
    newest = rows[len(rows) - max(1, shown - 1) :]
    return [earlier_row(len(rows) - len(newest)), *newest]


def said_row(said: Said, person: Name, customer: Name, today: date) -> Row:
    match said:
        case Action():
            return _action(said, person, customer, today)
        case Decision():
            told = f"supersedes {said.supersedes}" if said.supersedes else ""
            return _row(said.id, said.text, reason=told)
        case Note():
            return Row(key=said.id, cells=(Ink(""), Ink(""), Ink(said.text, "dim"), Ink(""), Ink(""), Ink("")))
        case Score():
            return _flag(said, customer)
        case Item():
            times = f"re-listed {len(said.relisted)}×" if said.relisted else ""
            where = "parked" if said.parked_in else "on the agenda"
            return _row(said.id, said.text, reason=" · ".join(w for w in (where, times) if w))


def _row(id: str, text: str, owner: str = "", customer: str = "", reason: str = "") -> Row:
    return Row(
        key=id,
        cells=(Ink(""), Ink(id, "accent"), Ink(text), Ink(customer, "dim"), Ink(owner), Ink(reason, "dim")),
    )


def _action(action: Action, person: Name, customer: Name, today: date) -> Row:
    when = day(action.due, today) if action.due else "no date"
    state = "" if action.state == "ready" else action.state
    reason = " · ".join(word for word in (state, when, "promised" if action.promise else "") if word)
    return _row(action.id, action.title, person(action.owner) or "no owner", customer(action.customer), reason)


def _flag(score: Score, customer: Name) -> Row:
    mark = FLAGS[score.level][0]
    moved = f"confirmed {mark}" if score.was == score.level else f"{FLAGS[score.was][0]} → {mark}"
    words = f"{customer(score.customer)} {score.measure} {moved} {score.level}"
    text = f"{words}: {score.comment}" if score.comment else words
    cells = (flag(score.level), Ink(score.id, "accent"), Ink(text), *(Ink("") for _ in range(3)))
    return Row(key=score.id, cells=cells)
