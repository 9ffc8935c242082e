"""`.ci/setup.py`: one sentence where this machine lacks something, and exact pins."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def setup() -> ModuleType:
    place = importlib.util.spec_from_file_location("setup_script", ROOT / ".ci" / "setup.py")
    assert place is not None
    assert place.loader is not None
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


def test_an_old_python_is_told_what_is_needed(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "OLDEST", (99, 0))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed.*Debian 12"):
        setup.main()


def test_a_missing_ensurepip_names_the_debian_package(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ensurepip", None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        setup.main()


def test_an_environment_is_made_once(setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[str] = []
    monkeypatch.setattr(setup, "VENV", str(tmp_path))
    monkeypatch.setattr(setup, "works", lambda: True)
    monkeypatch.setattr(setup, "pip", lambda *argv: made.append(argv[-1]))
    setup.main("dev")
    setup.main("dev")
    setup.main()
    assert made == ["editables", ".[dev]"]


def test_a_broken_environment_is_made_again(setup: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands: list[str] = []
    monkeypatch.setattr(setup, "VENV", str(tmp_path))
    monkeypatch.setattr(setup, "PYTHON", str(tmp_path / "bin" / "python"))
    monkeypatch.setattr(setup, "run", lambda *argv: commands.append(" ".join(argv)) or 0)
    (tmp_path / "made-for-dev").write_text(setup.wanted())
    setup.main("dev")
    assert "venv --clear" in commands[0]


def test_every_pin_is_exact_and_names_no_place() -> None:
    pins = (ROOT / "constraints.txt").read_text().splitlines()
    assert pins == sorted(pins, key=str.lower)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", pin) for pin in pins)
