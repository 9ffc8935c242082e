"""Writing, opening and searching at growing sizes, beside SQLite alone, an append and TinyDB's JSONStorage."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from statistics import median

from opsdesk.core.actions import Action
from opsdesk.store.sqlite import SqliteStore
from tests.bench import desks
from tests.bench.commands import opsdesk
from tests.bench.measure import NOW, ROOT, Screen, environment, interleaved, python, timed
from tests.bench.others import Appending, Bare, Plain
from tests.bench.table import Row, ms, ratio

SIZES = (1_000, 10_000, 100_000)
TURNED = 200  # commits after which a log is written over instead of being made longer
OWNER, WORDS = "bob", "case 7"
WRITE, JSON, OPEN_S, PEAK_MB, SEEN_S = 1.25, 1000.0, 0.7, 250.0, 1.0


def rows(home: Path, sizes: tuple[int, ...] = SIZES, repeats: int = 300) -> list[Row]:
    found = []
    for size in sizes:
        desk = home / f"store-{size}"
        desks.write(desk, size)
        largest = size == max(sizes)
        found += [*inside(desk, size, repeats, largest), *opening(desk, size, largest, min(repeats, 3))]
    return [*found, second(home / f"store-{sizes[0]}", home, max(repeats // 25, 1))]


def inside(desk: Path, size: int, repeats: int, largest: bool) -> list[Row]:
    """Written and searched in this process."""
    bare, double = Bare(desk, desk / "bare.db"), Bare(desk, desk / "double.db")
    plain = Plain(desk, desk / "plain.json")
    append = Appending(desk / "appended", bare.doc[4] + bare.entry[4])
    store = SqliteStore(desk)
    few = max(2, min(20_000 // size, repeats))
    with ExitStack() as stack:
        for each in (store, bare, double, append, plain):
            stack.enter_context(closing(each))
        template = store.all(Action)[-1]
        at = datetime.fromisoformat(NOW)

        def write() -> None:
            desks.add(store, "sue", at, [template])

        ours, once, apart, appended = interleaved(
            repeats,
            lambda: timed(write),
            lambda: timed(bare.at_once),
            lambda: timed(double.insert),
            lambda: timed(append.append),
            warm=min(repeats, TURNED),
        )
        (anew,) = interleaved(few, lambda: timed(plain.insert))
        searched, queried, scanned = interleaved(
            few,
            lambda: timed(lambda: store.where(Action, lambda action: WORDS in action.title, owner=OWNER)),
            lambda: timed(lambda: bare.search(OWNER, WORDS)),
            lambda: timed(lambda: plain.search(OWNER, WORDS)),
        )
    return [
        ratio(f"write at {size:,} records", ours, once, "the same two inserts in sqlite3", WRITE),
        ratio("", ours, apart, "the two made durable one by one"),
        ratio("", ours, appended, "append of the same bytes and fsync"),
        faster("", ours, anew, "TinyDB's JSONStorage", JSON if largest else None),
        ratio(f"search at {size:,} records", searched, queried, "json_extract in sqlite3"),
        faster("", searched, scanned, "TinyDB's JSONStorage"),
    ]


def opening(desk: Path, size: int, largest: bool, repeats: int) -> list[Row]:
    """Each time in a process of its own, from before the desk is opened until its records are there."""
    told: dict[str, list[list[float]]] = {"desk": [], "bare": [], "tinydb": []}
    paths = {"desk": desk, "bare": desk / "bare.db", "tinydb": desk / "plain.json"}
    for turn in range(repeats):
        for what in told if turn % 2 == 0 else reversed(told):
            told[what].append(opened(what, paths[what], desk))
    live, everything, peak = middle(told["desk"])
    _, floor, _ = middle(told["bare"])
    _, plain, _ = middle(told["tinydb"])
    return [
        Row(f"open {size:,} records, all of them", ms(everything), "", everything, "s", OPEN_S if largest else None),
        Row("", ms(everything), f"{ms(floor)}  sqlite3, every body decoded", everything / floor),
        faster("", everything, plain, "TinyDB's JSONStorage"),
        Row("", ms(live), "the live ones alone", live, "s"),
        Row("", f"{peak:.0f} MB", "its peak with all", peak, "MB", PEAK_MB if largest else None),
    ]


def opened(what: str, path: Path, home: Path) -> list[float]:
    argv = python("-m", "tests.bench.opening", what, str(path))
    told = subprocess.run(argv, env=environment(home), cwd=ROOT, capture_output=True, check=True)
    return [float(each) for each in told.stdout.split()[:3]]


def middle(told: list[list[float]]) -> tuple[float, ...]:
    return tuple(median(each) for each in zip(*told, strict=True))


def faster(what: str, ours: float, theirs: float, beside: str, goal: float | None = None) -> Row:
    return Row(what, ms(ours), f"{ms(theirs)}  {beside}", theirs / ours, "x faster", goal, at_least=True)


def second(desk: Path, home: Path, repeats: int) -> Row:
    """From a commit here until another desk's screen shows it: a promise due today stands high in its list."""
    due = datetime.fromisoformat(NOW).date()
    taken = []
    with (
        Screen([opsdesk(), "--desk", str(desk)], home) as screen,
        closing(SqliteStore(desk)) as store,
    ):
        screen.until(desks.MARKER)
        for turn in range(repeats):
            screen.quiet(0.1, 1.0)
            title = f"Turn{turn}"
            action = Action(title=title, owner="sue", customer="customer-1", due=due, promise=True)
            desks.add(store, "bob", datetime.fromisoformat(NOW), [action])
            taken.append(timed(lambda title=title: screen.until(title)))
    return Row("a change at a second desk", ms(max(taken)), f"the slowest of {repeats}", max(taken), "s", SEEN_S)
