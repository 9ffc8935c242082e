"""Quick entry: "Call back with the workaround @sue #globex fri !" -> a Draft.

`@sue` is the owner and `#globex` the customer: a handle, a name, or an unambiguous start of one; of several the last
counts and the others stay text. `!` alone, or at the end of the date as in `fri!`: the owner promised it; `!bob` or
`!@bob`: Bob did, for that owner, and the owner as long as nobody is called Bob. A date is taken where the text ends
with it (sigils may follow; "by", "on" or "due" may lead), or anywhere as `due:fri`; `nodate`, `someday` and
`due:none` leave it open. Without a date an action is due in the company's usual number of days; a promise is not: its
date has to be said. Quotes keep what is in them as text, and are dropped where that made a difference; in them "" is
a quote mark. A name that is not known stays in the title, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from opsdesk.core import dates
from opsdesk.core.actions import Action
from opsdesk.core.marks import Mark, Piece, Role, Word, sigil, split, trailing
from opsdesk.core.names import Names
from opsdesk.core.settings import Settings
from opsdesk.core.text import clean


class Chip(msgspec.Struct, frozen=True):
    """One recognised word: its role, what it resolved to for a person to read, and its place in the text.

    Nothing was typed for a chip of no length (start == end): it tells the date that is proposed, or still wanted.
    """

    role: Role
    text: str
    start: int
    end: int


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed, understood. owner, customer, by: handles; by: who promised (the owner, for a plain "!").

    `unknown`: names not known, with their sigil ("@bob", "#initech", "!dan"); `ambiguous`: those of them that
    could be several. `passed_over`: owners, customers and dates before the one that counts, as typed; they stay text.
    `past`: the date lies before today, to be asked; `offer`: the day to take instead. `due_default`: no date was typed,
    the usual one is proposed.
    """

    text: str
    title: str
    owner: str = ""
    customer: str = ""
    due: date | None = None
    promise: bool = False
    by: str = ""
    unknown: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    past: bool = False
    offer: date | None = None
    due_default: bool = False
    chips: tuple[Chip, ...] = ()


def parse(text: str, names: Names, *, today: date, settings: Settings) -> Draft:
    """Any text is understood somehow; what is not recognised is the title."""
    pieces, words = split(text)
    sigils = [mark for word in words if (mark := sigil(word, names, today, settings))]
    marks = [*trailing(words, sigils, today, settings), *sigils]
    free = [mark for mark in marks if not mark.quotes]
    chosen = _chosen(free)
    opened = {number for mark in marks for number in mark.quotes}
    draft = _draft(text, _title(pieces, chosen, opened), chosen, today, settings)
    over = (*_passed_over(free, draft), *_date_before(words, chosen, today, settings))
    return replace(draft, passed_over=over) if over else draft


def _chosen(marks: Sequence[Mark]) -> list[Mark]:
    """Of every role the last that names something; besides, every plain "!" and everything unknown."""
    last = {mark.role: mark for mark in marks if mark.role != "unknown" and (mark.name or mark.role == "due")}
    rest = [mark for mark in marks if mark.role == "unknown" or (mark.role == "promise" and not mark.name)]
    stuck = [Mark("promise", "promised", (mark.stuck,)) for mark in last.values() if mark.stuck]
    return sorted([*last.values(), *rest, *stuck], key=lambda mark: mark.start)


def _passed_over(marks: Sequence[Mark], draft: Draft) -> tuple[str, ...]:
    counts = {"owner": draft.owner, "customer": draft.customer}
    over = [mark for mark in marks if mark.role in counts and mark.name != counts[mark.role]]
    return tuple(dict.fromkeys(mark.words[0].text.rstrip(".,;:!?") for mark in over))


def _date_before(words: Sequence[Word], chosen: Sequence[Mark], today: date, settings: Settings) -> tuple[str, ...]:
    """The date as a corrected line has it, where another was typed behind it."""
    due = next((mark for mark in chosen if mark.role == "due"), None)
    if due is None:
        return ()
    others = [mark for mark in chosen if mark.role not in ("due", "unknown")]
    ahead = [word for word in words if word.end <= due.start and word.quote < 0]
    if not any(word.text[:4].isdecimal() for word in ahead):
        return ()
    found = trailing(ahead, others, today, settings)
    return tuple(mark.words[0].text for mark in found if mark.due and mark.words[0].text == mark.due.isoformat())


_SIGNS = {"owners": "@", "customers": "#"}


def doubled(draft: Draft, kind: Literal["owners", "customers", "dates"], counts: str) -> str:
    """What is to be said where several of them were typed, "" where not; `counts`: the last, for a person to read."""
    sign = _SIGNS.get(kind, "")
    over = [word for word in draft.passed_over if (word[0] == sign if sign else word[0].isdigit())]
    if not over:
        return ""
    number, are = ("two", "is") if len(over) == 1 else ("several", "are")
    return f"{number} {kind}: {counts} counts, {' and '.join(over)} {are} text"


def _title(pieces: Sequence[Piece], chosen: Sequence[Mark], opened: Container[int]) -> str:
    taken = {word.start for mark in chosen if mark.role != "unknown" for word in mark.words}
    kept = [
        piece.bare if number in opened or piece.escaped else piece.typed
        for number, piece in enumerate(pieces)
        if piece.start not in taken
    ]
    return " ".join(clean(" ".join(kept)).split())


def _draft(text: str, title: str, chosen: Sequence[Mark], today: date, settings: Settings) -> Draft:
    said = {mark.role: mark.name for mark in chosen if mark.name}
    promise = any(mark.role == "promise" or mark.name.startswith("!") for mark in chosen)
    dated = next((mark for mark in chosen if mark.role == "due"), None)
    usual = dated is None and not promise
    due = dated.due if dated else today + timedelta(settings.due_days) if usual else None
    unknown = [mark for mark in chosen if mark.role == "unknown"]
    return Draft(
        text=text,
        title=title,
        owner=said.get("owner", ""),
        customer=said.get("customer", ""),
        due=due,
        promise=promise,
        by=said.get("promise", said.get("owner", "")) if promise else "",
        unknown=tuple(dict.fromkeys(mark.name for mark in unknown)),
        ambiguous=tuple(dict.fromkeys(mark.name for mark in unknown if mark.several)),
        past=due is not None and due < today,
        offer=dated.ahead if dated else None,
        due_default=usual,
        chips=(*_chips(chosen, today), *_proposal(text, dated, due, today, settings)),
    )


def _chips(chosen: Sequence[Mark], today: date) -> list[Chip]:
    return [
        Chip(mark.role, f"{mark.said}, past" if mark.due and mark.due < today else mark.said, mark.start, mark.end)
        for mark in chosen
    ]


def _proposal(text: str, dated: Mark | None, due: date | None, today: date, settings: Settings) -> list[Chip]:
    if dated:
        return []
    said = f"{dates.readable(due, today)} ({settings.due_days} days)" if due else "promised by when?"
    return [Chip("due", said, len(text), len(text))]


def text_of(action: Action, names: Names, *, today: date, settings: Settings) -> str:
    """The quick entry that parses back to the same title, owner, customer, due date and promise."""
    tail = _tail(action)
    plain = f"{action.title} {tail}"
    if _same(parse(plain, names, today=today, settings=settings), action):
        return plain
    return '"' + action.title.replace('"', '""') + f'" {tail}'


def _tail(action: Action) -> str:
    words = [f"@{action.owner}" if action.owner else "", f"#{action.customer}" if action.customer else ""]
    words.append(action.due.isoformat() if action.due else "nodate")
    if action.promise:
        told_by = action.told.by if action.told else action.owner
        words.append("!" if told_by in ("", action.owner) else f"!{told_by}")
    return " ".join(word for word in words if word)


def _same(draft: Draft, action: Action) -> bool:
    understood = (draft.title, draft.owner, draft.customer, draft.due, draft.promise)
    return understood == (action.title, action.owner, action.customer, action.due, action.promise)
