from __future__ import annotations

from datetime import date, timedelta

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.minutes import MinutesRecord
from opsdesk.desk import Desk
from tests.clock import START, Clock
from tests.desk.meeting_desk import desk, everything, furnished


def keys(ours: Desk, id: str) -> list[str]:
    return [each.key for each in ours.meetings.gate(id)]


def test_a_whole_meeting_closes_with_its_minutes(ours: Desk, clock: Clock, id: str) -> None:
    ours.meetings.note(id, "All is quiet")
    clock.forward(minutes=4)
    closed = ours.meetings.close(id)
    assert (closed.state, closed.ended, closed.settling) == ("closed", clock.now, "")
    record = ours.minutes.of(id)
    assert (record.minutes.draft, record.minutes.owed) == (False, ())
    assert ours.read.all(Action) == ()


def test_closing_never_holds_the_room(ours: Desk, clock: Clock, id: str) -> None:
    ours.meetings.act(id, "Call Globex")
    ours.meetings.next(id)
    assert keys(ours, id) == ["action:A-1:owner", "section:1"]
    closed = ours.meetings.close(id)
    assert closed.state == "draft"
    settle = ours.read.get(Action, closed.settling)
    assert settle.title == "Settle the minutes of Daily #1: 2 open points"
    assert (settle.owner, settle.due) == ("ann", date(2026, 11, 24))
    minutes = ours.minutes.of(id).minutes
    assert minutes.draft
    assert minutes.owed == ("A-1 “Call Globex” has no owner.", "Outages has no outcome.")
    assert ours.meetings.drafts() == (closed,)


def test_what_is_owed_on_a_friday_is_due_on_monday(ours: Desk, clock: Clock) -> None:
    clock.forward(days=4)
    closed = ours.meetings.close(ours.meetings.start("daily").id)
    assert ours.read.get(Action, closed.settling).due == date(2026, 11, 30)


def test_a_draft_is_settled_once_nothing_is_owed(ours: Desk, clock: Clock, id: str) -> None:
    action = ours.meetings.act(id, "Call Globex")
    ours.meetings.next(id)
    draft = ours.meetings.close(id)
    with pytest.raises(Invalid, match=r"has no owner\. And 1 more"):
        ours.meetings.settle(id)
    ours.actions.give(action.id, "bob")
    with pytest.raises(Invalid, match=r"^Outages has no outcome\. Mend"):
        ours.meetings.settle(id)
    ours.meetings.waive(id, "section:1", "Nobody was there")
    assert keys(ours, id) == []
    clock.forward(hours=20)
    settled = ours.meetings.settle(id)
    assert (settled.state, settled.ended) == ("closed", START)
    assert ours.read.get(Action, draft.settling).state == "done"
    minutes = ours.minutes.of(id).minutes
    assert (minutes.draft, minutes.owed) == (False, ())
    assert ours.meetings.drafts() == ()


def test_only_what_is_owed_is_waived(ours: Desk, id: str) -> None:
    with pytest.raises(Invalid, match="not owed any more"):
        ours.meetings.waive(id, "section:2", "because")
    waived = ours.meetings.waive(id, "section:0", "Nobody was there").waivers[0]
    assert (waived.what, waived.why, waived.by) == ("Burning has no outcome.", "Nobody was there", "sue")


def test_closing_past_a_cap_owes_the_reason(ours: Desk, clock: Clock) -> None:
    id = ours.meetings.start("review").id
    ours.meetings.note(id, "long")
    clock.forward(minutes=31)
    assert keys(ours, id) == ["overrun"]
    assert ours.meetings.close(id).state == "draft"
    ours.meetings.overrun(id, "The outage was still on")
    assert ours.meetings.settle(id).overrun == "The outage was still on"


def test_what_is_open_rolls_on_when_it_closes(ours: Desk, clock: Clock, id: str) -> None:
    item = ours.meetings.park(id, "Change the provider")
    late = ours.meetings.act(id, "Call @bob tomorrow")
    ours.meetings.close(id)
    clock.forward(days=3)
    second = ours.meetings.start("daily").id
    done = ours.meetings.park(second, "Settled here")
    ours.items.settle(done.id, "agreed", meeting=second)
    ours.meetings.close(second)
    assert ours.read.get(Item, item.id).relisted == (id, second)
    assert ours.read.get(Action, late.id).relisted == (second,)
    assert ours.read.get(Item, done.id).relisted == ()
    ours.meetings.reopen(second)
    assert ours.read.get(Item, item.id).relisted == (id,)
    assert ours.read.get(Action, late.id).relisted == ()


def test_adjourning_rolls_everything_on_and_is_minuted(ours: Desk, id: str) -> None:
    item = ours.items.add("Change the provider", agenda="daily", section="Staffing")
    adjourned = ours.meetings.adjourn(id, "An outage")
    assert (adjourned.state, adjourned.why) == ("adjourned", "An outage")
    assert ours.read.get(Item, item.id).relisted == (id,)
    assert ours.minutes.of(id).minutes.why == "An outage"


def test_closing_at_an_earlier_time_stays_behind_the_last_entry(ours: Desk, clock: Clock, id: str) -> None:
    clock.forward(minutes=5)
    ours.meetings.note(id, "A note")
    clock.forward(minutes=50)
    assert ours.meetings.close(id, at=START).ended == START + timedelta(minutes=5)


def test_a_time_that_is_still_to_come_counts_as_now(ours: Desk, clock: Clock, id: str) -> None:
    assert ours.meetings.close(id, at=START + timedelta(hours=9)).ended == START


def test_undoing_the_close_restores_everything(ours: Desk, clock: Clock, id: str) -> None:
    ours.meetings.park(id, "Change the provider")
    ours.meetings.act(id, "Call")
    clock.forward(minutes=4)
    before = everything(ours)
    ours.meetings.close(id)
    assert len(ours.read.all(MinutesRecord)) == 1
    ours.undo.last()
    assert everything(ours) == before
    clock.forward(minutes=1)
    assert ours.meetings.view(id).used == timedelta(minutes=5)


def test_where_undo_is_overtaken_reopening_still_works(ours: Desk, clock: Clock, id: str) -> None:
    item = ours.meetings.park(id, "Change the provider")
    ours.meetings.next(id)
    draft = ours.meetings.close(id)
    ours.actions.start(draft.settling)
    ours.undo.last()
    ours.items.escalate(item.id)
    theirs = ours.read.get(Action, draft.settling)
    assert theirs.state == "ready"
    clock.forward(hours=1)
    opened = ours.meetings.reopen(id)
    assert (opened.state, opened.ended, opened.settling) == ("running", None, "")
    assert ours.read.get(Item, item.id).relisted == ()
    settle = ours.read.get(Action, draft.settling)
    assert (settle.state, settle.why) == ("dropped", "The meeting was reopened.")
    ours.meetings.outcome(id)
    assert ours.meetings.close(id).state == "closed"
    assert ours.read.get(Item, item.id).relisted == (id,)


def test_a_close_that_others_built_on_is_not_undone(clock: Clock) -> None:
    store = furnished()
    ours, theirs = desk(clock, store=store), desk(clock, by="bob", store=store)
    id = ours.meetings.start("daily").id
    clock.forward(minutes=1)
    assert ours.meetings.close(id).state == "draft"
    clock.forward(minutes=1)
    theirs.meetings.outcome(id)
    with pytest.raises(Conflict):
        ours.undo.last()
    assert ours.meetings.reopen(id).state == "running"


def test_a_meeting_closed_again_has_a_second_version_of_its_minutes(ours: Desk, clock: Clock, id: str) -> None:
    ours.meetings.note(id, "A note")
    ours.meetings.close(id)
    clock.forward(hours=1)
    ours.meetings.reopen(id)
    ours.meetings.note(id, "What was forgotten")
    ours.meetings.close(id)
    assert [each.version for each in ours.minutes.all()] == [1, 2]


def test_what_is_settled_at_the_gate_of_a_quiet_meeting_does_not_wake_it(ours: Desk, clock: Clock, id: str) -> None:
    clock.forward(minutes=4)
    ours.meetings.next(id)
    heard = clock.now
    clock.forward(minutes=60)
    ours.meetings.outcome(id, "all quiet", 1)
    ours.meetings.waive(id, "section:0", "nobody was asked")
    ours.meetings.rate(id, "sue", 8)
    assert ours.meetings.idle(id) == heard
    closed = ours.meetings.close(id, at=heard)
    assert (closed.state, closed.ended) == ("closed", heard)


def test_an_entry_wakes_a_quiet_meeting(ours: Desk, clock: Clock, id: str) -> None:
    clock.forward(minutes=60)
    ours.meetings.note(id, "We are still here")
    assert ours.meetings.idle(id) is None
