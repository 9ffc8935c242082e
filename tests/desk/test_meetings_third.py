"""What has been put off three times, in its own meeting and in the one it is escalated to; what is put on the table."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.errors import Invalid
from opsdesk.desk import Desk
from tests.clock import START, Clock
from tests.desk.meeting_desk import desk, furnished

THRICE = ("M-91", "M-92", "M-93")


@pytest.fixture
def ours(clock: Clock) -> Desk:
    store = furnished()
    with store.work("set up", by="nobody", at=START) as work:
        item = Item(text="Switch provider", agenda="daily", section="Outages", opened=START, relisted=THRICE)
        work.add(item)
        work.add(replace(item, text="Regional power", agenda="review", section="Escalations"))
        work.add(Action(title="Call the vendor", owner="bob", agenda="daily", section="Outages", relisted=THRICE))
    return desk(clock, store=store)


def test_in_its_own_meeting_it_is_not_put_off_again(ours: Desk) -> None:
    daily = ours.meetings.start("daily").id
    for ref in ("T-1", "A-1"):
        with pytest.raises(Invalid, match="put off 3 times"):
            ours.meetings.park(daily, ref=ref)


def test_where_it_was_escalated_to_it_may_be_kept_and_stays_in_its_own_section(ours: Desk) -> None:
    review = ours.meetings.start("review").id
    kept = ours.meetings.park(review, ref="T-1")
    assert (kept.agenda, kept.section, kept.parked_in) == ("daily", "Outages", review)
    about = ours.meetings.park(review, ref="A-1")
    assert (about.agenda, about.section, about.ref) == ("review", "Escalations", "A-1")


def test_keeping_one_of_its_own_there_is_the_choice_that_was_owed(ours: Desk) -> None:
    review = ours.meetings.start("review").id
    assert "item:T-2:choice" in [each.key for each in ours.meetings.gate(review)]
    ours.meetings.park(review, ref="T-2")
    assert "item:T-2:choice" not in [each.key for each in ours.meetings.gate(review)]


def test_a_draft_does_not_owe_choices_that_its_own_closing_made(ours: Desk, clock: Clock) -> None:
    ours.items.drop("T-1", "no"), ours.actions.drop("A-1", "no")
    item = ours.items.add("Change the pager", agenda="daily", section="Outages")
    for _ in range(3):
        clock.forward(days=1)
        meeting = ours.meetings.start("daily").id
        draft = ours.meetings.close(meeting)
    assert ours.read.get(Item, item.id).must_choose
    assert draft.state == "draft"
    assert [each.key for each in ours.meetings.gate(meeting)] == ["section:0"]


def test_an_item_brought_to_the_table_is_not_parked(ours: Desk) -> None:
    daily = ours.meetings.start("daily").id
    item = ours.meetings.bring(daily, "The new pager")
    assert (item.agenda, item.section, item.meeting, item.parked_in) == ("daily", "Burning", daily, "")
    assert item in ours.meetings.said(daily)
    ours.meetings.close(daily)
    line = next(each for each in ours.minutes.of(daily).minutes.parked if each.id == item.id)
    assert line.standing == "still open"
    assert ours.read.get(Item, item.id).relisted == (daily,)
