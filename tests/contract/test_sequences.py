"""Any sequence of commands by two people at two desks on the same records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Note
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.ports import Store
from opsdesk.core.settings import Settings
from opsdesk.desk.context import Context
from opsdesk.desk.undo import Undo
from tests.clock import START, Clock
from tests.contract.conftest import ENGINES, SHARED
from tests.faults.sequences import PEOPLE, Records, agrees, records, redo_all, trails, undo_all

VERBS = ("add", "note", "edit", "done", "remove", "all", "undo", "redo", "fail", "read")
Sequence = list[tuple[str, str, int]]
steps = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(VERBS), st.integers(0, 5)), max_size=14)


class Desks:
    """Two people, each with a store of their own."""

    def __init__(self, open: Callable[[], Store]) -> None:
        self.stores = {by: open() for by in PEOPLE}
        self.undo = {by: Undo(Context(self.stores[by], Clock(), by, Settings(), dict)) for by in PEOPLE}

    def close(self) -> None:
        for store in self.stores.values():
            store.close()

    def step(self, by: str, verb: str, number: int, owned: bool) -> None:
        if verb == "undo":
            self.undo[by].last()
        elif verb == "redo":
            self.undo[by].redo()
        elif verb == "read":
            list(self.stores[by].all(Action) if number % 2 else self.stores[by].live(Action))
        else:
            self.write(by, verb, number, owned)

    def write(self, by: str, verb: str, number: int, owned: bool) -> None:
        with self.stores[by].work(verb, by=by, at=START) as work:
            found = work.where(Action, owner=by) if owned else work.all(Action)
            chosen = found[number % len(found)] if found else work.add(Action(title="first", owner=by))
            if verb == "add":
                work.add(Action(title=f"{by} {number}", owner=by))
            elif verb == "note":
                work.remove(Action, chosen.id)
                work.add(Note(text=chosen.title, meeting="M-1", at=START))
            elif verb == "edit":
                work.put(replace(work.put(replace(chosen, title=f"{number}")), section=f"{number % 2}"))
            elif verb == "done":
                work.put(replace(chosen, state="done"))
            elif verb == "remove":
                work.remove(Action, chosen.id)
            elif verb == "all":
                for each in found:
                    work.put(replace(each, relisted=(*each.relisted, f"M-{number}")))
            else:
                raise Invalid("Nothing of this counts.")


@contextmanager
def desks(engine: str) -> Iterator[tuple[Desks, Callable[[], Store]]]:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        open = partial(ENGINES[engine], Path(folder))
        yield stack.enter_context(closing(Desks(open))), open


def reopened(open: Callable[[], Store]) -> Records:
    with closing(open()) as store:
        return records(store)


@pytest.mark.parametrize("engine", SHARED)
@settings(max_examples=100, deadline=None)
@given(sequence=steps)
def test_undoing_all_is_the_beginning_and_redoing_all_the_end(engine: str, sequence: Sequence) -> None:
    with desks(engine) as (both, open):
        for by, verb, number in sequence:
            with suppress(Invalid):
                both.step(by, verb, number, owned=True)
        end = records(both.stores["sue"])
        undone = undo_all(both.undo)
        assert records(both.stores["sue"]) == records(both.stores["bob"]) == reopened(open) == {}
        redo_all(both.undo, undone)
        assert records(both.stores["sue"]) == records(both.stores["bob"]) == reopened(open) == end


@pytest.mark.parametrize("engine", SHARED)
@settings(max_examples=100, deadline=None)
@given(sequence=steps)
def test_desks_and_journal_agree_whatever_two_people_do_to_one_record(engine: str, sequence: Sequence) -> None:
    with desks(engine) as (both, open):
        for by, verb, number in sequence:
            with suppress(Invalid, Conflict):
                both.step(by, verb, number, owned=False)
        assert records(both.stores["sue"]) == records(both.stores["bob"]) == reopened(open)
        for store in both.stores.values():
            agrees(store)
        trails(both.stores["sue"])
        news = [tx.seq for by in PEOPLE for tx in both.stores[by].news()]
        assert sorted(news) == [tx.seq for tx in both.stores["sue"].history()]
