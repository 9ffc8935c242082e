"""Promise-keeping: kept on the original date, of those due in the period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.actions import Action, Slip, Told
from opsdesk.insight.promises import Kept, Week, keeping, reason, was_kept
from tests.clock import START

TODAY = START.date()


def promise(due: int, done: int | None = None, **more: object) -> Action:
    """Due and done in days from today, at noon UTC."""
    finished = None if done is None else datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(days=done)
    fields = {"state": "ready" if done is None else "done", **more}
    return Action(title="x", promise=True, due=TODAY + timedelta(days=due), finished=finished, **fields)


def test_a_worked_example() -> None:
    found = keeping(
        [
            promise(-1, -1),
            promise(-2, -5),
            promise(-9, -8, why="waited on Tom"),
            promise(-10),
            promise(-10, waiting_on="Tom"),
            promise(-3, state="dropped", why="Waited on Tom"),
            promise(0, 0),
            promise(-57, -57),
        ],
        TODAY,
        UTC,
    )
    assert (found.kept, found.due, found.percent) == (2, 6, 33)
    assert found.reasons == (("waited on Tom", 3), ("no reason given", 1))
    assert [(week.due, week.kept) for week in found.weeks] == [(0, 0)] * 6 + [(3, 0), (3, 2)]


def test_a_moved_promise_is_kept_only_by_its_first_date() -> None:
    moved = promise(4, -1, slips=(Slip(was=TODAY - timedelta(days=3), at=START),))
    told = Told(words="Friday", by="sue", to="Globex", on=START, typed_by="sue", due=TODAY - timedelta(days=1))
    assert not was_kept(moved, UTC)
    assert was_kept(promise(4, -1, told=told, slips=moved.slips), UTC)


def test_the_day_is_the_companys_own() -> None:
    late = Action(title="x", promise=True, due=date(2026, 11, 20), state="done",
                  finished=datetime(2026, 11, 20, 23, 30, tzinfo=UTC))  # fmt: skip
    assert was_kept(late, UTC)
    assert not was_kept(late, ZoneInfo("Europe/Berlin"))


def test_nothing_due_has_no_share() -> None:
    assert Kept().percent is None
    assert Week(start=TODAY).share is None


def test_the_last_reason_said_counts() -> None:
    slips = (
        Slip(was=TODAY, at=START, why="underestimated"),
        Slip(was=TODAY, at=START, why="sick"),
        Slip(was=TODAY, at=START),
    )
    assert reason(promise(-1, slips=slips, waiting_on="Tom")) == "sick"
    assert reason(promise(-1, waiting_on="Tom", why="else")) == "waited on Tom"
    assert reason(promise(-1)) == "no reason given"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(-70, 10), st.none() | st.integers(-70, 0)), max_size=25))
def test_figures_by_brute_force(made: list[tuple[int, int | None]]) -> None:
    found = keeping([promise(due, done) for due, done in made], TODAY, UTC)
    period = [(due, done) for due, done in made if -56 <= due <= -1]
    kept = [each for each in period if each[1] is not None and each[1] <= each[0]]
    assert (found.due, found.kept) == (len(period), len(kept))
    assert sum(n for _, n in found.reasons) == len(period) - len(kept)
    assert found.percent == (int(100 * len(kept) / len(period) + 0.5) if period else None)
