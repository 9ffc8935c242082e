from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.core.settings import MEASURES, Settings
from opsdesk.desk import Desk
from opsdesk.insight.sheet import sheet
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock
from tests.desk.meeting_desk import furnished

TODAY = START.date()
TOMORROW = TODAY + timedelta(days=1)
SOME = Settings(measures=tuple(replace(each, weight=1) for each in MEASURES[:2]))


@pytest.fixture
def store() -> MemoryStore:
    return furnished()


@pytest.fixture
def ours(clock: Clock, store: MemoryStore) -> Desk:
    return Desk(store, clock, "sue", SOME, dict)


def levels(ours: Desk) -> dict[str, tuple[str, str]]:
    """Of each customer the level that counts and the computed one."""
    rows = sheet(ours.read, Look(ours.now(), ours.settings)).rows
    return {row.customer.handle: (row.rolled.level, row.rolled.computed) for row in rows}


def test_an_override_counts_up_to_and_with_its_last_day_and_the_computed_level_stays(ours: Desk, clock: Clock) -> None:
    ours.scores.set("acme", "Product", "red", "it crashes")
    made = ours.scores.override("acme", "orange", "they know, and wait", TOMORROW)
    assert (made.customer, made.level, made.title, made.until, made.created_by) == (
        "acme",
        "orange",
        "they know, and wait",
        TOMORROW,
        "sue",
    )
    assert levels(ours)["acme"] == ("orange", "red")
    clock.forward(days=1)
    assert levels(ours)["acme"] == ("orange", "red")
    clock.forward(days=1)
    assert levels(ours)["acme"] == ("red", "red")


def test_lifting_an_override_lifts_the_older_ones_too_in_one_step(ours: Desk) -> None:
    ours.scores.override("acme", "orange", "a first look", TOMORROW)
    ours.scores.override("globex", "red", "they will leave", TOMORROW)
    newest = ours.scores.override("acme", "green", "it was a mistake", TOMORROW)
    assert levels(ours) == {"acme": ("green", "unknown"), "globex": ("red", "unknown")}
    lifted = ours.scores.lift(newest.id, "no longer true")
    assert (lifted.id, lifted.state, lifted.why) == (newest.id, "lifted", "no longer true")
    assert levels(ours) == {"acme": ("unknown", "unknown"), "globex": ("red", "unknown")}
    ours.undo.last()
    assert levels(ours)["acme"] == ("green", "unknown")


@pytest.mark.parametrize(
    ("why", "until", "message"),
    [(" ", TOMORROW, "An override needs a reason."), ("why", date(2026, 11, 22), "2026-11-22 is past.")],
)
def test_an_override_needs_a_reason_and_a_day_to_come(ours: Desk, why: str, until: date, message: str) -> None:
    with pytest.raises(Invalid) as caught:
        ours.scores.override("acme", "green", why, until)
    assert caught.value.message == message
    with pytest.raises((Invalid, NotFound)):
        ours.scores.override("nobody", "green", "why", TOMORROW)


def test_a_score_may_be_valid_for_days_of_its_own_and_a_confirmation_keeps_them(ours: Desk, clock: Clock) -> None:
    ours.scores.set("acme", "Product", "green", valid_days=3)
    clock.forward(days=2)
    again = ours.scores.confirm("acme", "product")
    assert (again.valid_days, again.since, again.at) == (3, START, clock.now)
    assert ours.scores.set("acme", "Product", "orange", "slow").valid_days == 0


def test_only_what_is_known_is_confirmed(ours: Desk) -> None:
    with pytest.raises(Invalid, match="no level to confirm"):
        ours.scores.confirm("acme", "Product")
    ours.scores.set("acme", "Product", "unknown")
    with pytest.raises(Invalid, match="no level to confirm"):
        ours.scores.confirm("acme", "Product")
    with pytest.raises(NotFound, match='no measure "Beer"'):
        ours.scores.confirm("acme", "Beer")


def test_who_scores_a_cell_that_others_have_scored_meanwhile_is_told(
    ours: Desk, clock: Clock, store: MemoryStore
) -> None:
    seen = ours.scores.set("acme", "Product", "green")
    Desk(store, clock, "bob", SOME, dict).scores.level("acme", "Product", "red", "it crashes", seen=seen)
    with pytest.raises(Conflict) as caught:
        ours.scores.confirm("acme", "Product", seen=seen)
    assert caught.value.message == "Product is red since, by Bob: it crashes."
    with pytest.raises(Conflict):
        ours.scores.level("acme", "product", "orange", "slow", seen=seen)
    assert ours.scores.level("acme", "Product", "red", "and is slow", seen=seen).comment == "and is slow"
    assert len(ours.read.all(Score)) == 3


def test_each_department_prepares_its_own_cells_the_longest_unsaid_first(ours: Desk, clock: Clock) -> None:
    ours.scores.set("acme", "Product", "green")
    clock.forward(days=50)
    ours.scores.set("globex", "Product", "orange", "slow")
    ours.scores.set("acme", "Support", "green")
    clock.forward(days=14)
    assert [(each.customer.handle, each.level) for each in ours.scores.prep("r&d")] == [("acme", "green")]
    clock.forward(days=1)
    asked = [(each.customer.handle, each.measure.name, each.level) for each in ours.scores.prep()]
    assert asked == [("globex", "Support", "unknown"), ("acme", "Product", "green"), ("globex", "Product", "orange")]


def test_a_department_that_keeps_no_measure_is_told_which_do(ours: Desk) -> None:
    with pytest.raises(NotFound) as caught:
        ours.scores.prep("Catering")
    assert (caught.value.message, caught.value.hint) == (
        'No measure is kept by "Catering".',
        "There are R&D, Support.",
    )
