"""Every test: no file, variable or setting of the person who runs it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", parent=settings.get_profile("default"), max_examples=10_000)
settings.load_profile("default")

PERSONAL = ("NO_COLOR", "COLUMNS", "LINES", "EDITOR", "VISUAL", "TEXTUAL", "TEXTUAL_THEME")


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
