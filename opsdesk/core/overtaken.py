"""Who was first, when, and what differs: a conflict in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, tzinfo
from itertools import groupby
from typing import Any

import msgspec

from opsdesk.core.dates import readable
from opsdesk.core.declared import declared, is_handle, is_text, naming, titles
from opsdesk.core.errors import Conflict
from opsdesk.core.merge import Difference
from opsdesk.core.record import Record

NOTHING = "nothing"
SHOWN = 40
LOOK = "Look at it as it is now, then decide."


def as_it_is(handle: str) -> str:
    return handle


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """How people and customers are called, and the clock that times are read from; without either, as they are kept.

    With `today` days are said as people say them, Mon 30 Nov, and of today only the time.
    """

    person: Callable[[str], str] = as_it_is
    customer: Callable[[str], str] = as_it_is
    zone: tzinfo | None = None
    today: date | None = None

    def when(self, at: datetime) -> str:
        local = at.astimezone(self.zone or UTC)
        if self.today:
            day = "" if local.date() == self.today else f"on {readable(local.date(), self.today)} "
            return f"{day}at {local:%H:%M}"
        return f"on {local:%Y-%m-%d} at {local:%H:%M}{'' if self.zone else ' UTC'}"

    def day(self, day: date) -> str:
        return readable(day, self.today) if self.today else str(day)

    def called(self, field: str, handle: str) -> str:
        return self.customer(handle) if field == "customer" else self.person(handle)


PLAIN = Voice()


def changed(shape: type[Record], id: str, differing: tuple[Difference, ...], mine: Record | None = None) -> Conflict:
    """The conflict of a record that was changed in these fields, at least one, with its sentence."""
    newest = max(differing, key=lambda each: each.at)
    found = Conflict("", LOOK, shape=shape, id=id, by=newest.by, at=newest.at, differences=differing, mine=mine)
    found.message = sentence(found)
    return found


def removed(shape: type[Record], id: str, by: str, at: datetime) -> Conflict:
    """The conflict of a record that was removed."""
    found = Conflict("", "Whoever removed it can undo that.", shape=shape, id=id, by=by, at=at)
    found.message = sentence(found)
    return found


def sentence(conflict: Conflict, voice: Voice = PLAIN) -> str:
    """As in 'A-12: bob set Due to 2026-11-30 on 2026-11-23 at 14:02 UTC, you 2026-11-26.'"""
    if conflict.at is None or conflict.shape is None:
        return conflict.message
    if not conflict.differences:
        return f"{conflict.id} was removed by {voice.person(conflict.by)} {voice.when(conflict.at)}."
    in_order = sorted(leading(conflict.shape, conflict.differences), key=_first)
    groups = [list(group) for _, group in groupby(in_order, key=_first)]
    parts = [_part(conflict.shape, group, voice, conflict.mine is not None) for group in groups]
    return f"{conflict.id}: {'; '.join(parts)}."


def _first(each: Difference) -> tuple[datetime, str]:
    return each.at, each.by


def leading(shape: type[Record], differing: Sequence[Difference]) -> Sequence[Difference]:
    """Those that people know by name and that somebody else set; the others only go with them."""
    named = titles(shape)
    theirs = [each for each in differing if each.theirs != each.was] or differing
    return [each for each in theirs if each.field in named] or theirs


def _part(shape: type[Record], differing: Sequence[Difference], voice: Voice, chosen: bool) -> str:
    by, at = differing[0].by, differing[0].at
    did = _listed([_did(each, words(shape, each.field, each.theirs, voice)) for each in differing])
    you = [words(shape, each.field, each.mine, voice) for each in differing]
    yours = you[0] if len(you) == 1 else _listed(list(map(_did, differing, you)))
    return f"{voice.person(by)} {did} {voice.when(at)}" + (f", you {yours}" if chosen else "")


def _did(each: Difference, value: str) -> str:
    return f"cleared {each.title}" if value == NOTHING else f"set {each.title} to {value}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def words(shape: type[Record], field: str, value: Any, voice: Voice, most: int = SHOWN) -> str:
    """A JSON value of this field as people read it; of a text `most` characters."""
    kind = declared(shape)[field]
    match value:
        case None | "" | False | []:
            return NOTHING
        case True:
            return "yes"
        case str() if is_handle(kind):
            return voice.called(named_as(shape, field), value)
        case str() if is_text(kind):
            return f'"{_cut(value, most)}"'
        case list() if naming(shape).get(field) in ("people", "customers"):
            return ", ".join(voice.called(named_as(shape, field), each) for each in value)
        case dict():
            return f'"{_cut(spoken(shape, field, value), most)}"'
        case list():
            return _several(shape, field, value)
    found = msgspec.convert(value, kind_of(shape, field))
    if isinstance(found, datetime):
        return _moment(found, voice)
    return voice.day(found) if isinstance(found, date) else str(found)


def named_as(shape: type[Record], field: str) -> str:
    """As `Voice.called` takes it: "customer" of whatever field names customers."""
    return "customer" if naming(shape).get(field) == "customers" else field


def kind_of(shape: type[Record], field: str) -> Any:
    """The type that a field's values have."""
    return next(each.type for each in msgspec.structs.fields(shape) if each.name == field)


def _moment(at: datetime, voice: Voice) -> str:
    return voice.when(at).removeprefix("on ").removeprefix("at ").replace(" at ", " ")


def _several(shape: type[Record], field: str, value: list[Any]) -> str:
    if all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return spoken(shape, field, value) or f"{len(value)} {'entry' if len(value) == 1 else 'entries'}"


def spoken(shape: type[Record], field: str, value: Any) -> str:
    """The `words` of a value that has parts of its own, or of each of several; empty where they have none, also where
    an older desk kept it in another form.
    """
    if isinstance(value, dict) and "words" in value:
        return str(value["words"])
    try:
        found = msgspec.convert(value, kind_of(shape, field))
    except msgspec.ValidationError:
        return ""
    parts = found if isinstance(found, tuple) else (found,)
    return ", ".join(filter(None, (getattr(each, "words", "") for each in parts)))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
