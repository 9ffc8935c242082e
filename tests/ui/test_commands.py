"""The command table: one letter has one meaning, every command can be run, every reason is said."""

from __future__ import annotations

import subprocess
import sys

import pytest

from opsdesk.ui.commands import BY_ID, COMMANDS, OVERLAYS, Situation, footer, for_screen, why_not
from opsdesk.ui.screens.gate import Gate
from opsdesk.ui.screens.minutes import MinutesPage
from opsdesk.ui.screens.room import Room
from opsdesk.ui.screens.scores import Scores
from opsdesk.ui.screens.today import Today

SCREENS = {
    "room": Room,
    "walk": Room,
    "scan": Room,
    "gate": Gate,
    "minutes": MinutesPage,
    "today": Today,
    "scores": Scores,
}
LEVELS = ("set_red", "set_orange", "set_green", "set_unknown")  # on the score sheet r o g u are levels


@pytest.mark.parametrize("name", SCREENS)
def test_a_key_runs_one_command_on_a_screen(name: str) -> None:
    keys = [(key, c.typing) for c in for_screen(name) for key in c.keys]
    assert len({key for key, typing in keys if not typing}) == len([1 for _, typing in keys if not typing])


def test_a_letter_means_the_same_on_every_screen() -> None:
    meanings: dict[str, set[str]] = {}
    for command in (each for each in COMMANDS if each.where[0] not in OVERLAYS and each.id not in LEVELS):
        for key in command.keys:
            if len(key) == 1 and key.islower():
                meanings.setdefault(key, set()).add(command.label)
    assert {key: words for key, words in meanings.items() if len(words) > 1} == {}


@pytest.mark.parametrize("name", OVERLAYS)
def test_what_lies_over_a_screen_has_its_own_letters_and_nobody_else_s(name: str) -> None:
    keys = [key for c in for_screen(name) for key in c.keys]
    assert len(keys) == len(set(keys))
    assert all(c.where == (name,) and why_not(c, Situation(screen="room")) for c in for_screen(name))
    assert not [c for c in for_screen("room") if name in c.where]


def test_the_first_steps_have_no_letter_but_the_one_that_leaves() -> None:
    letters = {key for c in for_screen("welcome") for key in c.keys if len(key) == 1 and not c.typing}
    assert letters == {"q", "Q"}
    assert not {"action", "find", "undo", "today", "curtain"} & {c.id for c in for_screen("welcome")}


def test_moving_letters_only_move() -> None:
    assert not {key for c in COMMANDS for key in c.keys} & set("hjklHJKL")


@pytest.mark.parametrize("name", SCREENS)
def test_every_command_of_a_screen_has_somebody_who_runs_it(name: str) -> None:
    from opsdesk.ui.app import OpsDesk

    for command in for_screen(name):
        method = f"do_{command.id.removesuffix('_typing').replace('-', '_')}"
        assert hasattr(SCREENS[name], method) or hasattr(OpsDesk, method), method


def test_a_capital_equals_its_small_letter() -> None:
    for command in COMMANDS:
        letters = {key for key in command.keys if len(key) == 1 and key.isalpha()}
        assert letters == {key.swapcase() for key in letters}, command.id


def test_ids_are_unique_and_explained() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert all(command.help.endswith(".") and command.label for command in COMMANDS)


def test_a_command_that_cannot_run_says_why() -> None:
    assert why_not(BY_ID["undo"], Situation(screen="room")) == "nothing to undo"
    assert why_not(BY_ID["undo"], Situation(screen="room", undo="A-1")) == ""
    assert why_not(BY_ID["more"], Situation(screen="room", running=True, last_five=True)).startswith("last 5 minutes")


def test_the_footer_shows_at_most_six_that_can_run_now() -> None:
    keys = footer(Situation(screen="room", running=True, undo="A-113"))
    assert [word for _, _, word in keys] == ["next", "action", "decision", "note", "undo A-113", "keys"]
    assert "undo" not in [id for id, _, _ in footer(Situation(screen="room", running=True))]


def test_the_table_is_read_without_textual() -> None:
    code = "import sys, opsdesk.ui.commands; print('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
