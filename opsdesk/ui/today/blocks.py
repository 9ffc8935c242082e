"""The blocks of Today, each from its values: what meets, what burns, what is promised, what came back, the rest."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from msgspec.structs import replace

from opsdesk.boards.meets import Meet, Running
from opsdesk.boards.spoken import ordinal
from opsdesk.boards.table import Line
from opsdesk.boards.today import FlagMove, PastView, TodayView
from opsdesk.insight.flow import Load
from opsdesk.insight.promises import Kept
from opsdesk.insight.since import Made, Since
from opsdesk.ui.ink import Ink, flag, shorten, width
from opsdesk.ui.today import lines
from opsdesk.ui.today.lay import Block, between, cells_of, cut, padded
from opsdesk.ui.widgets.columns import Row

BARS = " ▁▂▃▄▅▆▇█"
WHEN = 10
ALL_HERE = "The whole company is in the room: no figures about single persons"
TWO_HERE = "Two customers are in the room: nothing of either is shown"
NO_WORK = "No constraint yet: nobody has open actions."
NOTHING_BACK = "Nothing came back from an earlier meeting."
ID = 7


def empty(words: str, what_next: str = "") -> tuple[Row, ...]:
    rows = (Row(across=(Ink(words, "dim"),)),)
    return (*rows, Row(across=(Ink(what_next, "dim"),))) if what_next else rows


def wrapped(lead: str, words: Sequence[str], cells: int, role: str, most: int = 2) -> tuple[Row, ...]:
    """Words with commas between them, on at most so many lines; those after the first are indented."""
    rows: list[list[str]] = [[]]
    for word in words:
        if rows[-1] and width(", ".join([*rows[-1], word])) + len(lead) >= cells:
            rows.append([])
        rows[-1].append(word)
    hidden = sum(len(row) for row in rows[most:])
    texts = [", ".join(row) for row in rows[:most]]
    texts[:-1] = [f"{text}," for text in texts[:-1]]
    texts[-1] += f" +{hidden}" if hidden else ""
    leads = [lead, *(" " * len(lead) for _ in texts[1:])]
    return tuple(
        Row(across=(Ink(before, "dim"), Ink(shorten(text, cells - len(lead)), role)))
        for before, text in zip(leads, texts, strict=True)
    )


def next_block(view: TodayView, cells: int, *, airy: bool = False) -> Block:
    """What is on now, then what meets next: the first with all that is known, the others in one line."""
    rows = [row for each in view.running for row in _running(each, cells)]
    air = [Row()] if airy else []
    rows += air if rows else []
    for place, meet in enumerate(view.next or ()):
        rows += [*_first(meet, place, cells), *air] if place == 0 else [_later(meet, place, cells)]
    if not rows and view.next is None:
        rows = list(empty("…"))
    elif not rows:
        rows = list(empty("No meeting is switched on.", "ctrl+p, which meetings we hold: switches one on."))
    return Block(name="next", title="Next", rows=tuple(rows), grows=True)


def _running(running: Running, cells: int) -> tuple[Row, ...]:
    role = "orange" if running.draft or running.quiet else "accent"
    return (
        Row(key=f"running/{running.id}", across=(Ink(shorten(running.title, cells), "bright!"),)),
        *(Row(across=(Ink(shorten(f"  {words}", cells), role),)) for words in _state(running, cells - 2)),
    )


def _state(running: Running, cells: int) -> tuple[str, ...]:
    """What it is doing and what Enter does about it; on two lines where one is too short."""
    if running.draft:
        return (running.reason,)
    if not running.quiet:
        return (f"{running.reason}: Enter returns to it",)
    asked = "Enter: close it at that time?"
    whole = f"{running.reason} · {asked}"
    return (whole,) if width(whole) <= cells else (running.reason, asked)


def notice(view: TodayView, cells: int) -> tuple[Block, ...]:
    """Who is in the room besides the team, and what they are shown."""
    if view.audience == "team":
        return ()
    words = ALL_HERE
    if view.audience == "customer":
        words = f"{view.guest} is in the room: only what is theirs is shown" if view.guest else TWO_HERE
    rows = tuple(Row(across=(Ink(line, "orange"),)) for line in wrap(words, cells))
    return (Block(name="notice", title="", rows=rows),)


def _first(meet: Meet, place: int, cells: int) -> list[Row]:
    soon = [Ink(meet.soon, "orange" if meet.late else "accent!")] if meet.soon else []
    left = [padded(meet.when, WHEN, "bright!"), Ink(meet.title, "bright!")]
    below = [Ink(" " * WHEN), Ink(shorten(meet.detail, cells - WHEN), "dim")]
    return [
        Row(key=f"meet/{place}", across=between(left, soon, cells)),
        Row(across=between(below, [Ink(meet.note, "dim")] if meet.note else [], cells)),
    ]


def _later(meet: Meet, place: int, cells: int) -> Row:
    note = meet.soon if meet.late else meet.note
    left = [padded(meet.when, WHEN, "dim"), Ink(meet.title)]
    right = [Ink(note, "orange" if meet.late else "dim")] if note else []
    return Row(key=f"meet/{place}", across=between(left, right, cells))


def record_blocks(view: TodayView, past: PastView | None, cells: int, beside: int = 0) -> tuple[Block, Block, Block]:
    """Burns, promised for today and carried over, aligned with one another.

    `beside`: the cells of another column that what is carried over stands in.
    """
    open_, done = view.promised, past.done if past else ()
    told = [replace(line, reason="", brief="") for line in (*open_, *done)]
    wide = lines.widths([*view.burns, *told, *(() if beside else view.carried)], cells)
    own = lines.widths(view.carried, beside) if beside else wide
    burns = [lines.row("burns", line, wide) for line in view.burns]
    promised = [lines.row("promised", _owned(line, wide), wide, reason="ink") for line in open_]
    promised += [lines.row("promised", _owned(line, wide), wide, Ink("✓", "green"), reason="dim") for line in done]
    carried = [lines.row("carried", line, own) for line in view.carried]
    none = ("Nothing is promised for today.", "An ! at the end of an action makes it a promise.")
    return (
        Block(name="burns", title="Burns", rows=tuple(burns) or empty("Nothing burns."), grows=True),
        Block(name="promised", title="Promised for today", rows=tuple(promised) or empty(*none), grows=True),
        Block(name="carried", title="Carried over", rows=tuple(carried) or empty(NOTHING_BACK), grows=True),
    )


def _owned(line: Line, wide: lines.Widths) -> Line:
    """That it is promised for today says the heading: in place of the reason, who has it."""
    owner = "" if wide.owner else line.owner
    return replace(line, reason=owner, brief=owner)


def kept_block(past: PastView | None, cells: int) -> Block:
    return Block(name="kept", title="Kept promises", rows=_kept(past.kept, cells) if past else empty("…"))


def _kept(kept: Kept, cells: int) -> tuple[Row, ...]:
    if kept.percent is None:
        return empty("No promise was due in the last 8 weeks.")
    share = [Ink(f"{kept.percent} %", "bright!"), Ink(f" of {kept.due} in {len(kept.weeks)} weeks   ", "dim")]
    bars = "".join(_bar(week.share) for week in kept.weeks)
    first = Row(across=(*share, Ink(bars, "orange" if kept.percent < 90 else "green")))
    if not kept.reasons:
        return (first,)
    said = [f"{words} {count}" for words, count in kept.reasons[:4]]
    return (first, *wrapped("late because: ", said, cells, "dim"))


def _bar(share: float | None) -> str:
    """One block character for a share from 0 to 1; a dot where nothing was due."""
    return "·" if share is None else BARS[max(1, round(share * 8))]


def constraint_block(view: TodayView, cells: int) -> Block:
    rows: list[Row] = []
    if view.constraint is not None:
        rows.append(Row(across=_constraint(view.constraint, cells)))
    if view.idle:
        rows += wrapped("nothing ready for ", view.idle, cells, "ink")
    none = empty("Nobody is over their limit, nothing waits on anybody." if view.work else NO_WORK)
    return Block(name="constraint", title="The constraint", rows=tuple(rows) or none)


def _constraint(load: Load, cells: int) -> tuple[Ink, ...]:
    started = [Ink(f"{load.started} started", "orange" if load.over else "ink"), Ink(f" of {load.limit}", "dim")]
    figures = (Ink("   "), *started, Ink(" · ", "dim"), Ink(f"{load.queue} waiting"))
    return (Ink(shorten(load.name, cells - cells_of(figures)), "bright!"), *figures)


def since_block(past: PastView | None, cells: int) -> Block:
    if past is None or past.since is None:
        words = empty("…") if past is None else empty("No meeting yet.", "m starts the next one.")
        return Block(name="since", title="Since the last meeting", rows=words)
    rows = [_counts(past.since, cells)] if _counted(past.since) else []
    rows += [_move(move, cells) for move in past.flags]
    rows += [_decision(made, cells) for made in past.since.decisions]
    return Block(name="since", title=past.title, rows=tuple(rows) or empty("Nothing has changed."), grows=True)


def _move(move: FlagMove, cells: int) -> Row:
    levels = (Ink(" "), flag(move.before), Ink(" → ", "dim"), flag(move.after))
    return Row(key=f"since/{move.id}", across=(Ink(shorten(move.text, cells - cells_of(levels))), *levels))


def _decision(made: Made, cells: int) -> Row:
    return Row(key=f"since/{made.id}", across=(padded(made.id, ID, "bright"), Ink(shorten(made.text, cells - ID))))


def _counted(since: Since) -> str:
    done, slipped = (len(since.done), "done"), (len(since.slipped), "slipped")
    walked = (len(since.walked), "flag walked" if len(since.walked) == 1 else "flags walked")
    counts = (walked, done, (len(since.new), "new"), slipped)
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _counts(since: Since, cells: int) -> Row:
    """`4 done, 2 new, 1 slipped (A-87, third time)`: the line of the action it names."""
    worst = max(since.slipped, key=lambda slip: slip.times, default=None)
    told = f" ({worst.id}, {ordinal(worst.times)})" if worst else ""
    return Row(key=f"since/{worst.id}" if worst else "", across=cut([Ink(_counted(since)), Ink(told, "dim")], cells))
