"""Every test: no file, variable or setting of the person who runs it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from opsdesk.core import registers
from tests.vendors import VENDORS

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

PERSONAL = ("NO_COLOR", "COLUMNS", "LINES", "EDITOR", "VISUAL", "TEXTUAL", "TEXTUAL_THEME")
USED = "_hypothesis_internal_use_settings"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", type=int, default=1, metavar="TIMES", help="Try so many times more examples.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Property tests name their number of examples; a soak multiplies it, and no profile could."""
    times = config.getoption("--soak")
    tests = {getattr(item, "obj", None) for item in items} if times > 1 else set()
    for test in tests:
        usual = getattr(test, USED, None)
        if usual is not None:
            setattr(test, USED, settings(usual, max_examples=usual.max_examples * times))


@pytest.fixture(scope="session", autouse=True)
def nobody() -> Iterator[None]:
    """A home of its own, one time zone, and no OPSDESK_ or XDG_ variable."""
    kept = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="opsdesk-home-") as home:
        for name in list(os.environ):
            if name in PERSONAL or name.startswith(("OPSDESK_", "XDG_")):
                del os.environ[name]
        os.environ.update(HOME=home, TZ="UTC", LANG="C.UTF-8")
        yield
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture
def vendors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One more register: one file, and nothing else."""
    place = tmp_path / "more"
    place.mkdir()
    (place / "vendors.py").write_text(VENDORS)
    monkeypatch.setattr(registers, "__path__", [*registers.__path__, str(place)])
    yield
    sys.modules.pop("opsdesk.core.registers.vendors", None)
