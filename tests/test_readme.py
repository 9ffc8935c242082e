"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opsdesk.agendas import check
from opsdesk.cli.group import VERBS
from tests.pictures import README, ROOT, between, key_table, verb_table

TEXT = README.read_text(encoding="utf-8")


def test_the_key_table_is_that_of_the_screen() -> None:
    assert between("keys", TEXT) == key_table(), "make screens writes it again"


def test_the_verb_table_is_that_of_the_command_line() -> None:
    assert between("verbs", TEXT) == verb_table(), "make screens writes it again"
    assert all(f"`opsdesk {verb}" in verb_table() for verb in VERBS)


def test_the_agenda_shown_is_a_good_one(tmp_path: Path) -> None:
    shown = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert shown is not None
    file = tmp_path / "renewals.toml"
    file.write_text(shown[1], encoding="utf-8")
    assert check(file) == ()


@pytest.mark.parametrize("place", re.findall(r"\]\(([^)#:]+)\)", TEXT))
def test_every_file_it_points_to_is_there(place: str) -> None:
    assert (ROOT / place).is_file()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", TEXT)) - {"it", "them"}))
def test_every_target_it_names_is_in_the_makefile(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
