"""What is done on the screen of a register: to the record under the cursor, or to all that are marked in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opsdesk.core.entrywords import Slots
from opsdesk.core.register import Registered
from opsdesk.core.triage import KEYS, Meaning, meaning
from opsdesk.desk.registers import several
from opsdesk.insight.shown import reduced
from opsdesk.ui.ink import Ink
from opsdesk.ui.register.book import Book, Order
from opsdesk.ui.register.typing import NARROW, completions, narrow_mode, new_mode, set_mode
from opsdesk.ui.register.verbline import verb_mode
from opsdesk.ui.screens.base import DeskScreen

ASKED_OF = 50
"""Of more marked records only so many are asked what a verb would be for them; the desk asks all."""


class RegisterVerbs(DeskScreen):
    """`words`: what the list is narrowed by; `whole`: with what is over; `slots`: of the modes that complete."""

    book: Book
    order: Order
    words: str
    whole: bool
    marked: set[str]
    slots: dict[str, Slots]
    sought: str
    shown: Sequence[Registered]

    # what a verb acts on

    @property
    def targets(self) -> list[Registered]:
        """All that are marked, the most harmful first; else the record under the cursor."""
        if self.marked:
            return [record for record in self.book.records if record.id in self.marked]
        found = self.book.by_id.get(self.list.key)
        return [found] if found is not None else []

    def meanings(self, verb: str) -> list[Meaning]:
        says = self.book.says
        seen = [reduced(record, says.room) for record in self.targets[:ASKED_OF]]
        return [meaning(says.register, record, verb, says.look) for record in seen]

    def refusals(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Command → why not, and command → what it is called here."""
        refused: dict[str, str] = {}
        labels: dict[str, str] = {}
        for verb in KEYS:
            found = self.meanings(verb)
            why = next((each.why_not for each in found if each.why_not), "")
            called = {each.verb.label.lower() for each in found if each.verb}
            if why:
                refused[f"verb/{verb}"] = why.rstrip(".")
            elif len(self.marked) > 1 and any(each.turns for each in found):
                refused[f"verb/{verb}"] = "one at a time: no line may be marked"
            if len(called) == 1:
                labels[f"verb/{verb}"] = called.pop()
        return refused, labels

    # verbs

    def do_verb(self, verb: str) -> None:
        records, found = self.targets, self.meanings(verb)
        ids = [record.id for record in records]
        if any(each.turns for each in found):
            self._escalate(ids[0])
            return
        asking = next((each for each in found if each.asks or (each.usual and len(ids) == 1)), None)
        label = next((each.verb.label for each in found if each.verb), "")
        said = f"{several(ids)}: {label.lower()} · z undoes"

        def call(typed: str) -> Sequence[Registered]:
            return self.desk.triage.act(ids, verb, typed, seen=records)

        def anyway(typed: str) -> Sequence[Registered]:
            return self.desk.triage.anyway.act(ids, verb, typed, seen=records)

        if asking is not None and asking.verb is not None:
            likely = asking.likely if len(ids) == 1 else ""
            self.type(verb_mode(self, asking.verb, several(ids), call, lambda _: said, anyway, likely))
        else:
            self.intend(lambda: call(""), lambda _: said, then=lambda _: self.do_unmark())

    def _escalate(self, id: str) -> None:
        self.intend(
            lambda: self.desk.turn(id, "escalation"),
            lambda made: f"{id} goes to the Escalation Review as {made.id} · z undoes",
            then=lambda _: self.do_unmark(),
        )

    def do_set(self) -> None:
        records = self.targets
        ids = [record.id for record in records]
        self.type(set_mode(self, ids, several(ids), records))

    def do_new(self) -> None:
        self.type(new_mode(self))

    # marks

    def do_mark(self) -> None:
        self.marked ^= {self.list.key}
        self.list.action_move(1)
        self.draw_marks()

    def do_mark_all(self) -> None:
        self.marked |= {record.id for record in self.shown}
        self.draw_marks()

    def do_unmark(self) -> None:
        if self.marked:
            self.marked = set()
            self.draw_marks()

    def draw_marks(self) -> None:
        self.draw_headline()
        self.draw_footer()

    # what is listed

    def do_order(self) -> None:
        orders = self.book.orders
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.relist()

    def do_whole(self) -> None:
        self.whole = not self.whole
        self.say("what is over too" if self.whole else "only what is open")
        self.refresh_all()

    def do_narrow(self) -> None:
        self.type(narrow_mode(self))

    def narrow(self, text: str) -> None:
        """Only what has these words; the cursor stands on the first of them."""
        words = " ".join(text.split())
        if words == self.words:
            return
        here, self.words = self.list.key, words
        self.relist(first=bool(words))
        if not words:
            self.list.show(self.list.rows, at=here)
        self.draw_headline()

    def relist(self, *, first: bool = False) -> None:
        """Lists what is there again, as it is narrowed and ordered now."""
        raise NotImplementedError

    @property
    def count(self) -> str:
        """How many are listed, of how many."""
        raise NotImplementedError

    def show_record(self, id: str) -> None:
        """Puts the cursor on it, as soon as it is listed."""
        self.sought = id
        self.refresh_all()

    # typing

    def do_complete(self) -> None:
        bar = self.bar
        slots = self.slots.get(bar.mode.id) if bar.mode else None
        if slots is None:
            super().do_complete()
            return
        text = bar.input.value
        found = completions(self.book.says, slots, text, bar.input.cursor_position)
        if not found:
            bar.answer([Ink("nothing to complete here: @ names a person, # a customer, field: a field", "dim")])
            return
        first, *others = found
        word = first.text if first.text[-1] in ":=" else f"{first.text} "
        bar.retype(text[: first.start] + word + text[first.end :].lstrip(), first.start + len(word))
        if others:
            bar.answer([Ink(first.label), Ink(f"   also: {', '.join(other.text for other in others[:4])}", "dim")])

    @property
    def clears(self) -> str:
        """What Esc does now."""
        return "list all again" if self.words else "unmark" if self.marked else "back"

    def do_clear(self) -> None:
        self.action_escape()

    def do_leave(self) -> None:
        raise NotImplementedError

    def action_escape(self) -> None:
        """Step by step: what is typed, the words that narrow, the marks; then back to where one was."""
        mode = self.bar.mode
        if mode is not None and mode.id == NARROW:
            self.bar.take()
            self.narrow("")
            super().action_escape()
        elif mode is None and self.words:
            self.narrow("")
            self.draw_footer()
        elif mode is None and self.marked:
            self.do_unmark()
        else:
            super().action_escape()
            if mode is None and not self.asking:
                self.do_leave()
