"""The benchmarks run and say what they promise, at tiny sizes; how fast it was is not asked here."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.bench import arrows, capture, commands, desks, measure, paint, registers, scores, store, ticking
from tests.bench.measure import interleaved
from tests.bench.table import Row, table


def names(rows: list[Row]) -> list[str]:
    assert all(row.found > 0 or row.goal is None for row in rows)
    return [row.what for row in rows]


def test_the_table_marks_what_is_over_its_goal() -> None:
    rows = [Row("a", "1 ms", "2 ms", 0.5, goal=1.3), Row("b", "3 ms", "2 ms", 1.5, goal=1.3), Row("c", "", "", 9.0)]
    assert table(rows) == (
        "   OpsDesk  beside it   found       goal\n"
        "a     1 ms  2 ms       0.50 x  <= 1.30 x  ok\n"
        "b     3 ms  2 ms       1.50 x  <= 1.30 x  over\n"
        "c                      9.00 x"
    )


def test_some_goals_are_to_be_reached_and_not_kept_under() -> None:
    rows = [
        Row("a", "", "", 1953.2, "x faster", goal=1000, at_least=True),
        Row("b", "", "", 9.0, goal=10, at_least=True),
    ]
    assert [line.split()[-1] for line in table(rows).splitlines()[1:]] == ["ok", "under"]
    assert "1,953.20 x faster  >= 1,000.00 x faster" in table(rows)


def test_works_are_done_in_turn_and_their_medians_told() -> None:
    order: list[str] = []

    def work(name: str, *taken: float) -> float:
        order.append(name)
        return taken[order.count(name) - 1]

    medians = interleaved(3, lambda: work("a", 9, 1, 2, 3), lambda: work("b", 9, 6, 5, 4))
    assert medians == [2, 5]
    assert "".join(order) == "ab" + "ab" + "ba" + "ab"


def test_first_paint(tmp_path: Path) -> None:
    assert names(paint.rows(tmp_path, sizes=(40, 60), repeats=1)) == [
        "first paint, 40 records",
        "first paint, 60 records",
    ]


def test_a_ticking_room(tmp_path: Path) -> None:
    assert names(ticking.rows(tmp_path, records=40, seconds=0.5)) == ["a ticking Room"]


def test_add_as_a_process(tmp_path: Path) -> None:
    assert names(commands.rows(tmp_path, records=40, repeats=1))[0] == "opsdesk add, the whole process"


def test_capture(tmp_path: Path) -> None:
    found = names(capture.rows(tmp_path, sizes=(40, 60), repeats=2))
    assert found == ["capture, Enter to durable", "capture, Enter to durable", "capture at 60 records"]


def test_the_store_beside_others(tmp_path: Path) -> None:
    found = names(store.rows(tmp_path, sizes=(40, 60), repeats=2))
    assert [what for what in found if what] == [
        "write at 40 records",
        "search at 40 records",
        "open 40 records, all of them",
        "write at 60 records",
        "search at 60 records",
        "open 60 records, all of them",
        "a change at a second desk",
    ]


def test_a_process_that_opens_a_desk_says_what_it_read(tmp_path: Path) -> None:
    desks.write(tmp_path / "desk", 40)
    argv = measure.python("-m", "tests.bench.opening", "desk", str(tmp_path / "desk"))
    told = subprocess.run(argv, capture_output=True, check=True, cwd=measure.ROOT, env=measure.environment(tmp_path))
    live, everything, peak, some, all_of_them = (float(each) for each in told.stdout.split())
    assert 0 < live < everything
    assert peak > 1
    assert (some, all_of_them) == (33, 40)


def test_registers(tmp_path: Path) -> None:
    assert names(registers.rows(tmp_path, sizes=(40, 60), repeats=2)) == [
        "open a register of 60",
        "a line down, 60 records",
        "another order, 60 records",
        "narrow by one letter more and one less, 60 records",
    ]


def test_scores(tmp_path: Path) -> None:
    assert names(scores.rows(tmp_path, sizes=(5, 20), repeats=2)) == [
        "open a score sheet of 20 × 8",
        "with the weeks and reviews behind it",
        "a line down, 20 customers",
        "a cell right and one left, 20 customers",
        "another order, 20 customers",
        "narrow by one letter more and one less, 20 customers",
    ]


def test_arrows(tmp_path: Path) -> None:
    assert names(arrows.rows(tmp_path, lengths=(20,), repeats=2)) == ["arrow key to frame, 20 lines"]
