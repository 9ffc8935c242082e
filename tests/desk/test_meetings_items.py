from __future__ import annotations

import pytest

from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.desk import Desk
from tests.clock import START


def test_an_item_is_put_on_a_section_of_an_agenda(ours: Desk) -> None:
    item = ours.items.add("Change the provider", agenda="daily", section="Outages", customer="acme")
    assert (item.agenda, item.section, item.opened, item.by, item.customer) == (
        "daily", "Outages", START, "sue", "acme",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("agenda", "section", "message"),
    [
        ("nothing", "Outages", 'There is no agenda "nothing".'),
        ("daily", "Beer", 'Daily has no section "Beer". It has Burning, Outages, Staffing.'),
    ],
)
def test_an_item_needs_a_place_that_is_there(ours: Desk, agenda: str, section: str, message: str) -> None:
    with pytest.raises(NotFound) as caught:
        ours.items.add("x", agenda=agenda, section=section)
    assert str(caught.value).startswith(message)


def test_a_record_is_on_an_agenda_once(ours: Desk) -> None:
    action = ours.actions.capture("Call @bob")
    item = ours.items.add("Call", agenda="daily", section="Outages", ref=action.id)
    with pytest.raises(Invalid, match="on that agenda already"):
        ours.items.add("Call", agenda="daily", section="Staffing", ref=action.id)
    ours.items.settle(item.id)
    assert ours.items.add("Call", agenda="daily", section="Staffing", ref=action.id).id == "T-2"


def test_settling_and_dropping_end_it(ours: Desk) -> None:
    id = ours.meetings.start("daily").id
    done, dropped = (ours.items.add(text, agenda="daily", section="Outages") for text in ("a", "b"))
    settled = ours.items.settle(done.id, "agreed", meeting=id)
    assert (settled.state, settled.why, settled.settled, settled.settled_in) == ("done", "agreed", START, id)
    with pytest.raises(Invalid, match="not dropped without a reason"):
        ours.items.drop(dropped.id, " ")
    assert ours.items.drop(dropped.id, "nobody needs it").state == "dropped"
    for again in (ours.items.settle, ours.items.escalate):
        with pytest.raises(Invalid, match="settled already"):
            again(done.id)
    assert ours.read.live(Item) == ()


def test_escalating_keeps_it_open(ours: Desk) -> None:
    item = ours.items.add("a", agenda="daily", section="Outages")
    escalated = ours.items.escalate(item.id, "Nobody decides.")
    assert (escalated.escalated, escalated.live, escalated.why) == (START, True, "Nobody decides.")


def test_every_verb_of_an_action_or_an_item_is_a_step_of_the_meeting_it_is_done_in(ours: Desk) -> None:
    meeting = ours.meetings.start("daily").id
    ours.meetings.next(meeting)
    ids = [ours.actions.capture(f"Look at {number} @bob").id for number in range(3)]
    items = [ours.items.add(f"Disk {number}", agenda="daily", section="Outages").id for number in range(3)]
    here, seq = ours.actions.within(meeting), ours.history()[-1].seq
    here.start(ids[0])
    here.wait(ids[0], "their IT")
    here.give(ids[0], "ann")
    here.redate(ids[0], ours.today(), "sooner")
    here.escalate(ids[0])
    here.edit(ids[0], "Look at it @ann")
    here.done(ids[0])
    here.reopen(ids[0])
    here.drop(ids[1], "no more")
    ours.triage.done(ids[2], items[0], meeting=meeting)
    ours.items.settle(items[1], "", meeting)
    ours.items.escalate(items[2], "", meeting)
    steps = ours.history(seq)
    assert len(steps) == 12
    assert {(each.meeting, each.section) for each in steps} == {(meeting, "Outages")}
    ours.actions.drop(ids[0], "outside of it")
    assert ours.history()[-1].meeting == ""
