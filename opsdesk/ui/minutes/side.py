"""The meetings that have minutes, the newest on top."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from opsdesk.boards.spoken import meeting_title
from opsdesk.core.minutes import MinutesRecord
from opsdesk.ui.ink import Ink, shorten
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList

WHEN = 8


class Side(RecordList):
    """Its cursor chooses what the page shows; the page keys scroll the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "screen.page(1)", show=False),
        Binding("pageup", "screen.page(-1)", show=False),
    ]


def side_rows(book: Sequence[MinutesRecord], today: date, cells: int) -> list[Row]:
    """`book` has the oldest first."""
    heading = [Row(across=(Ink(" MEETINGS", "dim"),)), Row()]
    return [*heading, *(_row(record, today, cells) for record in reversed(book))]


def _row(record: MinutesRecord, today: date, cells: int) -> Row:
    minutes = record.minutes
    on = (minutes.started or minutes.scheduled).date()
    when = f"{on.day} {on:%b}" if on.year == today.year else f"{on:%b %Y}"
    number = f" #{minutes.number}" + (f" v{minutes.version}" if minutes.version > 1 else "")
    role = "orange" if minutes.draft else "dim"
    title = shorten(meeting_title(minutes.series, minutes.customer), cells - WHEN - len(number) - 2)
    return Row(key=record.id, across=(Ink(f"{when:<{WHEN}}", "dim"), Ink(title), Ink(number, role)))
