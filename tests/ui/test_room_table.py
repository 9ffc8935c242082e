"""How the list of the Room shares its height between the table and what was said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.entries import Note
from opsdesk.ui.room.table import HEADING, said_rows, shares
from tests.clock import START, Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, settle

counts = st.integers(0, 300)


@given(counts, counts, st.integers(8, 80))
def test_both_fit_and_the_table_has_half_where_it_needs_it(lines: int, said: int, height: int) -> None:
    shown, newest = shares(lines, said, height)
    table = lines if shown == lines else shown + 1
    assert table >= min(lines, height // 2)
    if lines and said:
        assert table + HEADING + min(said, newest) <= height + 2


def test_with_nothing_on_the_table_everything_said_is_there() -> None:
    assert shares(0, 70, 20) == (0, 70)


def test_the_newest_entries_stay_and_the_others_are_counted() -> None:
    notes = [Note(id=f"N-{i}", text=f"note {i}", meeting="M-1", at=START, by="sue") for i in range(1, 8)]
    rows = said_rows(notes, 4, str, str, START.date())
    assert [row.key for row in rows] == ["earlier", "N-5", "N-6", "N-7"]
    assert rows[0].across[0].text.strip() == "… 4 earlier · Enter here shows them"
    assert len(said_rows(notes, 7, str, str, START.date())) == 7


async def test_enter_on_the_row_that_counts_shows_the_rest() -> None:
    desk = company(Clock())
    for i in range(30):
        desk.actions.capture(f"Restore pool {i} @tom 20 nov 2026", past_ok=True)
    meeting = desk.meetings.start("daily-operations-sync")
    for i in range(30):
        desk.meetings.note(meeting.id, f"note {i}.")
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        shown = await settle(pilot)
        assert shown.count("Restore pool") + 1 >= pilot.app.front.list.size.height // 2
        assert "more · Enter here shows them" in shown
        assert "earlier · Enter here shows them" in shown
        assert "note 29." in shown
        assert "note 0." not in shown
        rows = pilot.app.front.list.rows
        await press(pilot, *["down"] * next(i for i, row in enumerate(rows) if row.key == "more"), "enter")
        keys = [row.key for row in pilot.app.front.list.rows]
        assert "more" not in keys
        assert "earlier" not in keys
