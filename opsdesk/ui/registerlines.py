"""A register's record under the cursor: what the keys of a line mean for it, and what it is turned into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import get_args

from msgspec.structs import replace

from opsdesk.core.errors import NotFound
from opsdesk.core.kinds import shape_of
from opsdesk.core.register import Register, Registered
from opsdesk.core.registers import register_of
from opsdesk.core.triage import KEYS, meaning, possible_keys
from opsdesk.desk.turning import Into
from opsdesk.insight.shown import reduced
from opsdesk.ui.commands import Situation
from opsdesk.ui.screens.base import DeskScreen
from opsdesk.ui.typing.outcomes import stepped
from opsdesk.ui.typing.registers import verb_mode

INTO: Mapping[str, Into] = {into: into for into in get_args(Into)}


class RegisterLines(DeskScreen):
    """`known`: the records of registers that stand here, by id, as last read: no key waits for a disk.

    `meeting_id`, `section_title`: where what is done here belongs; empty outside of a meeting.
    """

    meeting_id: str = ""
    known: Mapping[str, Registered] = {}
    foot_lines = 2
    """At most, of what stands below the list of the line under the cursor."""

    @property
    def section_title(self) -> str:
        return ""

    @property
    def on(self) -> str:
        """The id of the record under the cursor."""
        return self.list.key

    def recognised(self, ids: Iterable[str]) -> dict[str, Registered]:
        """Those of the ids that are records of registers, as they are now."""
        found: dict[str, Registered] = {}
        for id in dict.fromkeys(ids):
            shape = shape_of(id)
            if shape is None or not issubclass(shape, Registered):
                continue
            try:
                found[id] = self.desk.read.get(shape, id)
            except NotFound:  # gone since the line was made
                continue
        return found

    # what the keys mean

    def situation(self) -> Situation:
        refused, labels = meanings(self.known.get(self.on))
        return replace(super().situation(), line=self.on, refused=refused, labels=labels)

    def draw_footer(self) -> None:
        super().draw_footer()
        self.bar.rest(self.list.whole, self._keys, self.foot_lines)

    def hush(self) -> None:
        super().hush()
        self.bar.rest(self.list.whole, self._keys, self.foot_lines)

    @property
    def _keys(self) -> str:
        """Those that mean something of their own for the record under the cursor."""
        record = self.known.get(self.on)
        return possible_keys(_register(record), record) if record is not None else ""

    # what they do

    def act_on(self, triage: str) -> bool:
        """The verb of the key table, for the record under the cursor; tells whether that is one of a register."""
        record = self.known.get(self.on)
        if record is None:
            return False
        register = _register(record)
        found = meaning(register, reduced(record, self.home.room()), triage, self.desk.registers.look())
        if found.verb is None:
            self.turn(record.id, "escalation")
            return True
        verb, section = found.verb, self.section_title

        def call(words: str, meant: bool = False) -> Registered:
            use = self.desk.registers.anyway if meant else self.desk.registers
            (kept,) = use.act([record.id], verb.id, words, seen=record, meeting=self.meeting_id, section=section)
            return kept

        def said(kept: Registered) -> str:
            return stepped(self, register, verb, record, kept)

        if found.asks or found.wants:
            begun, bare = found.likely, not found.asks
            self.type(verb_mode(self, register, verb, record, call, said, partial(call, meant=True), begun, bare))
        else:
            self.intend(lambda: call(""), said)
        return True

    def turn(self, id: str, into: Into) -> None:
        """The line leads to something else, which names it; it stays itself."""
        section = self.section_title
        where = "goes to the Escalation Review as" if into == "escalation" else "led to"
        self.intend(
            lambda: self.desk.turn(id, into, meeting=self.meeting_id, section=section),
            lambda made: f"{id} {where} {made.id} · z undoes".replace(f" as {id} ", " "),
        )

    def do_turn(self) -> None:
        from opsdesk.ui.screens.turn_into import TurnInto

        id = self.on
        self.app.push_screen(TurnInto(id), lambda into: self.turn(id, INTO[into]) if into else None)

    def do_to_action(self) -> None:
        self.turn(self.on, "action")

    def do_to_incident(self) -> None:
        self.turn(self.on, "incident")


def meanings(record: Registered | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Command → why not, and command → what it is called for this record."""
    refused: dict[str, str] = {}
    labels: dict[str, str] = {}
    if record is None:
        return refused, labels
    for triage in KEYS:
        found = meaning(_register(record), record, triage)
        if found.why_not:
            refused[triage] = found.why_not.rstrip(".")
        else:
            labels[triage] = found.verb.label.lower() if found.verb else triage
    return refused, labels


def _register(record: Registered) -> Register:
    register = register_of(type(record))
    if register is None:
        raise NotFound(f"{record.id} is in no register any more.", "Open the desk again.")
    return register
