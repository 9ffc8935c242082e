"""The house as a check: who may know whom, what starts quickly, and where no clock ticks."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "opsdesk"
PURE = ("core", "insight", "boards", "minutes")
WALL_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
SLOW_TO_IMPORT = ("textual", "rich", "dateutil")


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """The import contracts of pyproject.toml, checked on the package in `folder`."""
    check = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", check], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "opsdesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_contract_is_kept() -> None:
    told = contracts(ROOT)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    ("room", "planted", "contract"),
    [
        ("core", "import opsdesk.desk", "floors"),
        ("boards", "import opsdesk.minutes", "floors"),
        ("minutes", "import opsdesk.insight", "know only core"),
        ("ui", "import opsdesk.store", "the screen never meets"),
        ("demo", "import opsdesk.store", "the demo company"),
        ("desk", "import textual", "Textual only in ui"),
        ("ui", "import sqlite3", "engines only in store"),
        ("store", "import rich", "Rich only in"),
    ],
)
def test_a_wrong_import_breaks_its_contract(copy: Path, room: str, planted: str, contract: str) -> None:
    (copy / "opsdesk" / room / "planted.py").write_text(planted + "\n")
    told = contracts(copy)
    assert told.returncode != 0
    assert any(contract in line and "BROKEN" in line for line in told.stdout.splitlines()), told.stdout


def test_a_new_room_has_to_be_given_its_floor(copy: Path) -> None:
    (copy / "opsdesk" / "attic.py").touch()
    told = contracts(copy)
    assert told.returncode != 0
    assert "attic" in told.stdout


def imported_by(tmp_path: Path, *argv: str) -> set[str]:
    """The packages in memory when the command line has done what `argv` says."""
    script = """
import sys
from opsdesk.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print("loaded:", *{name.partition(".")[0] for name in sys.modules})
"""
    told = subprocess.run(
        [sys.executable, "-c", script, "--desk", str(tmp_path / "desk"), *argv],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return set(told.stdout.splitlines()[-1].removeprefix("loaded: ").split())


@pytest.mark.parametrize("argv", [("add", "Call back with the workaround fri"), ("list", "actions"), ("done", "A-1")])
def test_a_verb_loads_nothing_that_is_slow(tmp_path: Path, argv: tuple[str, ...]) -> None:
    if argv[0] != "add":
        imported_by(tmp_path, "add", "Call back")
    loaded = imported_by(tmp_path, *argv)
    assert "tinydb" in loaded
    assert not loaded.intersection(SLOW_TO_IMPORT)


def calls(file: Path) -> set[tuple[str, str]]:
    """Every `a.b` that is spoken of in the file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_are_told_the_time(room: str) -> None:
    asking = {str(file.relative_to(ROOT)): calls(file) & WALL_CLOCK for file in (PACKAGE / room).rglob("*.py")}
    assert not {file: found for file, found in asking.items() if found}
