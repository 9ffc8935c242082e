"""Quick entry of a register: "Login slow, EU @sue #acme sev:2 components:login,api" -> its fields.

`@sue` and `#acme` are the register's owner and customer, several customers where it holds several. `field:value` is
any field by its name or title: an enumeration by any unambiguous start, a date or a moment as people type them, words
up to the next sign; quotes keep what is in them together: `workaround:"use the app"`. A date at the end is the
register's day, "until" and a date its end, counted from that day; of two dates there the second is the end. "2h" or
"30 min" is how long it took, in a register that keeps that. What is not recognised stays text, so that nothing is
lost; a field whose value cannot be read, or that is said twice, is a problem, said in one sentence. A name that
nobody has, and what looks like a field and is none, is asked about: it may be meant as text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from opsdesk.core import instants
from opsdesk.core.declared import declared, is_list, is_text, title_of
from opsdesk.core.entrydates import take
from opsdesk.core.entrydoubts import doubts
from opsdesk.core.entrywords import Chip, Entry, Role, Slots, Token, is_dated, tokens
from opsdesk.core.errors import Invalid
from opsdesk.core.fieldvalues import Directories, choices, field_called, said_of, timeless, value_of
from opsdesk.core.names import Directory, fold
from opsdesk.core.register import Look
from opsdesk.core.text import clean

LONGEST_CHOICE = 3

_HOURS = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?) ?(?:h|hours?)|(\d{1,3}) ?min", re.ASCII)
_SIGIL = re.compile(r"([@#])([^\W_][\w.'’&+-]*?)[.,;:!?]*")


def parse(text: str, slots: Slots, directories: Directories, look: Look) -> Entry:
    """Any text is understood somehow."""
    return _Reading(text, slots, directories, look).entry()


class _Reading:
    def __init__(self, text: str, slots: Slots, directories: Directories, look: Look) -> None:
        self._text, self._slots, self._directories, self._look = text, slots, directories, look
        self._tokens = list(tokens(text))
        self._values: dict[str, Any] = {}
        self._chips: list[Chip] = []
        self._unknown: dict[str, bool] = {}
        self._problems: list[str] = []
        self._kept: list[Token] = []

    def entry(self) -> Entry:
        at = 0
        while at < len(self._tokens):
            at = self._one(at)
        self._dates()
        self._choice()
        self._took()
        self._words(clean(" ".join(token.text for token in self._kept)))
        return Entry(
            text=self._text,
            values=self._values,
            chips=tuple(sorted(self._chips, key=lambda chip: chip.start)),
            unknown=tuple(self._unknown),
            ambiguous=tuple(name for name, several in self._unknown.items() if several),
            problems=tuple(self._problems),
            asked=doubts(self._kept, self._unknown, self._slots, self._directories),
        )

    def _one(self, at: int) -> int:
        """Takes what begins at this token; the place of the next."""
        token = self._tokens[at]
        name = self._field(token)
        if name and token.quoted:
            return self._read(name, token.value, token.start, token.end, at + 1)
        if name:
            return self._named(name, token.value, at)
        if token.quoted or not self._sigil(token):
            self._kept.append(token)
        return at + 1

    def _words(self, words: str) -> None:
        """What is left is the text; where there is none, it is for the one field that is still asked for."""
        if words and self._slots.text:
            before = self._values.get(self._slots.text, "")
            self._values[self._slots.text] = f"{before} {words}".strip()
        elif words:
            name = next((each for each in self._slots.only if each and each not in self._values), "")
            if name:
                self._read(name, words, self._kept[0].start, self._kept[-1].end, 0)
            else:
                self._problems.append(f'"{words}" is not understood here: {self._takes()}.')

    def _takes(self) -> str:
        titles = [title_of(self._slots.shape, name).lower() for name in self._slots.only if name]
        return f"only {' and '.join(titles)} can be said" if titles else "it takes no words"

    # field:value

    def _field(self, token: Token) -> str:
        """The field that the token names, if it may be named here; else ""."""
        name = field_called(self._slots.shape, token.name) if token.name else ""
        return name if not self._slots.only or name in self._slots.only else ""

    def _named(self, name: str, head: str, at: int) -> int:
        """As many of the words that follow as the field can take."""
        run = self._run(at + 1)
        start = self._tokens[at].start
        for count in range(self._reach(name, len(run), bool(head)), -1, -1):
            said = " ".join(filter(None, [head, *(token.text for token in run[:count])]))
            end = run[count - 1].end if count else self._tokens[at].end
            if count == 0 or self._fits(name, said):
                return self._read(name, said, start, end, at + 1 + count)
        return at + 1

    def _run(self, at: int) -> list[Token]:
        """The plain words from here on, up to the next sign."""
        found: list[Token] = []
        for token in self._tokens[at:]:
            if token.quoted or self._field(token) or _SIGIL.fullmatch(token.text):
                break
            found.append(token)
        return found

    def _reach(self, name: str, most: int, headed: bool) -> int:
        """How many words more may belong to its value."""
        shape = self._slots.shape
        if is_text(declared(shape)[name]):
            return most
        if is_dated(shape, name):
            return min(most, instants.LONGEST)
        return min(most, LONGEST_CHOICE if choices(shape, name) else 0 if headed else 1)

    def _fits(self, name: str, said: str) -> bool:
        try:
            value_of(self._slots.shape, name, said, self._directories, self._look)
        except Invalid:
            return False
        return not choices(self._slots.shape, name) or fold(said) in map(fold, choices(self._slots.shape, name))

    def _read(self, name: str, said: str, start: int, end: int, following: int) -> int:
        try:
            value = value_of(self._slots.shape, name, said, self._directories, self._look)
        except Invalid as error:
            self._refuse(name, error.message, start, end)
            return following
        before = self._values.get(name, value)
        if before != value and not isinstance(value, tuple):
            said = " and ".join(self._said(name, each) for each in (before, value))
            self._refuse(name, f"{title_of(self._slots.shape, name)} is said twice, {said}: say it once.", start, end)
            return following
        self._set(name, value, start, end)
        return following

    def _refuse(self, name: str, why: str, start: int, end: int) -> None:
        self._problems.append(why)
        self._chips.append(Chip("unknown", name, why, start, end))

    def _said(self, name: str, value: Any) -> str:
        return said_of(self._slots.shape, name, value, self._directories, self._look)

    def _set(self, name: str, value: Any, start: int, end: int, role: Role = "field") -> None:
        shape = self._slots.shape
        if isinstance(value, tuple):
            value = tuple(dict.fromkeys((*self._values.get(name, ()), *value)))
        self._values[name] = value
        said = self._said(name, value)
        words = said if role != "field" else f"{title_of(shape, name)} {said}"
        self._chips = [chip for chip in self._chips if chip.field != name or chip.role == "unknown"]
        self._chips.append(Chip(role, name, words, start, end))

    # @who and #customer

    def _sigil(self, token: Token) -> bool:
        match = _SIGIL.fullmatch(token.text)
        if not match:
            return False
        role: Role = "owner" if match[1] == "@" else "customer"
        name = self._slots.owner if role == "owner" else self._slots.customer
        known = self._directories.get("people" if role == "owner" else "customers", Directory())
        found = known.find(match[2]) if name else ()
        if len(found) != 1:
            if name:
                self._stranger(match[1] + match[2], found, known, token)
            return False
        several = is_list(declared(self._slots.shape)[name])
        self._set(name, (found[0],) if several else found[0], token.start, token.end, role)
        return True

    def _stranger(self, name: str, found: Sequence[str], known: Directory, token: Token) -> None:
        which = " or ".join(known.name(each) for each in found[:4])
        self._unknown[name] = bool(found)
        self._chips.append(Chip("unknown", "", f"{which}?" if found else f"{name} is new", token.start, token.end))

    # dates and bare values among the words that are left

    def _dates(self) -> None:
        self._kept, found = take(self._kept, self._values, self._slots, self._look)
        for each in found:
            problem = timeless(self._slots.shape, each.field, each.said, self._look)
            if problem:
                self._refuse(each.field, problem, each.start, each.end)
            else:
                self._set(each.field, each.value, each.start, each.end)

    def _choice(self) -> None:
        """A value of an enumeration that stands alone, as in "@tom on call until fri"."""
        name = self._slots.word
        if not name or name in self._values:
            return
        values = {fold(each): each for each in choices(self._slots.shape, name)}
        for count in range(LONGEST_CHOICE, 0, -1):
            for at in range(len(self._kept) - count + 1):
                run = self._kept[at : at + count]
                said = fold(" ".join(token.text for token in run)).replace("-", " ")
                if said in values and not any(token.quoted for token in run):
                    self._set(name, values[said], run[0].start, run[-1].end)
                    del self._kept[at : at + count]
                    return

    def _took(self) -> None:
        """The first "2h", "1.5 hours" or "30min" that stands among the words."""
        name = self._slots.hours
        if not name or name in self._values:
            return
        for at, token in enumerate(self._kept):
            for run in (self._kept[at : at + 2], [token]):
                match = _HOURS.fullmatch(" ".join(each.text for each in run).lower())
                if match and not any(each.quoted for each in run):
                    hours = float(match[1].replace(",", ".")) if match[1] else round(int(match[2]) / 60, 2)
                    self._set(name, hours, run[0].start, run[-1].end)
                    del self._kept[at : at + len(run)]
                    return
