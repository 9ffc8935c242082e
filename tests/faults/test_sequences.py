"""2,000 random sequences of what two people do, also from old readings, to the same records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import given, note, settings
from hypothesis import strategies as st

from opsdesk.core.actions import Action
from opsdesk.core.entries import Note
from opsdesk.core.errors import Conflict, NotFound, OpsDeskError
from opsdesk.core.people import Person
from opsdesk.core.ports import Store
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.desk.conflicts import Choice
from opsdesk.store.memory import MemoryStore
from opsdesk.store.sqlite import SqliteStore
from tests.clock import START, Clock
from tests.desk.meeting_desk import AGENDAS
from tests.faults.sequences import PEOPLE, Records, agrees, records, there_and_back, trails

Step = tuple[str, str, int]
Verb = Callable[[Desk, Action, int, "Action | None"], object]
CHOICES: tuple[Choice, ...] = ("theirs", "mine", "both")
CHANGING: dict[str, Verb] = {
    "edit": lambda at, it, number, seen: at.actions.edit(it.id, f"Write {number}", seen=seen),
    "redate": lambda at, it, number, seen: at.actions.redate(it.id, date(2026, 12, 1 + number), "x", seen=seen),
    "give": lambda at, it, number, seen: at.actions.give(it.id, PEOPLE[number % 2], seen=seen),
    "wait": lambda at, it, number, seen: at.actions.wait(it.id, f"them {number}", seen=seen),
    "start": lambda at, it, number, seen: at.actions.start(it.id, seen=seen),
    "escalate": lambda at, it, number, seen: at.actions.escalate(it.id, f"why {number}", seen=seen),
    "done": lambda at, it, number, seen: at.actions.done(it.id),
    "reopen": lambda at, it, number, seen: at.actions.reopen(it.id, seen=seen),
    "amend": lambda at, it, number, seen: at.meetings.amend(it.id, f"Fax {number}", seen=seen),
    "remove": lambda at, it, number, seen: at.meetings.remove(it.id),
}
OTHER: dict[str, Callable[[Desk, int], object]] = {
    "add": lambda at, number: at.actions.capture(f"Call {number}"),
    "note": lambda at, number: at.meetings.note("M-1", f"x {number}"),
    "forget": lambda at, number: at.meetings.remove(_of(at.read.all(Note), number).id),
    "next": lambda at, number: at.meetings.next("M-1"),
    "undo": lambda at, number: at.undo.last(),
    "redo": lambda at, number: at.undo.redo(),
}
VERBS = (*OTHER, *CHANGING, "edit", "give", "redate", "undo", "undo", "redo")
KINDS_OF_STEP = [(by, verb) for by in PEOPLE for verb in VERBS]
steps = st.lists(st.integers(0, len(KINDS_OF_STEP) * 8 - 1), min_size=8, max_size=40).map(
    lambda codes: [(*KINDS_OF_STEP[code // 8], code % 8) for code in codes]
)


Read = TypeVar("Read")


def _of(found: Sequence[Read], number: int) -> Read:
    if not found:
        raise NotFound("There is none.")
    return found[number % len(found)]


class Company:
    """Sue and Bob at a desk each, in a meeting that runs; what each version of an action was read as is remembered."""

    def __init__(self, stores: Mapping[str, Store]) -> None:
        self.stores, self.clock, self.read = stores, Clock(), dict[str, list[Action]]()
        self.desks = {by: Desk(store, self.clock, by, Settings(), lambda: AGENDAS) for by, store in stores.items()}
        self.undos = {by: desk.undo for by, desk in self.desks.items()}
        self.beginning = self.founded(stores["sue"])

    def founded(self, store: Store) -> Records:
        with store.work("set up", by="nobody", at=START) as work:
            for by in PEOPLE:
                work.add(Person(handle=by, name=by.title()))
                work.add(Action(title=f"Call {by}", owner=by, created=START))
        Desk(store, self.clock, "nobody", Settings(), lambda: AGENDAS).meetings.start("daily")
        self.remember(store)
        return records(store)

    def remember(self, store: Store) -> None:
        for action in store.all(Action):
            read = self.read.setdefault(action.id, [])
            if action not in read:
                read.append(action)

    def step(self, by: str, verb: str, number: int) -> None:
        """What is refused has changed nothing; of what both changed one is chosen."""
        self.clock.forward(seconds=1)
        try:
            self.act(self.desks[by], verb, number)
        except Conflict as conflict:
            if conflict.mine is not None and number % 2:
                with suppress(OpsDeskError):
                    self.desks[by].resolve(conflict, CHOICES[number % 3])
        except OpsDeskError:
            pass
        self.remember(self.stores[by])

    def act(self, desk: Desk, verb: str, number: int) -> None:
        if verb in OTHER:
            OTHER[verb](desk, number)
            return
        read = _of(list(self.read.values()), number)
        seen = _of(read, number // 2)
        CHANGING[verb](desk, seen, number, seen if number % 3 else None)


@contextmanager
def in_memory() -> Iterator[Company]:
    with closing(MemoryStore()) as store:
        yield Company(dict.fromkeys(PEOPLE, store))


@contextmanager
def on_disk() -> Iterator[Company]:
    """Each with a store of their own on one folder."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        yield Company({by: stack.enter_context(closing(SqliteStore(Path(folder)))) for by in PEOPLE})


def taken(company: Company, sequence: list[Step]) -> None:
    note(str(sequence))
    for step in sequence:
        company.step(*step)


@settings(max_examples=1900)
@given(steps)
def test_undo_all_is_the_beginning_redo_all_the_end_and_the_journal_the_records(sequence: list[Step]) -> None:
    with in_memory() as company:
        taken(company, sequence)
        there_and_back(company.undos, company.stores["sue"], company.beginning)


@settings(max_examples=100)
@given(steps)
def test_two_desks_on_one_folder_agree_whatever_both_did(sequence: list[Step]) -> None:
    with on_disk() as company:
        taken(company, sequence)
        sues, bobs = company.stores["sue"], company.stores["bob"]
        assert records(sues) == records(bobs)
        trails(bobs)
        there_and_back(company.undos, bobs, company.beginning)
        assert records(sues) == records(bobs)
        agrees(sues)
