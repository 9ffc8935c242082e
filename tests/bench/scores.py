"""The score sheet of N customers and 8 measures on the screen: opening it, and each key until its new frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from opsdesk.config import write_settings
from opsdesk.core.customers import Customer
from opsdesk.core.record import Record
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import MEASURES, Measure, Settings
from opsdesk.store.sqlite import SqliteStore
from tests.bench import desks
from tests.bench.commands import opsdesk
from tests.bench.measure import NOW, Screen, interleaved, python
from tests.bench.table import Row, ms, ratio

SIZES = (20, 2_000)
SIZE = (140, 36)  # columns and lines
MOVE_MS, LOOK_MS = 10.0, 50.0
SILENCE = 0.1  # seconds: an empty frame, or an echo of the key, is no answer; what is read beside it comes later
STILL = 0.06  # seconds: more than lie between two frames of one answer
LATER = 1.2  # seconds: more than pass until what is read beside the sheet stands on it
DOWN, RIGHT, LEFT, BACKSPACE = b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x7f"
SETTINGS = Settings(
    time_zone="UTC", measures=(*MEASURES, *(Measure(name=name) for name in ("Security", "Training", "Billing")))
)
LEVELS: tuple[Level, ...] = ("green", "green", "green", "green", "green", "orange", "red")


def write(folder: Path, customers: int) -> None:
    """So many customers, of each measure what it says now and what it said before."""
    store = SqliteStore(folder)
    try:
        write_settings(folder, SETTINGS)
        at = datetime.fromisoformat(NOW) - timedelta(days=90)
        everything: list[Record] = [*desks.people(), *accounts(customers), *scores(customers)]
        for first in range(0, len(everything), desks.TOGETHER):
            desks.add(store, "tom", at, everything[first : first + desks.TOGETHER])
    finally:
        store.close()


def accounts(count: int) -> Iterator[Customer]:
    for n in range(count):
        yield Customer(handle=f"customer-{n}", name=f"Customer {n}", owner="sue", revenue=1000 + n * 37 % 991)


def scores(customers: int) -> Iterator[Score]:
    now = datetime.fromisoformat(NOW)
    for n in range(customers):
        for m, measure in enumerate(SETTINGS.measures):
            before, since = now - timedelta(days=40 + n * 11 % 40), now - timedelta(days=(n * 7 + m * 3) % 30)
            level, was = LEVELS[(n * 5 + m * 3) % 7], LEVELS[(n + m) % 7]
            said = {"customer": f"customer-{n}", "measure": measure.name, "by": "sue", "comment": "what they told us"}
            yield Score(**said, level=was, at=before, since=before, superseded=True)
            yield Score(**said, level=level, was=was, at=since, since=since, owner=desks.PEOPLE[n % 9])


def rows(home: Path, sizes: tuple[int, int] = SIZES, repeats: int = 25) -> list[Row]:
    folders = [home / f"scores-{size}" for size in sizes]
    for folder, size in zip(folders, sizes, strict=True):
        write(folder, size)
    openings = [partial(opening, folder, home, silence) for silence in (SILENCE, LATER) for folder in folders]
    few, many, few_whole, whole = interleaved(max(2, repeats // 5), *openings, warm=1)
    found = [
        ratio(f"open a score sheet of {sizes[1]:,} × {len(SETTINGS.measures)}", many, few, f"of {sizes[0]:,}", 1.3),
        ratio("with the weeks and reviews behind it", whole, few_whole, f"of {sizes[0]:,}"),
    ]
    with ExitStack() as stack:
        screen = stack.enter_context(ready(folders[1], home))
        screen.answer(b"2")
        screen.quiet(1.5)
        bare = stack.enter_context(Screen(python("-m", "tests.bench.bare"), home, SIZE))
        bare.until("Marker")
        for what, work, goal in keys(screen):
            floor, taken = interleaved(repeats, partial(bare.answer, DOWN, STILL), work, warm=3)
            beside = f"{ms(floor)}  a key in a trivial app"
            found.append(Row(f"{what}, {sizes[1]:,} customers", ms(taken), beside, taken * 1000, "ms", goal))
    return found


def ready(folder: Path, home: Path) -> Screen:
    """A desk on Today, read and drawn: one key opens the sheet."""
    screen = Screen([opsdesk(), "--desk", str(folder)], home, SIZE)
    screen.until("CARRIED")
    screen.quiet()
    return screen


def opening(folder: Path, home: Path, silence: float) -> float:
    """Seconds from the key to the last byte of the sheet's frame, or of all that follows it sooner than `silence`."""
    with ready(folder, home) as screen:
        return screen.answer(b"2", silence)


def keys(screen: Screen) -> Iterator[tuple[str, Callable[[], float], float]]:
    yield "a line down", partial(screen.answer, DOWN, STILL), MOVE_MS
    yield "a cell right and one left", partial(there_and_back, screen, RIGHT, LEFT), MOVE_MS
    yield "another order", partial(screen.answer, b",", STILL), LOOK_MS
    screen.answer(b"/")
    for letter in b"customer 1":
        screen.answer(bytes([letter]))
    yield "narrow by one letter more and one less", partial(there_and_back, screen, b"7", BACKSPACE), LOOK_MS


def there_and_back(screen: Screen, key: bytes, back: bytes) -> float:
    """Seconds a key."""
    return (screen.answer(key, STILL) + screen.answer(back, STILL)) / 2
