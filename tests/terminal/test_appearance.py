"""What a terminal may be: of any size, without colours, with few of them, in another theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsdesk.ui.theme import PALETTES
from tests.terminal import Terminal
from tests.terminal.desks import DAILY, SECTIONS, opened

TRUE_COLOUR = re.compile(rb"[34]8;2;(\d+);(\d+);(\d+)")
OVER = "2026-11-23T16:37:00Z"
SIZES = [(80, 24), (120, 36), (200, 50)]


def meet(terminal: Terminal) -> None:
    """From Today into the daily's room."""
    terminal.wait("KEPT PROMISES" if terminal.screen.columns >= 100 else "BURNS")
    terminal.press("m")
    terminal.wait("▌ Burning issues")


def begin(folder: Path) -> None:
    """A daily that is in its second section, and a desk that was left."""
    with opened(folder) as terminal:
        meet(terminal)
        terminal.press("space")
        terminal.wait("▌ Service outages")
        terminal.press("ctrl+q")
        terminal.wait_exit()


@pytest.mark.parametrize("size", SIZES)
def test_today_and_the_room_fit_into_every_size(demo: Path, size: tuple[int, int]) -> None:
    with opened(demo, size=size) as terminal:
        terminal.wait("PROMISED FOR TODAY")
        terminal.wait("enter open   m meet   o outage")
        meet(terminal)
        terminal.wait(f"{DAILY}  #", *SECTIONS, "██████", "▲ R", "space next   o outage   a action")


def test_a_terminal_made_small_and_large_again_keeps_its_place(demo: Path) -> None:
    with opened(demo) as terminal:
        meet(terminal)
        terminal.resize(40, 10)
        terminal.wait_gone("Staffing")
        terminal.press("space")
        terminal.wait("Service outages   ", "I-13")
        terminal.resize(120, 36)
        terminal.wait("▌ Service outages")
        terminal.wait("Staffing")
        terminal.press("q")
        terminal.wait("KEPT PROMISES")
        terminal.resize(40, 10)
        terminal.wait_gone("KEPT PROMISES")
        terminal.resize(200, 50)
        terminal.wait("KEPT PROMISES")


def test_without_colours_every_state_is_told_by_its_shape(demo: Path) -> None:
    begin(demo)
    with opened(demo, now=OVER, NO_COLOR="1") as terminal:
        terminal.wait("· Burning issues")
        terminal.match(r"▌ Service outages +7/4")
        terminal.press("pageup")
        terminal.wait("▲ R")
        terminal.press("a")
        terminal.wait("action  what  @who")
        assert all(red == green == blue for red, green, blue in TRUE_COLOUR.findall(bytes(terminal.raw)))


def test_the_clock_counts_up_past_its_time(company: Path) -> None:
    begin(company)
    with opened(company, now=OVER) as terminal:
        terminal.wait("▌ Service outages")
        terminal.press(".")
        terminal.wait_gone("AGENDA")
        terminal.wait("Service outages", "█")
        in_the_middle(terminal)
        terminal.wait_until(lambda: terminal.colour("█") == as_pyte(PALETTES["dark"].red), "the clock is not red")


def in_the_middle(terminal: Terminal) -> None:
    """The line under the clock, as far from the left edge as from the right one."""
    bar = terminal.match(r"\n( +)([▔━]+)")
    right = terminal.screen.columns - len(bar[1]) - len(bar[2])
    assert abs(len(bar[1]) - right) <= 1


def test_sixteen_colours_are_enough(demo: Path) -> None:
    with opened(demo, TERM="xterm", COLORTERM="") as terminal:
        meet(terminal)
        terminal.wait("▲ R")
        assert not TRUE_COLOUR.findall(bytes(terminal.raw))
        assert b"38;5;" not in terminal.raw
        assert terminal.colour("▲ R") == "brightred"


def test_a_theme_chosen_from_the_palette_is_there_at_the_next_start(company: Path) -> None:
    light = PALETTES["light"]
    with opened(company) as terminal:
        terminal.wait("KEPT PROMISES")
        terminal.press("ctrl+p")
        terminal.wait("what do you want to do?")
        terminal.type("theme: light")
        terminal.wait("Light screen.")
        terminal.press("enter")
        terminal.wait("KEPT PROMISES")
        terminal.wait_until(lambda: terminal.colour("Northwind Systems") == as_pyte(light.bright), "not light")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    with opened(company) as terminal:
        assert terminal.colour("Northwind Systems") == as_pyte(light.bright)
        assert terminal.colour("KEPT PROMISES") == as_pyte(light.dim)


def as_pyte(colour: str) -> str:
    return colour.lstrip("#").lower()
