"""The wheel: everything that is needed at work, and nothing that is not."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import hatchling.build
import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in the wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        wheel = hatchling.build.build_wheel(str(folder))
    finally:
        os.chdir(here)
    return set(zipfile.ZipFile(folder / wheel).namelist())


def test_every_agenda_is_shipped(inside: set[str]) -> None:
    agendas = {f"opsdesk/shipped/{file.name}" for file in (ROOT / "agendas").glob("*.toml")}
    assert len(agendas) == 10
    assert agendas <= inside


def test_every_module_and_stylesheet_is_shipped(inside: set[str]) -> None:
    package = ROOT / "opsdesk"
    own = {str(file.relative_to(ROOT)) for kind in ("*.py", "*.tcss") for file in package.rglob(kind)}
    assert own <= inside


def test_nothing_else_is_shipped(inside: set[str]) -> None:
    own = ("opsdesk/", "opsdesk-")
    assert {name for name in inside if not name.startswith(own)} == set()
    assert not [name for name in inside if {"tests", "__pycache__"} & set(name.split("/")) or "/test_" in name]


def test_the_command_is_installed(inside: set[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in inside)
