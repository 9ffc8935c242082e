"""`opsdesk find`: a record by any part of it."""

from __future__ import annotations

import json

from tests.cli.conftest import HOSTILE, Run


def test_records_are_found_by_any_part_of_them(opsdesk: Run) -> None:
    opsdesk("add", "--kind", "incident", f"Workaround lost {HOSTILE} #globex")
    opsdesk("add", "--kind", "absence", "@tom away fri")
    told = opsdesk("find", "workaround").stdout.splitlines()
    assert told[0].split() == ["Id", "Text", "About"]
    assert [line.split()[0] for line in told[1:]] == ["A-1", "I-1"]
    assert "\x1b" not in "".join(told)
    assert [line.split()[0] for line in opsdesk("find", "call", "globex").stdout.splitlines()[1:]] == ["A-1"]
    assert "Tom Reyes away" in opsdesk("find", "absence").stdout


def test_what_is_found_as_json(opsdesk: Run) -> None:
    (found,) = json.loads(opsdesk("find", "call back", "--json").stdout)
    about = "ready @sue #globex"
    assert found == {"id": "A-1", "kind": "actions", "text": "Call back with the workaround", "about": about}
    assert json.loads(opsdesk("find", "nothing-like-it", "--json").stdout) == []


def test_nothing_found_says_what_to_do(opsdesk: Run) -> None:
    told = opsdesk("find", "nothing-like-it")
    assert (told.exit_code, told.stdout) == (0, "")
    assert "fewer of them, or parts of them" in told.stderr
