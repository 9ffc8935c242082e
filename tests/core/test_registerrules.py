"""What cannot be beside the others, what is asked before it is kept, and reasons that stay with their slips."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opsdesk.core import filling
from opsdesk.core.errors import Invalid
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.announcements import Announcement
from opsdesk.core.registers.components import Component, among
from opsdesk.core.registers.environments import Environment, away
from opsdesk.core.stepping import step, wrong
from tests.core.registered import look, register


def component(handle: str, *depends: str) -> Component:
    return Component(id=f"K-{handle}", handle=handle, name=handle.upper(), depends=depends)


@pytest.mark.parametrize(
    ("mine", "others", "said"),
    [
        (component("a", "b"), [component("b"), component("c")], ""),
        (component("a", "a"), [], "a → a: nothing can depend on itself. Leave one of them out of depends."),
        (component("a", "b"), [component("b", "c"), component("c", "a")],
         "a → b → c → a: nothing can depend on itself. Leave one of them out of depends."),
        (component("a", "b"), [component("b", "c"), component("c", "b")], ""),
        (component("a", "b", "c"), [component("b", "d"), component("c", "d"), component("d")], ""),
        (Component(handle="x", name="b"), [component("b")],
         'There is a component "B" already: K-b, handle b. Choose another name.'),
    ],
)  # fmt: skip
def test_components_of_one_name_and_circles_cannot_be(mine: Component, others: list[Component], said: str) -> None:
    assert among(mine, others) == said


def test_whoever_holds_an_environment_is_named_with_whoever_would_take_it() -> None:
    held = Environment(name="staging", holder="Bob", until=date(2026, 11, 27))
    taken = Environment(name="staging", holder="Tom")
    said = "staging is held by Bob until Fri 27 Nov: Tom would take it away."
    assert away(held, taken, look()) == said
    assert away(held, Environment(name="staging"), look()) == ""
    assert away(Environment(name="staging"), taken, look()) == ""


def test_an_absence_says_both_its_dates_and_nobody_covers_their_own() -> None:
    turned = Absence(person="tom", starts=date(2026, 11, 30), ends=date(2026, 11, 27))
    assert "ends before it starts, Fri 27 Nov is before Mon 30 Nov: say its first day" in wrong(turned)
    assert wrong(Absence(person="tom", cover="tom")).startswith("Nobody covers their own absence")
    assert wrong(Absence(person="tom", cover="sue")) == ""


def test_an_announcement_for_a_customer_says_for_which() -> None:
    assert wrong(Announcement(text="New hours", audience="customer")).endswith("say #handle.")
    assert wrong(Announcement(text="New hours", audience="customer", customers=("acme",))) == ""
    assert wrong(Announcement(text="New hours")) == ""


@pytest.mark.parametrize(
    ("kind", "verb", "said"),
    [
        ("deliveries", "forecast", "forecast needs a date such as fri, in the same line."),
        ("environments", "hold", "hold needs a person, typed as @handle, in the same line."),
        ("maintenance", "move", "move needs a time such as fri 22:00, in the same line."),
        ("deliveries", "drop", "drop needs its reason in a few words, in the same line."),
    ],
)
def test_a_verb_says_what_it_needs_and_how_that_is_typed(kind: str, verb: str, said: str) -> None:
    each = register(kind)
    values: dict[str, Any] = {each.text: "Words"}
    chosen = next(one for one in each.verbs if one.id == verb)
    with pytest.raises(Invalid) as refused:
        step(filling.made(each, values, look()), chosen, look(), "sue")
    assert str(refused.value).endswith(said)


def test_what_lies_before_says_what_to_do() -> None:
    values = {"title": "x", "started": look().now, "detected": look().now.replace(hour=9)}
    with pytest.raises(Invalid, match="Detected lies before Started: say a later time, or set Started to an earlier"):
        filling.made(register("incidents"), values, look())


@pytest.mark.parametrize(
    ("kind", "verb", "field", "values"),
    [
        ("deliveries", "forecast", "forecast", {"title": "SSO", "promised": date(2026, 11, 27)}),
        ("releases", "move", "planned", {"version": "2.4", "planned": date(2026, 11, 27)}),
    ],
)
def test_the_same_date_again_says_why_it_slipped_and_later_verbs_leave_that(
    kind: str, verb: str, field: str, values: dict[str, Any]
) -> None:
    each, day = register(kind), date(2026, 12, 4)
    move = next(one for one in each.verbs if one.id == verb)
    end = next(one for one in each.verbs if one.key == "x")
    moved: Any = step(filling.made(each, values, look()), move, look(), "sue", {field: day})
    assert [slip.why for slip in moved.slips] == [""]
    told: Any = step(moved, move, look(), "sue", {field: day, "why": "the vendor is late"})
    more: Any = step(told, move, look(), "sue", {field: day, "why": "and ill"})
    assert [slip.why for slip in more.slips] == ["the vendor is late; and ill"]
    over: Any = step(more, end, look(), "sue", {"why": "at last"})
    assert [slip.why for slip in over.slips] == ["the vendor is late; and ill"]
