"""What the children of the guard's kill tests do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from opsdesk.store.guard import SqliteGuard, backups, restore
from opsdesk.store.guard import daily as days

LOADED = (backups, restore, days)

Acknowledge = Callable[[dict[str, Any]], None]


def back_up(acknowledge: Acknowledge, folder: str, target: str) -> None:
    acknowledge({"made": SqliteGuard(Path(folder)).backup(Path(target), over=True).transactions})


def put_back(acknowledge: Acknowledge, folder: str, source: str) -> None:
    acknowledge({"kept": SqliteGuard(Path(folder)).restore(Path(source)).kept})


def daily(acknowledge: Acknowledge, folder: str, day: str) -> None:
    acknowledge({"said": SqliteGuard(Path(folder)).daily(date.fromisoformat(day))})
