"""The order and the words of minutes, once for every format: a Document that renderers walk from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from opsdesk.core.meeting import NOTHING
from opsdesk.core.minutes import ActionLine, CarriedLine, DecisionLine, FlagLine, MinuteItem, Minutes
from opsdesk.core.rankedlines import RankedLine
from opsdesk.core.walkedlines import WalkedLine
from opsdesk.minutes import words

NONE = "None"
DASH = "–"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing on paper: its mark ("A-14"), its text, what stands at the right end of the line, what people said of
    it, short clauses besides, and the entries under it. `strong`: it titles the entries under it.
    """

    mark: str = ""
    text: str
    end: str = ""
    said: str = ""
    asides: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    strong: bool = False


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A headed part: labelled facts, a lead sentence, entries, lines to sign. Without any of them it says NONE."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    entries: tuple[Entry, ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    parts: tuple[Part, ...]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """`banners`: what nobody may overlook, such as that this is a draft."""

    title: str
    subtitle: str
    banners: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()


def outline(minutes: Minutes) -> Document:
    """What a phone reader needs first, then the record. A customer's minutes leave out what was owed inside."""
    return Document(
        title=words.title(minutes),
        subtitle=words.subtitle(minutes),
        banners=words.banners(minutes),
        chapters=(
            Chapter(title="In short", parts=_in_short(minutes)),
            Chapter(title="Record", parts=_record(minutes)),
        ),
    )


def _in_short(minutes: Minutes) -> tuple[Part, ...]:
    return (
        Part(title="Decisions", entries=tuple(Entry(mark=each.id, text=each.text) for each in minutes.decisions)),
        Part(title="Actions by owner", entries=_by_owner(minutes.actions, _brief_action)),
        Part(title="Flags changed", entries=tuple(_brief_flag(each) for each in minutes.flags)),
    )


def _record(minutes: Minutes) -> tuple[Part, ...]:
    return (
        Part(title="Meeting", facts=_meeting(minutes)),
        Part(title="Attendance", facts=_attendance(minutes)),
        Part(title="Flags changed", entries=tuple(_flag(each) for each in minutes.flags)),
        Part(
            title="Previous actions",
            lead=words.completion(minutes),
            entries=tuple(_previous(each) for each in minutes.previous),
        ),
        Part(title="Agenda", entries=tuple(_item(each) for each in minutes.items)),
        *_remarks(minutes),
        Part(title="Decisions", entries=tuple(_decision(each) for each in minutes.decisions)),
        Part(title="Actions by owner", entries=_by_owner(minutes.actions, _action)),
        Part(title="Parked and carried", entries=tuple(_carried(each) for each in minutes.parked)),
        *_owed(minutes),
        Part(title="Rating", lead=words.rating(minutes)),
        Part(title="Next meeting", lead=words.next_meeting(minutes)),
        Part(title="Approval", signatures=_signatures(minutes)),
    )


def _meeting(minutes: Minutes) -> tuple[tuple[str, str], ...]:
    version = f"version {minutes.version}" if minutes.version > 1 else ""
    named = [
        ("Series", words.joined([f"{minutes.series}, No. {minutes.number}", minutes.meeting, version])),
        ("Customer", minutes.customer),
        ("Planned", words.planned(minutes)),
        ("Actual", words.actual(minutes)),
        ("Over time", minutes.overrun),
        ("Time zone", words.zone(minutes)),
        ("Chair", words.role(minutes, "chair", minutes.chair) or NONE),
        ("Minute-taker", words.role(minutes, "minute_taker", minutes.minute_taker) or NONE),
    ]
    return tuple((label, text) for label, text in named if text)


def _attendance(minutes: Minutes) -> tuple[tuple[str, str], ...]:
    named = [
        ("Present", ", ".join(minutes.present)),
        ("Apologies", ", ".join(minutes.apologies)),
        ("Absent", ", ".join(minutes.absent)),
        ("Late", words.came(minutes.late)),
        ("Left early", words.came(minutes.left)),
        ("Quorum", words.quorum(minutes)),
    ]
    return tuple((label, text or NONE) for label, text in named)


def _by_owner(actions: Iterable[ActionLine], entry: Callable[[ActionLine], Entry]) -> tuple[Entry, ...]:
    """By name, those that nobody owns last; within an owner by number."""
    owned: dict[str, list[Entry]] = {}
    for action in actions:
        owned.setdefault(action.owner, []).append(entry(action))
    names = sorted(owned, key=lambda name: (not name, name.casefold(), name))
    return tuple(Entry(text=name or "No owner yet", entries=tuple(owned[name]), strong=True) for name in names)


def _brief_action(action: ActionLine) -> Entry:
    end = f"due {action.due}" if action.due else "no date yet"
    return Entry(mark=action.id, text=action.title, end=end, asides=_clauses(words.promise(action)))


def _action(action: ActionLine) -> Entry:
    clauses = (
        words.due(action),
        words.promise(action),
        words.customer(action),
        words.state(action),
        words.relisted(action),
    )
    return Entry(mark=action.id, text=action.title, end=words.item(action.item), asides=_clauses(*clauses))


def _previous(action: ActionLine) -> Entry:
    state = "" if action.state in ("done", "dropped") else words.state(action)
    clauses = _clauses(action.owner or "no owner yet", words.due(action), state, words.relisted(action))
    said = action.why if action.state == "dropped" else ""
    return Entry(mark=action.id, text=action.title, end=words.outcome(action), said=said, asides=clauses)


def _decision(decision: DecisionLine) -> Entry:
    supersedes = f"supersedes {decision.supersedes}" if decision.supersedes else ""
    return Entry(mark=decision.id, text=decision.text, end=words.item(decision.item), asides=_clauses(supersedes))


def _brief_flag(flag: FlagLine) -> Entry:
    mark = words.LEVELS.get(flag.after, flag.after)
    asides = _clauses(*words.exit_plan(flag)[:2])
    return Entry(mark=mark, text=words.change(flag), end=words.confirmed(flag), said=flag.comment, asides=asides)


def _flag(flag: FlagLine) -> Entry:
    clauses = _clauses(*words.exit_plan(flag), words.item(flag.item))
    return Entry(mark=flag.id, text=words.change(flag), end=words.confirmed(flag), said=flag.comment, asides=clauses)


def _item(item: MinuteItem) -> Entry:
    ranked = {each.id for each in item.ranked}
    entries = (
        *(Entry(mark=each.id, text=each.text, end=each.what) for each in item.open),
        *(Entry(mark=DASH, text=note) for note in item.notes),
        *(Entry(mark=each.id, text=each.text) for each in item.decisions),
        *(Entry(mark=each.id, text=each.title, end=each.owner or "no owner yet") for each in item.actions),
        *(_item_flag(each) for each in item.flags),
        *_walk(item.walked),
        *(Entry(mark=each.id, text=each.text, end=each.what) for each in item.changed),
        *(Entry(mark=each.id, text=each.text, end=each.standing, said=each.why) for each in item.settled),
        *(Entry(mark=each.id, text=each.text, end=each.standing) for each in item.parked if each.id not in ranked),
        *(_ranked(each) for each in item.ranked),
    )
    put_off = "put off as a whole" if item.put_off else ""
    silent = "" if entries or item.outcome or put_off or not item.reached else "nothing recorded"
    return Entry(
        mark=f"{item.number}.",
        text=item.title,
        end=words.time_used(item),
        said="" if entries and item.outcome == NOTHING else item.outcome,
        asides=_clauses(put_off, silent),
        entries=entries,
        strong=True,
    )


def _ranked(line: RankedLine) -> Entry:
    """As in "1. Which wishes we decline", with its owner, its reason and how often it came back."""
    clauses = _clauses(line.customer, words.relisted(line))
    return Entry(mark=line.id, text=f"{line.place}. {line.text}", end=line.owner, said=line.why, asides=clauses)


def _item_flag(flag: FlagLine) -> Entry:
    return Entry(mark=flag.id, text=words.change(flag), end=words.confirmed(flag))


def _walk(lines: Iterable[WalkedLine]) -> Iterator[Entry]:
    """What came of each flag, and in one line those that were not reached."""
    known = tuple(lines)
    for line in known:
        if line.outcome != "not reached":
            asides = _clauses(words.spoken(line))
            yield Entry(mark=line.id, text=words.cell(line), end=words.walked(line), said=line.why, asides=asides)
    if left := words.not_reached(known):
        yield Entry(mark=DASH, text=left)


def _remarks(minutes: Minutes) -> tuple[Part, ...]:
    """Only where something was noted outside every item."""
    notes = tuple(Entry(mark=DASH, text=note) for note in minutes.remarks)
    return (Part(title="Other notes", entries=notes),) if notes else ()


def _carried(line: CarriedLine) -> Entry:
    clauses = (line.section, line.customer, words.relisted(line))
    return Entry(mark=line.id, text=line.text, end=line.standing, asides=_clauses(*clauses))


def _owed(minutes: Minutes) -> tuple[Part, ...]:
    """Housekeeping, which no customer is shown."""
    if minutes.audience == "customer":
        return ()
    owed = (Entry(text=each, end="owed") for each in minutes.owed)
    waived = (Entry(text=w.what, end="waived", asides=_clauses(w.why, w.by)) for w in minutes.waived)
    return (Part(title="Owed at closing", entries=(*owed, *waived)),)


def _signatures(minutes: Minutes) -> tuple[tuple[str, str], ...]:
    """Nobody signs for a meeting that was not held."""
    return (("Chair", minutes.chair), ("Minute-taker", minutes.minute_taker)) if minutes.started else ()


def _clauses(*clauses: str) -> tuple[str, ...]:
    return tuple(clause for clause in clauses if clause)
