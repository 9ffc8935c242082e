"""The score sheet as a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

import pytest
from msgspec.structs import replace

from opsdesk.core.customers import Customer
from opsdesk.core.record import Record
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score
from opsdesk.core.settings import Measure
from opsdesk.insight.rollup import rolled
from opsdesk.insight.sheet import sheet
from opsdesk.store.memory import MemoryStore
from tests.insight.scored import LOOK, PLAIN, day, look, score

ACME = Customer(handle="acme", name="Acme")
GLOBEX = Customer(handle="globex", name="Globex")


@pytest.fixture
def store() -> Iterator[MemoryStore]:
    store = MemoryStore()
    yield store
    store.close()


def keep(store: MemoryStore, *records: Record) -> None:
    with store.work("Fill", by="sue", at=LOOK.now) as work:
        for record in records:
            work.add(record)


def test_rows_are_active_customers_and_cells_are_the_measures_in_their_order(store: MemoryStore) -> None:
    keep(store, GLOBEX, ACME, Customer(handle="gone", name="Gone", active=False))
    keep(store, score("r", measure="Delivery"), score("g", measure="Product"), score("o", customer="globex"))
    found = sheet(store, LOOK)
    assert found.measures == PLAIN.measures
    assert [(row.customer.handle, [cell and cell.level for cell in row.cells]) for row in found.rows] == [
        ("globex", [None, "orange", None, None, None]),
        ("acme", ["green", None, "red", None, None]),
    ]
    assert [(row.rolled.level, row.rolled.share) for row in found.rows] == [("orange", 0.2), ("red", 0.4)]


def test_only_the_newest_of_a_cell_is_on_it(store: MemoryStore) -> None:
    keep(store, ACME, score("r", -3, superseded=True), score("g", -1))
    assert [cell and cell.level for cell in sheet(store, LOOK).rows[0].cells] == [None, "green", None, None, None]


def test_measures_and_customers_that_are_no_more_are_not_on_it(store: MemoryStore) -> None:
    keep(store, ACME, score("g", measure="Fax"), score("r", customer="gone"))
    (row,) = sheet(store, LOOK).rows
    assert (row.cells, row.rolled.level) == ((None,) * 5, "unknown")


def test_an_open_flag_of_a_measure_that_is_no_more_stays_in_force(store: MemoryStore) -> None:
    keep(store, ACME, score("r", measure="Fax"), score("g", measure="Product"))
    (row,) = sheet(store, LOOK).rows
    assert [each and each.level for each in row.cells] == ["green", None, None, None, None]
    assert (row.rolled.level, [each.measure for each in row.rolled.no_measure]) == ("red", ["Fax"])


def test_a_measure_is_the_same_in_capitals_and_of_two_the_newest_counts(store: MemoryStore) -> None:
    keep(store, ACME, score("r", -1, measure="SUPPORT"), score("g", -3, measure="support"))
    (row,) = sheet(store, LOOK).rows
    assert [each and each.level for each in row.cells] == [None, "red", None, None, None]
    assert row.rolled.no_measure == ()


def test_an_empty_desk_has_no_rows(store: MemoryStore) -> None:
    assert sheet(store, LOOK).rows == ()


class Counting:
    """A reader that notes how often it is asked."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.asked: list[str] = []

    def live(self, kind: type[Any]) -> Sequence[Any]:
        self.asked.append(kind.kind)
        return self._store.live(kind)

    def get(self, kind: type[Any], id: str) -> Any:
        raise AssertionError(f"{id} was read alone")

    def all(self, kind: type[Any]) -> Sequence[Any]:
        raise AssertionError(f"all {kind.kind} were read")

    def where(self, kind: type[Any], test: Callable[[Any], bool] | None = None, /, **equal: object) -> Sequence[Any]:
        raise AssertionError(f"{kind.kind} were searched")


def test_a_large_sheet_reads_each_kind_once_and_is_what_each_customer_alone_comes_to(store: MemoryStore) -> None:
    settings = replace(PLAIN, measures=tuple(Measure(name=f"M{n}", weight=n) for n in range(8)), roll_up="weighted")
    customers = [Customer(handle=f"c{n}", name=f"Customer {n}", revenue=n) for n in range(100)]
    scores = [
        score("gggor"[(n * 7 + m * 3) % 5], -((n * 11 + m * 17) % 90), customer=f"c{n}", measure=f"M{m}")
        for n in range(100)
        for m in range(8)
        if (n + m) % 9
    ]
    keep(store, *customers, *reversed(scores))
    reader, at = Counting(store), look(settings=settings)
    found = sheet(reader, at)
    assert sorted(reader.asked) == ["customers", "overrides", "scores"]
    assert len(reader.asked) == len(set(reader.asked))
    kept = store.live(Score)
    for row in found.rows:
        own = [each for each in kept if each.customer == row.customer.handle]
        assert sorted(cell.id for cell in row.cells if cell) == sorted(each.id for each in own)
        assert [cell.measure for cell in row.cells if cell] == sorted(each.measure for each in own)
        assert row.rolled == rolled([cell for cell in row.cells if cell], settings, at)


def judged(level: Literal["red", "orange", "green"], until: int, **more: Any) -> Override:
    return Override(title="They renewed", customer="acme", level=level, until=day(until), **more)


def test_an_override_stands_in_its_customers_row_beside_what_is_computed(store: MemoryStore) -> None:
    keep(store, ACME, GLOBEX, score("r"), score("r", customer="globex"), judged("green", 0))
    assert [(row.rolled.level, row.rolled.computed) for row in sheet(store, LOOK).rows] == [
        ("green", "red"),
        ("red", "red"),
    ]


def test_one_that_is_over_or_lifted_does_not(store: MemoryStore) -> None:
    keep(store, ACME, score("r"), judged("green", -1), judged("orange", 5, state="lifted", why="too early"))
    assert [(row.rolled.level, row.rolled.override) for row in sheet(store, LOOK).rows] == [("red", None)]


def test_of_several_the_newest_that_holds_counts(store: MemoryStore) -> None:
    keep(store, ACME, judged("red", 5), judged("green", 3), judged("orange", -1))
    assert [row.rolled.level for row in sheet(store, LOOK).rows] == ["green"]
