"""No order of scoring loses history."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.register import Look
from opsdesk.core.scores import Score, in_order
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.insight.sheet import sheet
from opsdesk.insight.spells import histories, spells
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock
from tests.insight.scored import LETTERS

SETTINGS = Settings(time_zone="UTC")
CELLS = [(customer, measure) for customer in ("acme", "globex") for measure in ("Product", "Support")]
SAYS = st.tuples(st.sampled_from(CELLS), st.sampled_from("rogu"), st.sampled_from([0, 1, 30]))
STEPS = st.lists(SAYS | st.just("undo"), max_size=14)

Says = tuple[tuple[str, str], str, int]


def scored(steps: Sequence[Says | str]) -> tuple[Desk, list[tuple[tuple[str, str], str]]]:
    """A desk on which all this was said, each so many hours after the one before, and what was not undone."""
    clock = Clock()
    desk = Desk(MemoryStore(), clock, "sue", SETTINGS, dict)
    for name in ("Acme", "Globex"):
        desk.people.add_customer(name, handle=name.lower())
    said: list[tuple[tuple[str, str], str]] = []
    for step in steps:
        if isinstance(step, str):
            if said:
                desk.undo.last()
                said.pop()
        else:
            cell, letter, hours = step
            clock.forward(hours=hours)
            desk.scores.set(*cell, LETTERS[letter], "because")
            said.append((cell, LETTERS[letter]))
    return desk, said


@given(STEPS)
@settings(max_examples=60)
def test_all_that_was_said_of_a_cell_stays_in_the_order_it_was_said(steps: list[Says | str]) -> None:
    desk, said = scored(steps)
    kept = desk.read.all(Score)
    for cell in CELLS:
        history = in_order(each for each in kept if (each.customer, each.measure) == cell)
        levels = [level for of, level in said if of == cell]
        assert [each.level for each in history] == levels
        assert [each.was for each in history] == ["unknown", *levels][: len(levels)]
        assert [each.superseded for each in history] == [True] * (len(levels) - 1) + [False] * bool(levels)
    desk.close()


@given(STEPS)
@settings(max_examples=60)
def test_the_sheet_shows_the_last_of_each_cell_and_a_spell_goes_on_as_long_as_it_is_a_flag(
    steps: list[Says | str],
) -> None:
    desk, said = scored(steps)
    last = dict(said)
    for row in sheet(desk.read, Look(desk.now(), SETTINGS)).rows:
        known = histories(each for each in desk.read.all(Score) if each.customer == row.customer.handle)
        for measure, cell in zip(SETTINGS.measures, row.cells, strict=True):
            level = last.get((row.customer.handle, measure.name))
            assert (cell.level if cell else None) == level
            stretches = spells(known.get(measure.name.casefold(), ()))
            assert bool(stretches and stretches[-1].open) == bool(cell and cell.open_flag)
            flagged = [each for of, each in said if of == (row.customer.handle, measure.name) and each != "unknown"]
            assert bool(cell and cell.open_flag) == (flagged[-1:] in (["red"], ["orange"])), "only green ends it"
    desk.close()
