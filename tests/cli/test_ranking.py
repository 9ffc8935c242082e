"""rank: an agenda item's place in its section."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opsdesk.core.entries import Item
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import NOW, Run


@pytest.fixture
def ranked(opsdesk: Run, folder: Path) -> Run:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        for text in ("Decline the wishes", "Hire for Support", "Stop the export"):
            work.add(Item(text=text, agenda="customer-success", section="Priorities", opened=NOW))
    store.close()
    return opsdesk


def test_it_says_where_it_stands_now(ranked: Run) -> None:
    assert ranked("rank", "t-3", "1").stdout == "T-3  1 of 3 in Priorities  Stop the export\n"
    assert ranked("rank", "T-3", "9").stdout == "T-3  3 of 3 in Priorities  Stop the export\n"


def test_as_json_it_is_the_item(ranked: Run) -> None:
    (item,) = json.loads(ranked("rank", "T-2", "1", "--json").stdout)
    assert (item["id"], item["rank"]) == ("T-2", 1)


def test_undo_takes_it_back(ranked: Run) -> None:
    ranked("rank", "T-2", "1")
    assert "Rank T-2 1." in ranked("undo").stdout
    assert json.loads(ranked("show", "T-2", "--json").stdout)["rank"] == 0


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("A-1", "1"), 1, "A-1 is an action: rank takes agenda items."),
        (("T-9", "1"), 1, "There is no T-9."),
        (("T-1", "0"), 2, "0 is not in the range x>=1"),
    ],
)
def test_what_is_no_item_or_no_place_is_refused(ranked: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    refused = ranked("rank", *argv)
    assert refused.exit_code == code
    assert said in refused.stderr
