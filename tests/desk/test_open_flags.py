"""Flags that cannot be forgotten: only green ends one, whatever the settings call its measure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.register import Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Score
from opsdesk.core.settings import MEASURES, Measure, Settings
from opsdesk.desk import Desk
from opsdesk.desk.context import Context
from opsdesk.desk.sheetrules import SheetRules
from opsdesk.exchange.tables import read_table
from opsdesk.insight.sheet import SheetRow, sheet
from opsdesk.insight.spells import dwell
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock
from tests.desk.meeting_desk import FLAGS, furnished

TODAY = START.date()
TOMORROW = TODAY + timedelta(days=1)
NAMED = Settings(measures=(*MEASURES[:2], Measure(name="Six")))
WITHOUT = Settings(measures=MEASURES[:2])
RENAMED = Settings(measures=(replace(MEASURES[0], name="PRODUCT"), MEASURES[1]))


@pytest.fixture
def store() -> MemoryStore:
    return furnished()


@pytest.fixture
def ours(clock: Clock, store: MemoryStore) -> Desk:
    return Desk(store, clock, "sue", NAMED, dict)


def under(settings: Settings, ours: Desk, clock: Clock, store: MemoryStore) -> Desk:
    return Desk(store, clock, "sue", settings, lambda: {FLAGS.slug: FLAGS})


def acme(desk: Desk) -> SheetRow:
    rows = sheet(desk.read, Look(desk.now(), desk.settings)).rows
    return next(row for row in rows if row.customer.handle == "acme")


def live(desk: Desk) -> list[Score]:
    return list(desk.read.live(Score))


# the names of measures


def test_a_measure_whose_case_changes_keeps_its_cells_and_their_history(
    ours: Desk, clock: Clock, store: MemoryStore
) -> None:
    ours.scores.set("acme", "Product", "red", "it crashes", owner="bob")
    after = under(RENAMED, ours, clock, store)
    cell = acme(after).cells[0]
    assert (acme(after).rolled.level, cell and cell.comment) == ("red", "it crashes")
    clock.forward(days=1)
    again = after.scores.confirm("acme", "product")
    assert (again.measure, again.owner, again.since) == ("PRODUCT", "bob", START)
    assert live(after) == [again], "the one that was spelt otherwise has an end"
    assert dwell(after.read.all(Score), Look(clock.now, RENAMED)).days == 1


def test_a_flag_of_a_measure_that_is_gone_stays_in_force_and_is_ended_by_its_name(
    ours: Desk, clock: Clock, store: MemoryStore
) -> None:
    ours.scores.set("acme", "Six", "red", "they are angry")
    after = under(WITHOUT, ours, clock, store)
    assert acme(after).rolled.level == "red"
    assert [each.measure for each in acme(after).rolled.no_measure] == ["Six"]
    assert after.scores.confirm("acme", "six").comment == "they are angry"
    assert after.scores.parse("acme six green it is over").measure == "Six"
    with pytest.raises(Invalid, match="Six is no longer a measure"):
        after.scores.set("acme", "Six", "orange", "better")
    after.scores.set("acme", "SIX", "green", "it is over")
    assert acme(after).rolled.level == "unknown"
    with pytest.raises(NotFound, match='no measure "Six"'):
        after.scores.set("acme", "Six", "red", "again")


def test_a_flag_of_a_measure_that_is_gone_is_walked_and_resolved(ours: Desk, clock: Clock, store: MemoryStore) -> None:
    ours.scores.set("acme", "Six", "red", "they are angry")
    after = under(WITHOUT, ours, clock, store)
    meeting = after.meetings.start("flags")
    walk = after.walk.state(meeting.id)
    assert walk.current is not None
    assert walk.current.cell == ("acme", "Six")
    after.walk.resolved(meeting.id, "they are happy again")
    assert acme(after).rolled.no_measure == ()


# unknown


def test_unknown_over_an_open_flag_needs_words_and_ends_nothing(ours: Desk, clock: Clock) -> None:
    ours.scores.set("acme", "Product", "red", "it crashes", owner="bob", exit="a week without", plan=TOMORROW)
    with pytest.raises(Invalid) as caught:
        ours.scores.set("acme", "Product", "unknown")
    assert caught.value.message == "Unknown over an open red needs one line that says why: it ends no flag."
    clock.forward(days=1)
    unknown = ours.scores.set("acme", "Product", "unknown", "nobody reaches them")
    assert (unknown.beneath, unknown.open_flag) == ("red", "red")
    assert ours.scores.set("acme", "Product", "unknown").comment == "nobody reaches them"
    clock.forward(days=1)
    again = ours.scores.set("acme", "Product", "red", "it crashes")
    assert (again.since, again.owner, again.exit, again.plan) == (START, "bob", "a week without", TOMORROW)
    found = dwell(ours.read.all(Score), Look(clock.now, NAMED))
    assert (found.days, found.times) == (2, 1)


def test_unknown_where_nothing_is_open_needs_no_words(ours: Desk) -> None:
    ours.scores.set("acme", "Product", "green")
    assert ours.scores.set("acme", "Product", "unknown").beneath == ""
    assert ours.scores.set("acme", "Support", "unknown").comment == ""


@pytest.mark.parametrize(
    ("row", "said"), [("acme,Product,u,", "Unknown over an open orange"), ("acme,Product,u,why", "")]
)
def test_unknown_in_a_table_needs_words_too(ours: Desk, row: str, said: str) -> None:
    ours.scores.set("acme", "Product", "orange", "slow")
    preview = ours.intake.preview("scores", read_table(f"customer,measure,level,comment\n{row}\n"))
    assert [problem[:27] for _, problem in preview.problems] == ([said] if said else [])


# what an open flag owes


def test_orange_to_red_is_the_same_flag_and_green_ends_it(ours: Desk) -> None:
    ours.scores.set("acme", "Product", "orange", "slow", owner="bob", exit="a week without", plan=TOMORROW)
    red = ours.scores.set("acme", "Product", "red", "it crashes")
    assert (red.owner, red.exit, red.plan, red.comment) == ("bob", "a week without", TOMORROW, "it crashes")
    green = ours.scores.set("acme", "Product", "green")
    assert (green.owner, green.exit, green.plan) == ("", "", None)
    again = ours.scores.set("acme", "Product", "red", "it crashes")
    assert (again.owner, again.exit, again.plan) == ("", "", None), "what was before is offered, not taken"


def test_a_plan_that_is_past_is_refused(ours: Desk, clock: Clock) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(Invalid, match="is past"):
        ours.scores.set("acme", "Product", "red", "it crashes", plan=yesterday)
    made = ours.scores.set("acme", "Product", "red", "it crashes", plan=TODAY)
    with pytest.raises(Invalid, match="is past"):
        ours.scores.complete(made.id, plan=yesterday)
    clock.forward(days=3)
    assert ours.scores.confirm("acme", "Product").plan == TODAY, "what was planned in time stays"


def test_a_plan_in_a_table_that_is_past_is_refused_unless_it_is_the_one_there(ours: Desk, clock: Clock) -> None:
    ours.scores.set("acme", "Product", "red", "it crashes", plan=TODAY)
    clock.forward(days=3)
    head = "customer,measure,level,comment,plan\n"
    past = ours.intake.preview("scores", read_table(f"{head}acme,Support,r,late,{TODAY}\n"))
    same = ours.intake.preview("scores", read_table(f"{head}acme,Product,r,it crashes,{TODAY}\n"))
    assert [problem for _, problem in past.problems] == [f"Its plan date {TODAY} is past."]
    assert same.problems == ()


# overrides


def test_a_new_override_ends_the_one_before_in_the_same_step(ours: Desk, clock: Clock) -> None:
    first = ours.scores.override("acme", "orange", "a first look", TOMORROW)
    other = ours.scores.override("globex", "red", "they will leave", TOMORROW)
    clock.forward(hours=1)
    second = ours.scores.override("acme", "green", "they renewed", TOMORROW)
    assert [each.id for each in ours.scores.replaced_by(second)] == [first.id]
    ended = ours.read.get(Override, first.id)
    assert (ended.state, ended.why, ended.lifted) == ("lifted", f"replaced by {second.id}", clock.now)
    assert ours.read.get(Override, other.id).live
    ours.undo.last()
    assert [each.id for each in ours.read.live(Override)] == [first.id, other.id]


def test_one_that_is_made_to_stand_again_ends_the_one_that_holds(ours: Desk) -> None:
    first = ours.scores.override("acme", "orange", "a first look", TOMORROW)
    second = ours.scores.override("acme", "green", "they renewed", TOMORROW)
    ours.registers.act([first.id], "reopen", str(TOMORROW))
    again, ended = ours.read.get(Override, first.id), ours.read.get(Override, second.id)
    assert (again.state, again.lifted, ended.why) == ("standing", None, f"replaced by {first.id}")


def test_an_override_that_has_expired_is_listed_as_expired_and_nothing_ends_it(ours: Desk, clock: Clock) -> None:
    register = ours.registers.register("overrides")
    first = ours.scores.override("acme", "orange", "a first look", TODAY)
    assert register.state(first, ours.registers.look()) == "standing"
    clock.forward(days=1)
    assert register.state(first, ours.registers.look()) == "expired"
    second = ours.scores.override("acme", "green", "they renewed", TOMORROW)
    assert ours.scores.replaced_by(second) == ()
    lifted = ours.scores.lift(second.id, "no longer")
    assert register.state(lifted, ours.registers.look()) == "lifted"


# two desks


def test_two_desks_that_both_saw_nothing_do_not_overwrite_each_other(
    ours: Desk, clock: Clock, store: MemoryStore
) -> None:
    Desk(store, clock, "bob", NAMED, dict).scores.level("acme", "Product", "red", "it crashes", unsaid=True)
    with pytest.raises(Conflict, match="Product is red since, by Bob: it crashes"):
        ours.scores.level("acme", "Product", "green", unsaid=True)
    assert [each.level for each in live(ours)] == ["red"]


# corrections


def test_a_correction_leaves_no_open_flag_without_words(ours: Desk, clock: Clock, store: MemoryStore) -> None:
    desk = under(NAMED, ours, clock, store)
    meeting = desk.meetings.start("flags")
    desk.scores.set("acme", "Product", "red", "it crashes", meeting=meeting.id)
    said = desk.scores.set("acme", "Product", "unknown", "nobody reaches them", meeting=meeting.id)
    with pytest.raises(Invalid):
        desk.meetings.amend(said.id, "")
    assert live(desk) == [said]


def test_a_sheet_that_plans_for_a_day_that_is_past_is_refused(ours: Desk, clock: Clock, store: MemoryStore) -> None:
    made = ours.scores.set("acme", "Product", "red", "it crashes", plan=TODAY)
    yesterday = TODAY - timedelta(days=1)
    rules = SheetRules(Context(store, clock, "sue", NAMED, dict))
    with pytest.raises(Invalid, match="is past"):
        rules.changed(made, replace(made, plan=yesterday), ("plan",))
    assert rules.changed(made, replace(made, plan=TOMORROW), ("plan",)).plan == TOMORROW
