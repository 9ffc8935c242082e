"""`opsdesk customer`: one page, by any part of the name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, Run


@pytest.mark.parametrize("typed", ["glo", "#globex", "Globex", "C-1", "LOBE"])
def test_any_part_of_the_name_is_enough(opsdesk: Run, typed: str) -> None:
    told = opsdesk("customer", typed)
    assert told.exit_code == 0
    first, second = told.stdout.splitlines()[:2]
    assert first.startswith("Globex ")
    assert first.endswith("▲ R red, 20 % known")
    assert second == "#globex · owner Sue Park · 365,000 a year"
    assert "promised for Fri 27 Nov" in told.stdout


def test_what_could_be_several_names_them(opsdesk: Run) -> None:
    opsdesk("add", "Try out #globality", "--new")
    told = opsdesk("customer", "o")
    assert told.exit_code == 1
    assert "Globex (#globex)" in told.stderr
    assert "[EMEA] 日本物流 (#nippon)" in told.stderr
    assert "Type more of it, or its handle." in told.stderr
    assert opsdesk("customer", "").exit_code == 1


def test_what_nobody_is_called_says_where_to_look(opsdesk: Run) -> None:
    told = opsdesk("customer", HOSTILE)
    assert told.exit_code == 1
    assert "opsdesk list customers" in told.stderr
    assert "\x1b" not in told.stderr


def test_markdown_and_json(opsdesk: Run) -> None:
    assert opsdesk("customer", "nippon", "--format", "md").stdout.startswith("# \\[EMEA\\] 日本物流")
    whole = json.loads(opsdesk("customer", "nippon", "--format", "json").stdout)
    assert (whole["handle"], whole["onboarding"]) == ("nippon", True)
    assert [part["name"] for part in whole["parts"]][:2] == ["now", "flags"]
    assert opsdesk("customer", "nippon", "--json").stdout == opsdesk("customer", "nippon", "--format", "json").stdout
    assert opsdesk("customer", "nippon", "--json", "--format", "md").exit_code == 2


def test_into_a_file_and_over_none(opsdesk: Run, tmp_path: Path) -> None:
    file = tmp_path / "globex.txt"
    assert opsdesk("customer", "glo", "-o", str(file)).exit_code == 0
    assert file.read_text().startswith("Globex ")
    assert opsdesk("customer", "glo", "-o", str(file)).exit_code == 1
    assert opsdesk("customer", "glo", "-o", str(file), "--force").exit_code == 0
