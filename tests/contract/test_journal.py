from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.ports import Store
from tests.clock import START
from tests.contract.conftest import capture


def test_an_entry_says_what_when_who_and_where(store: Store) -> None:
    with store.work("capture", by="sue", at=START, meeting="M-1", section="Staffing") as work:
        work.add(Action(title="one", due=date(2026, 11, 27)))
    (tx,) = store.history()
    assert (tx.seq, tx.at, tx.by, tx.command, tx.meeting, tx.section, tx.undoes) == (
        1, START, "sue", "capture", "M-1", "Staffing", 0,
    )  # fmt: skip
    assert (tx.changes[0].kind, tx.changes[0].id, tx.changes[0].before) == ("actions", "A-1", None)
    assert (tx.changes[0].after or {})["due"] == "2026-11-27"


def test_only_the_fields_that_differ_are_kept(store: Store) -> None:
    (one,) = capture(store, "one")
    with store.work("edit", by="sue", at=START) as work:
        work.put(replace(one, owner="bob"))
    (change,) = store.history()[-1].changes
    assert (change.before, change.after) == ({"owner": ""}, {"owner": "bob"})


def test_history_can_be_narrowed(store: Store) -> None:
    for number in range(1, 8):
        capture(store, str(number), by="sue" if number % 2 else "bob")

    def seqs(**narrow: int | str) -> list[int]:
        return [tx.seq for tx in store.history(**narrow)]

    assert seqs() == [1, 2, 3, 4, 5, 6, 7]
    assert seqs(since=5) == [6, 7]
    assert seqs(limit=2) == [6, 7]
    assert seqs(by="bob") == [2, 4, 6]
    assert seqs(by="bob", limit=2) == [4, 6]
    assert seqs(since=2, by="sue", limit=9) == [3, 5, 7]
    assert seqs(by="nobody") == []
    assert seqs(since=2, until=5) == [3, 4, 5]
    assert seqs(by="sue", until=6, limit=2) == [3, 5]
    assert seqs(since=7, until=7) == []


def test_ones_own_commands_are_no_news(store: Store) -> None:
    capture(store, "one")
    assert list(store.news()) == []


def test_a_failed_command_leaves_no_gap(store: Store) -> None:
    capture(store, "one")
    try:
        with store.work("x", by="sue", at=START) as work:
            work.add(Action(title="two"))
            raise LookupError
    except LookupError:
        capture(store, "three")
    assert [tx.seq for tx in store.history()] == [1, 2]


def test_what_the_journal_is_told_is_cleaned(store: Store) -> None:
    with store.work("cap\ud800ture\x1b", by="sue", at=START, section="\u202eStaffing\n", left="sent\x1b") as work:
        work.add(Action(title="one"))
    assert store.history()[0].left == "sent"
    assert (store.history()[0].command, store.history()[0].section) == ("cap\ufffdture", "Staffing")


def test_the_trail_of_a_record_is_what_changed_it(store: Store) -> None:
    one, *others = capture(store, *map(str, range(1, 13)))
    with store.work("quote", by="bob", at=START) as work:
        work.put(replace(others[0], title='see "A-1"', relisted=(one.id,)))
    with store.work("edit", by="sue", at=START) as work:
        work.put(replace(one, title="changed"))
    with store.work("undo", by="sue", at=START) as work:
        work.undo(store.history()[-1])
    with store.work("drop", by="sue", at=START) as work:
        work.remove(Action, one.id)
    assert [tx.seq for tx in store.trail("A-1")] == [1, 3, 4, 5]
    assert [tx.seq for tx in store.trail("A-12")] == [1]
    assert [tx.seq for tx in store.trail("A-2")] == [1, 2]
    assert list(store.trail("A-1")) == [store.history()[at] for at in (0, 2, 3, 4)]
    assert [list(store.trail(id)) for id in ("", "A-", "A-13", '"', "a-1")] == [[]] * 5
