"""`opsdesk keys`: the sheet of keys, from the table the screen is bound to."""

from __future__ import annotations

import json

from opsdesk.ui.commands import COMMANDS
from tests.cli.conftest import Run


def test_every_key_stands_in_the_sheet_with_its_help(opsdesk: Run) -> None:
    lines = opsdesk("keys").stdout.splitlines()
    for command in COMMANDS:
        if command.shown:
            keys = command.shown.split()
            assert any(line.split()[: len(keys)] == keys and command.help in line for line in lines), command.id


def test_the_sheet_has_a_part_for_each_place(opsdesk: Run) -> None:
    told = opsdesk("keys").stdout
    heads = [line for line in told.splitlines() if line and not line.startswith(" ")]
    assert heads[:3] == ["Everywhere", "Today", "Room"]
    assert heads[-1] == "Commands without a key of their own are in the palette: ctrl+p."


def test_json_holds_every_command(opsdesk: Run) -> None:
    assert [each["id"] for each in json.loads(opsdesk("keys", "--json").stdout)] == [c.id for c in COMMANDS]
