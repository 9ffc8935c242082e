"""`opsdesk show`: one record and what happened to it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action, Slip
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, NOW, Run
from tests.cli.golden import same


@pytest.fixture
def redated(folder: Path) -> None:
    store = SqliteStore(folder)
    with store.work("Redate", by="tom", at=NOW + timedelta(hours=1)) as work:
        action = work.get(Action, "A-1")
        slip = Slip(was=date(2026, 11, 27), at=NOW, why="waited for Tom")
        work.put(replace(action, due=date(2026, 12, 4), slips=(slip,)))
    store.close()


@pytest.mark.parametrize("id", ["A-1", "a-1", "globex", "#globex", "@sue", "S-1", "n-1"])
def test_a_record_is_shown_by_the_titles_of_its_fields(opsdesk: Run, id: str) -> None:
    told = opsdesk("show", id)
    assert told.exit_code == 0
    same(f"show-{id.strip('#@').upper()}.txt", told.stdout)


@pytest.mark.usefixtures("redated")
def test_the_trail_tells_what_happened(opsdesk: Run) -> None:
    same("show-trail.txt", opsdesk("show", "A-1", "--trail").stdout)


def test_json_is_the_whole_record(opsdesk: Run) -> None:
    record = json.loads(opsdesk("show", "a-2", "--json").stdout)
    assert (record["id"], record["title"], record["state"]) == ("A-2", "荷物のラベルを直す", "started")
    assert "trail" not in record


@pytest.mark.usefixtures("redated")
def test_json_with_the_trail_holds_each_change(opsdesk: Run) -> None:
    trail = json.loads(opsdesk("show", "A-1", "--json", "--trail").stdout)["trail"]
    assert [(step["by"], step["command"]) for step in trail] == [("sue", "Fill"), ("tom", "Redate")]
    assert trail[1]["after"]["due"] == "2026-12-04"


@pytest.mark.parametrize("id", ["A-99", "Z-1", "A-", "nobody", "-", "A-1x", "日本"])
def test_what_is_not_there_is_one_clear_sentence(opsdesk: Run, id: str) -> None:
    told = opsdesk("show", "--", id)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.startswith("opsdesk: ")
    assert id in told.stderr


def test_hostile_text_is_shown_without_its_controls(opsdesk: Run, folder: Path) -> None:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        made = work.add(Action(title=HOSTILE))
    store.close()
    told = opsdesk("show", made.id, "--trail").stdout
    assert "[EMEA] Ünïcode 日本 [/x]" in told
    assert not {"\x1b", "\u202e"} & set(told)
