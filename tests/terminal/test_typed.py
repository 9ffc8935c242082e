"""Nothing that was typed is lost: refused by a busy disk, left, overtaken by somebody else, or the desk itself left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.terminal import Terminal
from tests.terminal.desks import TYPING, opened, say, type_into

WAITING = "a key counts once none has come for a second"


def in_room(terminal: Terminal) -> None:
    terminal.wait("KEPT PROMISES")
    terminal.press("m")
    terminal.wait("▌ Burning issues")


def joined(terminal: Terminal) -> None:
    terminal.wait("#1 running since 16:30")
    terminal.press("5")
    terminal.wait("▌ Burning issues")


def overtaken(sue: Terminal, ana: Terminal) -> None:
    """Sue is about to keep her correction of a note; Ana has kept hers."""
    say(sue, "n", "The pool is back")
    ana.wait("The pool is back")
    for desk in (sue, ana):
        desk.press("end", "enter")
        desk.wait(TYPING)
    sue.type("since noon")
    sue.wait("The pool is back since noon")
    ana.type("up again")
    ana.press("enter")
    ana.wait("N-1 corrected")


def test_two_lines_refused_while_one_goes_on_typing_both_come_back(company: Path) -> None:
    with opened(company, size=(160, 36)) as sue:
        in_room(sue)
        with closing(sqlite3.connect(company / "desk.db", isolation_level=None)) as other:
            other.execute("begin exclusive")
            type_into(sue, "n", "First line")
            sue.press("enter")
            sue.type("second line")
            sue.press("enter")
            sue.type("third")
            sue.wait('Not kept: "First line" and 1 more', patience=25)
            sue.match(r"note +third\n")
            other.execute("rollback")
        for text, number in (("third", 1), ("First line", 2), ("second line", 3)):
            sue.match(rf"note +{text} *\n")
            sue.press("enter")
            sue.wait(f"N-{number} kept")
        sue.press("escape")
        sue.wait_gone(TYPING)
        assert "draft kept" not in sue.text


def test_a_sentence_that_is_being_typed_chooses_nothing_on_the_panel_and_drives_no_meeting(company: Path) -> None:
    with opened(company) as sue, opened(company, OPSDESK_USER="ana") as ana:
        in_room(sue)
        joined(ana)
        overtaken(sue, ana)
        sue.press("enter")
        sue.wait("N-1 was changed while you typed")
        sue.type("is that what both of them meant 0 1 + q ")
        sue.wait(WAITING)
        sue.wait_gone(WAITING)
        sue.wait("▌ Burning issues", "t theirs   m mine   b both")
        sue.press("m")
        sue.wait("N-1: yours is kept · z undoes")
        ana.wait("The pool is back since noon")
        sue.wait("▌ Burning issues")


def test_what_is_changed_once_more_while_it_is_looked_at_is_shown(company: Path) -> None:
    with opened(company) as sue, opened(company, OPSDESK_USER="ana") as ana:
        in_room(sue)
        joined(ana)
        overtaken(sue, ana)
        sue.press("enter")
        sue.wait("N-1 was changed while you typed", "The pool is back up again")
        ana.press("enter")
        ana.wait(TYPING)
        ana.type("today")
        ana.press("enter")
        sue.wait("N-1: Ana Lima has changed it once more", "The pool is back up again today")
        sue.wait_gone(WAITING)
        sue.press("b")
        sue.wait("N-1: both are kept · z undoes")
        ana.wait("The pool is back up again today / The pool is back since noon")


def test_drafts_of_each_record_are_there_after_esc_and_when_the_desk_is_opened_again(company: Path) -> None:
    with opened(company) as sue:
        in_room(sue)
        say(sue, "n", "The pool is back")
        sue.press("end", "enter")
        sue.wait(TYPING)
        sue.type("since noon")
        sue.wait("The pool is back since noon")
        sue.press("escape")
        sue.wait("draft kept   The pool is back since noon")
        type_into(sue, "n", "Half a thought")
        sue.press("ctrl+q")
        assert sue.wait_exit() == 0
        sue.wait('Kept as a draft for next time: note "Half a thought"')
    with opened(company) as sue:
        sue.wait("▌ Burning issues", "draft kept   Half a thought")
        sue.press("n")
        sue.match(r"note +Half a thought\n")
        sue.press("enter")
        sue.wait("N-2 kept")
        sue.press("escape", "home")
        sue.wait("draft kept   The pool is back since noon")
        sue.press("n", "up")
        sue.wait(TYPING)
        sue.match(r"The pool is back since noon *\n")
