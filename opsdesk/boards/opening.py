"""What a meeting opens with: what has changed since its last run, section by section, the most harmful first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from opsdesk.boards.clauses import Clause, brief_of, clauses, count, reason_of
from opsdesk.boards.lay import HARM, Found, Table, laid
from opsdesk.boards.reasons import at, inside, why
from opsdesk.boards.registered import concerns, found
from opsdesk.boards.table import Line, Scene, Weight
from opsdesk.boards.words import day_beside, short_day
from opsdesk.core.actions import Action
from opsdesk.core.agenda import AgendaSection
from opsdesk.core.entries import Item
from opsdesk.core.errors import NotFound
from opsdesk.core.journal import Transaction
from opsdesk.core.kinds import shape_named
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers import registers
from opsdesk.core.scores import Score
from opsdesk.insight.moves import WORST_FIRST, Move, moves
from opsdesk.insight.shown import may_show, reduced

OF_BOARD: Mapping[str, tuple[str, ...]] = {
    "outages": ("incidents",),
    "maintenance": ("maintenance",),
    "delays": ("deliveries",),
    "staffing": ("absences",),
    "requirements": ("requirements",),
    "releases": ("releases",),
    "known-issues": ("known-issues",),
    "bugs": ("bugs",),
    "environments": ("environments",),
    "announcements": ("announcements",),
    "flags": ("scores",),
    "scores": ("scores",),
}
"""Board → the kinds it is about."""
ALSO = {"burning": ("incidents", "deliveries")}
"""The same, where no other section of the agenda is about them."""
PROMISES = ("delays", "promises", "burning")
NAMED = 4
"""Kinds of news that the summary names."""
FIRST = "the first run: nothing to look back on"
QUIET = "nothing has changed"


Told = Registered | Action | Item | Score


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The news of one section, by its title."""

    section: str
    lines: tuple[Line, ...]


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """`since`: the run it looks back to, as in "#41", empty at the first run ever. `title`: as in "SINCE #41".

    `summary`: as in "2 incidents resolved, 1 delivery slipped". `parts`: sections that have news, in their order.
    """

    since: str = ""
    title: str
    summary: str
    parts: tuple[Part, ...] = ()

    @property
    def first(self) -> bool:
        return not self.since

    def of(self, section: str) -> tuple[Line, ...]:
        """The news of one section."""
        return next((each.lines for each in self.parts if each.section == section), ())


def last_of_series(reader: Reader, scene: Scene) -> Meeting | None:
    """The run of this series that met last before the one that is on."""
    return next(iter(Table(reader, scene).runs()), None)


def opening(reader: Reader, scene: Scene, run: Meeting | None, history: Iterable[Transaction]) -> Opening:
    """`run`: the last one, `history`: the transactions since it ended, of which those of this meeting are left out."""
    if run is None:
        return Opening(title="SINCE LAST TIME", summary=FIRST)
    table = Table(reader, scene)
    since = [tx for tx in history if tx.meeting not in (run.id, scene.meeting)]
    news: dict[str, list[tuple[Found, Move]]] = {}
    for move in moves(since):
        place = _placed(table, move)
        if place is not None:
            news.setdefault(place[0], []).append((place[1], move))
    parts, told = [], []
    for section in _sections(scene):
        lines = laid(table, [each for each, _ in news.get(section.title, ())])
        if lines:
            parts.append(Part(section=section.title, lines=tuple(lines)))
            shown = {line.id for line in lines}
            told += [(each, move) for each, move in news[section.title] if move.id in shown]
    number = f"#{run.number}"
    return Opening(since=number, title=f"SINCE {number}", summary=_summary(told), parts=tuple(parts))


def _sections(scene: Scene) -> Sequence[AgendaSection]:
    agenda = scene.agendas.get(scene.agenda)
    return agenda.sections if agenda else ()


def _placed(table: Table, move: Move) -> tuple[str, Found] | None:
    """The section it belongs to and its line; None for what is not on this agenda, or not for this room."""
    shape = shape_named(move.kind)
    if shape is None:
        return None
    try:
        record = table.reader.get(shape, move.id)
    except NotFound:
        return None
    section = _section(table, move.kind, record)
    if not isinstance(record, Told) or not section or not _for_room(table, record):
        return None
    return section, _line(table, record, move)


def _for_room(table: Table, record: Record) -> bool:
    if isinstance(record, Registered):
        return concerns(table, registers()[record.kind], record)
    about, whose = table.scene.customer, getattr(record, "customer", "")
    return may_show(record, table.scene.room, table.reader) and (not about or whose == about)


def _section(table: Table, kind: str, record: Record) -> str:
    """Empty where no section is about it."""
    sections = _sections(table.scene)
    if isinstance(record, Action | Item):
        own = record.agenda == table.scene.agenda and any(each.title == record.section for each in sections)
        if own:
            return record.section
        promised = isinstance(record, Action) and record.promise
        return next((each.title for each in sections if each.board in PROMISES), "") if promised else ""
    about = next((each.title for each in sections if kind in OF_BOARD.get(each.board, ())), "")
    return about or next((each.title for each in sections if kind in ALSO.get(each.board, ())), "")


def _line(table: Table, record: Told, move: Move) -> Found:
    said = _said(table, move)
    harm = (WORST_FIRST.index(move.what), -int(move.at.timestamp()))
    if isinstance(record, Registered):
        register, record = registers()[record.kind], reduced(record, table.scene.room)
        weight: Weight = "green" if move.what == "settled" else register.weight(record, table.scene.look)
        still = why(table, register, record) if move.what != "settled" else ()
        return found(table, register, record, (*said, *still), weight, harm)
    laid_out = _own(table, record, reason_of(said), brief_of(said))
    weight = "green" if move.what == "settled" else laid_out.line.weight
    line = msgspec.structs.replace(laid_out.line, weight=weight)
    return msgspec.structs.replace(laid_out, line=line, harm=harm, about="")


def _own(table: Table, record: Action | Item | Score, reason: str, brief: str) -> Found:
    match record:
        case Action():
            return table.action(record, reason, brief)
        case Item():
            return table.item(record, reason, brief)
        case Score():
            return table.flag(record, reason, brief)


def _said(table: Table, move: Move) -> tuple[Clause, ...]:
    """resolved Fri 14:20 by Sue Park; identified → monitoring; from Fri 20 Nov to Tue 24 Nov."""
    by = f" by {table.person(move.by)}" if inside(table) and move.by else ""
    when = at(table, move.at)
    short = short_day(table.local(move.at), table.today) if table.local(move.at) != table.today else when
    if move.what == "slipped":
        first, due = (date.fromisoformat(each[:10]) for each in (move.was, move.now))
        was, now = short_day(first, table.today), day_beside(due, first, table.today)
        return clauses(Clause(f"slipped from {was} to {now}", f"slipped {was} → {now}"), Clause(f"{when}{by}"))
    word = f"{move.was} → {move.now}" if move.what == "moved" and move.was else move.word
    return clauses(Clause(f"{word} {when}{by}", f"{word} {short}"))


def _summary(told: Sequence[tuple[Found, Move]]) -> str:
    """What there is most of last and what hurts most first."""
    if not told:
        return QUIET
    groups: dict[tuple[str, str], list[Found]] = {}
    for each, move in sorted(told, key=lambda pair: (HARM[pair[0].line.weight], WORST_FIRST.index(pair[1].what))):
        groups.setdefault((move.kind, move.word), []).append(each)
    words = [_counted(kind, word, len(lines)) for (kind, word), lines in groups.items()]
    more = sum(len(lines) for lines in list(groups.values())[NAMED:])
    return ", ".join([*words[:NAMED], *([f"{more} more"] if more else [])])


def _counted(kind: str, word: str, number: int) -> str:
    """ "2 incidents resolved", "1 new delivery"."""
    register = registers().get(kind)
    one = register.one if register else {"scores": "flag", "items": "agenda item"}.get(kind, kind.removesuffix("s"))
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    if word == "new":
        return count(number, f"new {one}", f"new {many}")
    return f"{count(number, one, many)} {word}"
