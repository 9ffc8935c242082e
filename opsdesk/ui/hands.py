"""What the screen cannot do itself and is handed: files, settings, the demo company."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from opsdesk.core.settings import Settings
    from opsdesk.desk import Desk


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table that was read: headers, rows as (line number, cells), and what could not be read, by line."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[tuple[int, str], ...] = ()


class Hands(msgspec.Struct, frozen=True, kw_only=True):
    """Every callable may raise OpsDeskError.

    `read_table`: of a file's bytes, or of what was typed. `settle(settings)` keeps the company's settings and returns a
    desk that knows them; `make_demo()` writes the demo company and returns its desk; `save(name, text)` keeps a file in
    the person's folder and returns where. `addressed(text)` names the desk in the commands of the text. `problems()`
    are sentences to be said when the desk opens, `daily()` what is to be said of the day's backup, which it makes: it
    runs once there is a first frame, and again when the day changes; `abandon()` gives up the one that is being made,
    as the screen is left. `drafts` is what `keep_drafts` kept when this person last left the desk: beside the desk,
    never in it.
    """

    read_table: Callable[[bytes | str], Sheet]
    remember: Callable[[str, str], None]
    settle: Callable[[Settings], Desk]
    make_demo: Callable[[], Desk]
    save: Callable[[str, str], Path]
    preferences: Mapping[str, str] = {}
    problems: Callable[[], Sequence[str]] = tuple
    daily: Callable[[], str] = str
    abandon: Callable[[], None] = lambda: None
    addressed: Callable[[str], str] = str
    drafts: str = ""
    keep_drafts: Callable[[str], None] = lambda text: None
