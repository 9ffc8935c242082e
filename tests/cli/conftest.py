"""A small desk in a folder, and the command line on it inside this process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opsdesk.cli.group import cli
from opsdesk.cli.wiring import Wiring
from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Note
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.scores import Score
from opsdesk.store.sqlite import SqliteStore

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday
HOSTILE = "[EMEA] Ünïcode 日本 [/x] \u202e \x1b[31mred\x1b[0m"

Run = Callable[..., Result]

RECORDS: tuple[Record, ...] = (
    Person(handle="sue", name="Sue Park", department="Operations"),
    Person(handle="tom", name="Tom Reyes", department="Engineering", limit=2),
    Customer(handle="globex", name="Globex", owner="sue", revenue=365_000),
    Customer(handle="nippon", name="[EMEA] 日本物流", owner="tom", onboarding=True),
    Action(title="Call back with the workaround", owner="sue", customer="globex", due=date(2026, 11, 27), promise=True),
    Action(title="荷物のラベルを直す", owner="tom", customer="nippon", due=date(2026, 11, 20), state="started"),
    Action(title="Renew the monitoring contract", owner="sue", state="dropped", why="not needed"),
    Note(text="Import stopped at 00:04", meeting="M-1", section="Burning issues", at=NOW),
    Decision(text="No release on Fridays", meeting="M-1", at=NOW),
    Score(customer="globex", measure="Support", level="red", comment="two days without an answer", at=NOW, since=NOW),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sue's desk with two people, two customers and three actions, on 23 November 2026."""
    for name, value in {
        "OPSDESK_NOW": NOW.isoformat(),
        "OPSDESK_USER": "sue",
        "XDG_CONFIG_HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    store = SqliteStore(tmp_path / "desk")
    with store.work("Fill", by="sue", at=NOW) as work:
        for record in RECORDS:
            work.add(record)
    store.close()
    return tmp_path / "desk"


@pytest.fixture
def opsdesk(folder: Path) -> Run:
    """Runs one verb on the small desk, which the environment names: a hint needs no --desk."""

    def run(*argv: str, input: str | bytes | None = None) -> Result:
        return CliRunner(env={"OPSDESK_DESK": str(folder)}).invoke(cli, argv, obj=Wiring(), input=input)

    return run


@pytest.fixture
def scored(opsdesk: Run, folder: Path) -> Run:
    """The small desk with a score sheet."""
    from tests.cli.scored_desk import RECORDS as scored_records

    store = SqliteStore(folder)
    with store.work("Fill the sheet", by="sue", at=NOW) as work:
        for record in scored_records:
            work.add(record)
    store.close()
    return opsdesk
