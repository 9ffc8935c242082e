from __future__ import annotations

from datetime import date

import pytest

from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from tests.clock import START, Clock


def test_a_new_level_supersedes_the_one_before(ours: Desk, clock: Clock) -> None:
    ours.scores.set("acme", "support", "green")
    clock.forward(days=1)
    red = ours.scores.set("acme", "Support", "red", "The CIO wrote")
    assert (red.measure, red.was, red.since, red.by) == ("Support", "green", clock.now, "sue")
    assert [each.id for each in ours.read.live(Score)] == [red.id]
    assert len(ours.read.all(Score)) == 2


def test_the_same_level_again_means_confirmed_today(ours: Desk, clock: Clock) -> None:
    ours.scores.set("acme", "Support", "red", "The CIO wrote", owner="bob", exit="no ticket older than a day")
    clock.forward(days=3)
    again = ours.scores.set("acme", "Support", "red")
    assert (again.comment, again.owner, again.exit) == ("The CIO wrote", "bob", "no ticket older than a day")
    assert (again.since, again.at, again.was) == (START, clock.now, "red")


def test_another_level_starts_without_the_old_owner_and_exit(ours: Desk) -> None:
    ours.scores.set("acme", "Support", "red", "The CIO wrote", owner="bob", exit="x")
    assert (ours.scores.set("acme", "Support", "green").owner, ours.scores.set("acme", "Support", "green").exit) == (
        "",
        "",
    )


def test_cells_do_not_touch_each_other(ours: Desk) -> None:
    ours.scores.set("acme", "Support", "green")
    ours.scores.set("acme", "Product", "green")
    ours.scores.set("globex", "Support", "green")
    assert len(ours.read.live(Score)) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("initech", "Support", "green"), "There is no customer #initech."),
        (("acme", "Beer", "green"), 'There is no measure "Beer".'),
        (("acme", "Support", "purple"), '"purple" is not a level.'),
        (("acme", "Support", "orange", " "), "Orange needs one line that says why."),
    ],
)
def test_what_is_not_a_flag_says_so(ours: Desk, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises((Invalid, NotFound)) as caught:
        ours.scores.set(*arguments)
    assert caught.value.message == message
    assert ours.read.all(Score) == ()


def test_what_a_red_flag_owes_is_said_part_by_part(ours: Desk) -> None:
    red = ours.scores.set("acme", "Support", "red", "The CIO wrote")
    ours.scores.complete(red.id, owner="bob")
    with pytest.raises(NotFound, match="nobody @nobody"):
        ours.scores.complete(red.id, owner="nobody")
    done = ours.scores.complete(red.id, exit="no ticket older than a day", plan=date(2026, 12, 1))
    assert (done.owner, done.exit, done.plan) == ("bob", "no ticket older than a day", date(2026, 12, 1))


def test_an_older_level_is_not_completed(ours: Desk) -> None:
    red = ours.scores.set("acme", "Support", "red", "The CIO wrote")
    ours.scores.set("acme", "Support", "green")
    with pytest.raises(Invalid, match="has a newer level"):
        ours.scores.complete(red.id, owner="bob")


def test_before_one_customer_only_their_flags_are_known(ours: Desk) -> None:
    ours.scores.set("globex", "Product", "red", "It crashes")
    call = ours.meetings.start("call", customer="acme").id
    assert ours.scores.parse("glob support red why", "acme").customer_name == ""
    with pytest.raises(Invalid, match=r"Only Acme's flags can be set in this call\."):
        ours.meetings.flag(call, "globex support red Their CIO wrote")
    assert [each.customer for each in ours.read.live(Score)] == ["globex"]
    assert ours.meetings.flag(call, "acme support red Their CIO wrote").customer == "acme"


def test_before_one_customer_the_gate_names_no_other(ours: Desk) -> None:
    call = ours.meetings.start("call", customer="acme").id
    ours.meetings.act(call, "Write to them #globex")
    ours.meetings.act(call, "Write to them #acme")
    assert [each.text for each in ours.meetings.gate(call)] == ["A-2 “Write to them” has no owner."]


def test_where_flags_are_on_the_agenda_every_red_one_owes_its_exit_criterion(ours: Desk) -> None:
    ours.scores.set("globex", "Product", "red", "It crashes")
    ours.scores.set("acme", "Product", "red", "It is slow", exit="Under a second")
    ours.scores.set("acme", "Support", "orange", "Two tickets are late")
    assert [each.ref for each in ours.meetings.gate(ours.meetings.start("flags").id)] == ["S-1", ""]
    assert [each.ref for each in ours.meetings.gate(ours.meetings.start("daily").id)] == [""]
