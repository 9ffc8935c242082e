"""A register of N open records on the screen: opening it, and each key until its new frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from opsdesk.core.record import Record
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.store.sqlite import SqliteStore
from tests.bench import desks
from tests.bench.commands import opsdesk
from tests.bench.measure import NOW, Screen, interleaved, python
from tests.bench.table import Row, ms, ratio

SIZES = (100, 10_000)
SIZE = (140, 36)  # columns and lines
MOVE_MS, LOOK_MS = 10.0, 50.0
SILENCE = 0.15  # seconds: an empty frame, or an echo of the key, is no answer
STILL = 0.06  # seconds: more than lie between two frames of one answer; the blinking of a cursor is none
DOWN, CTRL_P, ENTER, BACKSPACE = b"\x1b[B", b"\x10", b"\r", b"\x7f"
TITLES = ("Single sign-on", "Bulk export", "Audit log", "Invoice layout", "Mobile app")


def write(folder: Path, records: int) -> None:
    """People, customers and so many deliveries, all of them open."""
    store = SqliteStore(folder)
    try:
        at = datetime.fromisoformat(NOW) - timedelta(days=60)
        everything: list[Record] = [*desks.people(), *desks.customers(), *deliveries(records, at)]
        for first in range(0, len(everything), desks.TOGETHER):
            desks.add(store, "tom", at, everything[first : first + desks.TOGETHER])
    finally:
        store.close()


def deliveries(count: int, at: datetime) -> Iterator[Delivery]:
    for n in range(count):
        customer = desks.CUSTOMERS[n % len(desks.CUSTOMERS)]
        yield Delivery(
            title=f"{TITLES[n % len(TITLES)]}, part {n}",
            customer=customer,
            owner=desks.PEOPLE[n % len(desks.PEOPLE)],
            promised=at.date() + timedelta(days=n % 120),
            created=at,
            created_by="tom",
        )


def rows(home: Path, sizes: tuple[int, int] = SIZES, repeats: int = 25) -> list[Row]:
    folders = [home / f"registers-{size}" for size in sizes]
    for folder, size in zip(folders, sizes, strict=True):
        write(folder, size)
    few, many = interleaved(max(2, repeats // 5), *(partial(opening, folder, home) for folder in folders), warm=1)
    found = [ratio(f"open a register of {sizes[1]:,}", many, few, f"one of {sizes[0]:,}", 1.3)]
    with ExitStack() as stack:
        screen = stack.enter_context(ready(folders[1], home))
        screen.answer(ENTER)
        screen.quiet(1.0)
        bare = stack.enter_context(Screen(python("-m", "tests.bench.bare"), home, SIZE))
        bare.until("Marker")
        for what, work, goal in keys(screen):
            floor, taken = interleaved(repeats, partial(bare.answer, DOWN, STILL), work, warm=3)
            beside = f"{ms(floor)}  a key in a trivial app"
            found.append(Row(f"{what}, {sizes[1]:,} records", ms(taken), beside, taken * 1000, "ms", goal))
    return found


def ready(folder: Path, home: Path) -> Screen:
    """A desk whose palette stands on the register: Enter opens it."""
    screen = Screen([opsdesk(), "--desk", str(folder)], home, SIZE)
    screen.until("CARRIED")
    screen.quiet()
    screen.answer(CTRL_P)
    for letter in "deliveries":
        screen.answer(letter.encode())
    screen.quiet()
    return screen


def opening(folder: Path, home: Path) -> float:
    """Seconds from Enter to the last byte of the first frame."""
    with ready(folder, home) as screen:
        return screen.answer(ENTER, SILENCE)


def keys(screen: Screen) -> Iterator[tuple[str, Callable[[], float], float]]:
    yield "a line down", partial(screen.answer, DOWN, STILL), MOVE_MS
    yield "another order", partial(screen.answer, b",", STILL), LOOK_MS
    screen.answer(b"/")
    for letter in b"customer-1":
        screen.answer(bytes([letter]))
    yield "narrow by one letter more and one less", partial(one_more, screen), LOOK_MS


def one_more(screen: Screen) -> float:
    """Seconds a key, of a letter and of its being taken back."""
    return (screen.answer(b"7", STILL) + screen.answer(BACKSPACE, STILL)) / 2
