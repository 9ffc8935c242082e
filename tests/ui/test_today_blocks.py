"""Lines put together to a width, blocks fitted into a height."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.boards.meets import Meet
from opsdesk.boards.table import Line
from opsdesk.boards.today import PastView, TodayView
from opsdesk.insight.flow import Load
from opsdesk.insight.promises import Kept, Week
from opsdesk.insight.since import Made, Since, Slipped
from opsdesk.ui.ink import Ink
from opsdesk.ui.today import page
from opsdesk.ui.today.blocks import constraint_block, kept_block, since_block, wrapped
from opsdesk.ui.today.lay import Block, between, cells_of, column, shares
from opsdesk.ui.today.lines import row, widths
from opsdesk.ui.widgets.columns import Row
from tests.clock import START

TODAY = START.date()
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


def words(row: Row) -> str:
    return "".join(piece.text for piece in row.across)


def block(name: str, count: int, *, grows: bool = True) -> Block:
    rows = tuple(Row(key=f"{name}/{n}", across=(Ink(str(n)),)) for n in range(count))
    return Block(name=name, title=name, rows=rows, grows=grows)


@settings(max_examples=150, deadline=None)
@given(texts, texts, st.integers(8, 60))
def test_both_edges_of_a_line_fit_its_width(left: str, right: str, cells: int) -> None:
    assert cells_of(between([Ink(left)], [Ink(right)] if right else [], cells)) == cells


def test_what_fits_is_not_cut() -> None:
    assert "".join(piece.text for piece in between([Ink("left")], [Ink("right")], 12)) == "left   right"


lines = st.builds(
    Line, id=st.just("A-1"), text=texts, reason=texts, brief=texts, owner=texts, weight=st.sampled_from(["red", "none"])
)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines, min_size=1, max_size=8), st.integers(40, 120))
def test_lines_are_aligned_and_never_wider_than_their_column(found: list[Line], cells: int) -> None:
    wide = widths(found, cells)
    assert {cells_of(row("burns", line, wide).across) for line in found} == {cells}


def test_a_reason_is_whole_where_it_fits_and_brief_where_not() -> None:
    line = Line(id="A-1", text="Import the price lists", reason="promise broken Fri 20 Nov", brief="broken Fri")
    assert "promise broken Fri 20 Nov" in words(row("burns", line, widths([line], 80)))
    assert words(row("burns", line, widths([line], 46))).rstrip().endswith("broken Fri")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), st.integers(1, 60))
def test_blocks_are_shortened_fairly_and_fill_the_height(counts: list[int], height: int) -> None:
    blocks = [block(str(n), count) for n, count in enumerate(counts)]
    shown = shares(blocks, height, frozenset())
    assert all(min(3, count) <= shown[str(n)] <= count for n, count in enumerate(counts))
    rows = column(blocks, height)
    least = sum(min(3, count) + 3 for count in counts) - 1
    assert len(rows) <= max(height, least)
    cut = [n for n, count in enumerate(counts) if shown[str(n)] < count]
    assert sum(key.startswith("more/") for key in (row.key for row in rows)) == len(cut)


def test_an_opened_block_is_whole() -> None:
    rows = column([block("a", 30), block("b", 30)], 20, frozenset({"a"}))
    assert sum(row.key.startswith("a/") for row in rows) == 30
    assert [words(row) for row in rows if row.key == "more/b"] == ["… 28 more"]


def test_names_are_wrapped_on_two_lines_and_the_rest_counted() -> None:
    found = [words(row) for row in wrapped("for ", ["Ana Lima", "Sue Park", "Tom Reyes", "Mia Chen", "Ed"], 26, "ink")]
    assert found == ["for Ana Lima, Sue Park,", "    Tom Reyes, Mia Chen +1"]


def test_kept_promises_are_a_share_bars_and_reasons() -> None:
    weeks = (Week(start=TODAY, due=4, kept=4), Week(start=TODAY, due=4, kept=1), Week(start=TODAY))
    rows = kept_block(PastView(kept=Kept(weeks=weeks, reasons=(("waited on Tom", 3),))), 60).rows
    assert [words(row) for row in rows] == ["63 % of 8 in 3 weeks   █▂·", "late because: waited on Tom 3"]


def test_the_constraint_says_what_is_started_of_how_much_and_what_waits() -> None:
    load = Load(handle="tom", name="Tom Reyes", limit=3, started=8, ready=4, waiting_for=7)
    rows = constraint_block(TodayView(constraint=load, idle=("Ana Lima",)), 60).rows
    assert [words(row) for row in rows] == ["Tom Reyes   8 started of 3 · 11 waiting", "nothing ready for Ana Lima"]


def test_since_counts_and_names_the_worst_slip() -> None:
    slips = (Slipped(id="A-87", was=TODAY, due=TODAY, times=3), Slipped(id="A-9", was=TODAY, due=TODAY))
    since = Since(done=("A-1", "A-2"), slipped=slips, decisions=(Made(id="D-13", text="Price change in January"),))
    rows = since_block(PastView(title="since Friday's Daily", since=since), 60).rows
    assert [words(row) for row in rows] == ["2 done, 2 slipped (A-87, third time)", "D-13   Price change in January"]


def test_columns_fit_every_width() -> None:
    for width in range(40, 320):
        cells = page.across(width)
        assert sum(cells) + page.GAP * (len(cells) - 1) <= width
        assert len(cells) == (1 if width < 100 else 2)


def test_the_next_meeting_has_two_lines_and_the_others_one() -> None:
    meets = [
        Meet(agenda="a", title=f"Meeting {n}", planned=START, start=START, when="16:30", detail="5 sections")
        for n in range(2)
    ]
    rows = page.laid(TodayView(next=tuple(meets)), None, 80, 20, frozenset()).columns[0]
    assert [words(row).split() for row in rows[2:5]] == [
        ["16:30", "Meeting", "0"],
        ["5", "sections"],
        ["16:30", "Meeting", "1"],
    ]


def many(count: int, prefix: str) -> tuple[Line, ...]:
    return tuple(Line(id=f"{prefix}-{n}", text=f"Work {n}", reason="overdue 3 d", weight="red") for n in range(count))


def names(view: TodayView, width: int, room: int) -> list[list[str]]:
    columns = page.stacked(view, PastView(), [cells - page.EDGE for cells in page.across(width)], room)
    return [[block.name for block in column] for column in columns]


def test_what_is_carried_over_stands_in_the_left_column_where_that_is_wide_and_has_room() -> None:
    view = TodayView(burns=many(12, "A"), promised=many(8, "B"), carried=many(7, "T"))
    moved = [["next", "carried", "kept", "constraint"], ["burns", "promised", "since"]]
    usual = [["next", "kept", "constraint"], ["burns", "promised", "carried", "since"]]
    assert names(view, 200, 43) == moved
    assert names(view, 120, 43) == usual
    assert names(view, 200, 20) == usual


def test_who_is_in_the_room_decides_which_figures_stand_there() -> None:
    customer, company = TodayView(audience="customer", guest="Globex"), TodayView(audience="company")
    assert names(customer, 120, 40) == [["notice", "next"], ["burns", "promised", "carried", "since"]]
    assert names(company, 120, 40) == [["notice", "next", "kept"], ["burns", "promised", "carried", "since"]]


def test_blocks_breathe_where_there_is_room_and_stand_close_where_not() -> None:
    def gaps(height: int) -> int:
        rows = column([block("a", 2), block("b", 2)], height)
        return len(rows) - 8

    assert [gaps(height) for height in (9, 10, 11, 40)] == [1, 2, 3, 3]
