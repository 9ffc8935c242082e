"""Desks that are made once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.terminal.desks import small_company, verb


@pytest.fixture(scope="session")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "desk"
    verb(folder, "demo", "--no-screen")
    return folder


@pytest.fixture(scope="session")
def _company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company") / "desk"
    small_company(folder)
    return folder


@pytest.fixture
def demo(_demo: Path, tmp_path: Path) -> Path:
    """The folder of a demo desk, made for the instant tests open it at."""
    return Path(shutil.copytree(_demo, tmp_path / "desk"))


@pytest.fixture
def company(_company: Path, tmp_path: Path) -> Path:
    """The folder of a small company's desk."""
    return Path(shutil.copytree(_company, tmp_path / "desk"))
