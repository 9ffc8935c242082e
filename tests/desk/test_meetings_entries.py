from __future__ import annotations

from datetime import date, timedelta

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.said import said_kind, said_line, said_text
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.desk.corrections import EntryKind
from tests.clock import START, Clock
from tests.desk.meeting_desk import everything

HOSTILE = "[EMEA] Ünïcode 日本 [/x] \u202e \x1b[31mred"


def test_everything_said_carries_its_section_and_its_time(ours: Desk, clock: Clock, id: str) -> None:
    ours.meetings.note(id, "A note")
    clock.forward(minutes=1)
    ours.meetings.next(id)
    ours.meetings.decide(id, "We roll back")
    ours.meetings.act(id, "Call Globex @bob #globex 27.11.")
    ours.meetings.flag(id, "acme support red the CIO wrote")
    ours.meetings.park(id, "Change the provider")
    lines = [said_line(each) for each in ours.meetings.said(id)]
    assert [(line.kind, line.section) for line in lines] == [
        ("note", "Burning"),
        ("action", "Outages"),
        ("decision", "Outages"),
        ("flag", "Outages"),
        ("item", "Outages"),
    ]
    assert [line.at for line in lines] == [START] + [START + timedelta(minutes=1)] * 4


def test_captures_leave_the_meetings_own_record_alone(ours: Desk, clock: Clock, id: str) -> None:
    before = ours.meetings.running()
    clock.forward(minutes=1)
    ours.meetings.note(id, "A note")
    ours.meetings.act(id, "Call @bob")
    assert ours.meetings.running() == before


def test_an_action_takes_owner_customer_date_and_place(ours: Desk, id: str) -> None:
    action = ours.meetings.act(id, "Call @bob #globex 27.11.")
    assert (action.title, action.owner, action.customer, action.due) == ("Call", "bob", "globex", date(2026, 11, 27))
    assert (action.meeting, action.section, action.agenda) == (id, "Burning", "daily")


def test_in_a_status_call_everything_is_about_the_customer(ours: Desk) -> None:
    call = ours.meetings.start("call", customer="acme").id
    assert ours.meetings.act(call, "Send the report @max").customer == "acme"
    assert ours.meetings.park(call, "A training").customer == "acme"


def test_a_flag_needs_to_be_understood(ours: Desk, id: str) -> None:
    with pytest.raises(Invalid, match="lacks its level"):
        ours.meetings.flag(id, "acme support the CIO wrote")
    with pytest.raises(Invalid, match="needs one line that says why"):
        ours.meetings.flag(id, "acme support red")
    assert ours.meetings.flag(id, "acme support green").level == "green"


def test_a_decision_may_supersede_one_that_exists(ours: Desk, id: str) -> None:
    first = ours.meetings.decide(id, "Roll back")
    assert ours.meetings.decide(id, "Roll forward", supersedes=first.id).supersedes == "D-1"
    with pytest.raises(NotFound):
        ours.meetings.decide(id, "No", supersedes="D-9")


def test_hostile_text_is_kept_as_text(ours: Desk, id: str) -> None:
    note = ours.meetings.note(id, HOSTILE)
    assert note.text.startswith("[EMEA] Ünïcode 日本 [/x]")
    assert "\x1b" not in note.text
    assert len(ours.meetings.note(id, "x" * 10_000).text) == 10_000
    for text in ("", "  ", "\x1b", "x" * 10_001):
        with pytest.raises(Invalid):
            ours.meetings.note(id, text)


def test_nothing_is_captured_in_a_meeting_that_is_over(ours: Desk, id: str) -> None:
    ours.meetings.note(id, "A note")
    ours.meetings.close(id)
    for capture in (ours.meetings.note, ours.meetings.decide, ours.meetings.act, ours.meetings.park):
        with pytest.raises(Invalid, match="The meeting is closed"):
            capture(id, "too late")
    with pytest.raises(NotFound):
        ours.meetings.note("M-99", "nowhere")


def test_captures_are_taken_past_a_hard_cap_and_in_a_draft(ours: Desk, clock: Clock) -> None:
    id = ours.meetings.start("review").id
    clock.forward(minutes=45)
    ours.meetings.note(id, "still talking")
    assert ours.meetings.close(id).state == "draft"
    ours.meetings.note(id, "one more thing")
    assert len(ours.meetings.said(id)) == 2


def test_a_clock_set_back_keeps_entries_in_order(ours: Desk, clock: Clock, id: str) -> None:
    clock.forward(minutes=5)
    ours.meetings.next(id)
    clock.forward(minutes=-10)
    assert ours.meetings.note(id, "A note").at == START + timedelta(minutes=5)


def test_parking_a_record_makes_one_item_however_often(ours: Desk, id: str) -> None:
    action = ours.meetings.act(id, "Call @bob #globex")
    item = ours.meetings.park(id, ref=action.id)
    assert (item.text, item.ref, item.customer, item.section, item.parked_in) == (
        "Call", action.id, "globex", "Burning", id,
    )  # fmt: skip
    ours.meetings.next(id)
    again = ours.meetings.park(id, ref=action.id)
    assert (again.id, again.section) == (item.id, "Outages")
    assert ours.meetings.park(id, "Call them twice", ref=item.id).text == "Call them twice"
    assert len(ours.read.all(Item)) == 1


def test_there_must_be_something_to_park(ours: Desk, id: str) -> None:
    with pytest.raises(Invalid, match="nothing to park"):
        ours.meetings.park(id)
    with pytest.raises(NotFound):
        ours.meetings.park(id, ref="A-99")
    with pytest.raises(NotFound):
        ours.meetings.park(id, ref="nonsense")
    assert ours.meetings.park(id, ref="C-1").text == "Acme"


def test_what_is_noted_or_decided_is_not_parked(ours: Desk, id: str) -> None:
    said = (ours.meetings.note(id, "The carrier had no drivers"), ours.meetings.decide(id, "We change the carrier"))
    for entry in said:
        with pytest.raises(Invalid) as caught:
            ours.meetings.park(id, ref=entry.id)
        assert str(caught.value) == f"{entry.id} is said already. Turn it into a parked item with ctrl+p."


def test_nothing_is_parked_in_the_last_minutes_of_a_cap(ours: Desk, clock: Clock) -> None:
    id = ours.meetings.start("review").id
    cap = ours.meetings.view(id).planned_end - START
    clock.forward(seconds=cap.total_seconds() - 4 * 60)
    with pytest.raises(Invalid, match="the last five minutes of a hard cap"):
        ours.meetings.park(id, "Later")
    clock.forward(minutes=6)
    with pytest.raises(Invalid, match="The hard cap is past"):
        ours.meetings.park(id, "Later")
    ours.meetings.overrun(id, "The outage is still on")
    assert ours.meetings.park(id, "Later").text == "Later"


def test_what_was_put_off_three_times_is_not_parked_again(ours: Desk, clock: Clock) -> None:
    item = ours.items.add("Change the provider", agenda="daily", section="Outages")
    for _ in range(3):
        ours.meetings.close(ours.meetings.start("daily").id)
        clock.forward(hours=24)
    id = ours.meetings.start("daily").id
    with pytest.raises(Invalid) as caught:
        ours.meetings.park(id, ref=item.id)
    assert str(caught.value) == "T-1 has been put off 3 times. Do it, drop it with a reason, or escalate it."
    assert "item:T-1:choice" in [each.key for each in ours.meetings.gate(id)]
    ours.items.escalate(item.id, "Nobody decides.")
    assert ours.meetings.park(id, ref=item.id).parked_in == id


def test_a_settled_item_is_not_parked(ours: Desk, id: str) -> None:
    item = ours.meetings.park(id, "Change the provider")
    ours.items.settle(item.id, meeting=id)
    with pytest.raises(Invalid, match="settled already"):
        ours.meetings.park(id, ref=item.id)


def test_any_earlier_entry_can_be_amended(ours: Desk, clock: Clock, id: str) -> None:
    note, decision = ours.meetings.note(id, "a nte"), ours.meetings.decide(id, "a decsion")
    action, item = ours.meetings.act(id, "Cal @bob"), ours.meetings.park(id, "an itm")
    score = ours.meetings.flag(id, "acme support red bcause")
    clock.forward(minutes=3)
    ours.meetings.next(id)
    assert ours.meetings.amend(note.id, "a note").at == START
    assert ours.meetings.amend(decision.id, "a decision").section == "Burning"
    amended = ours.meetings.amend(action.id, "Call @ann")
    assert (amended.title, amended.owner, amended.created) == ("Call", "ann", START)
    assert ours.meetings.amend(item.id, "an item").text == "an item"
    assert ours.meetings.amend(score.id, "because").comment == "because"
    with pytest.raises(Invalid, match="needs one line"):
        ours.meetings.amend(score.id, " ")
    with pytest.raises(NotFound):
        ours.meetings.amend("M-1", "x")


def test_a_draft_is_still_corrected_and_a_closed_meeting_is_not(ours: Desk, clock: Clock, id: str) -> None:
    note = ours.meetings.note(id, "a nte")
    ours.meetings.next(id)
    assert ours.meetings.close(id).state == "draft"
    ours.meetings.amend(note.id, "a note")
    ours.meetings.outcome(id)
    ours.meetings.settle(id)
    for correct in (lambda: ours.meetings.amend(note.id, "x"), lambda: ours.meetings.remove(note.id)):
        with pytest.raises(Invalid, match="The meeting is closed"):
            correct()
    ours.meetings.reopen(id)
    assert ours.meetings.amend(note.id, "x").text == "x"


@pytest.mark.parametrize("to", ["note", "decision", "action", "parked"])
def test_an_entry_turns_into_another_kind_in_its_place(ours: Desk, clock: Clock, id: str, to: str) -> None:
    made = {
        "note": ours.meetings.note(id, "Call Globex"),
        "decision": ours.meetings.decide(id, "Call Globex"),
        "action": ours.meetings.act(id, "Call Globex"),
        "parked": ours.meetings.park(id, "Call Globex"),
    }
    clock.forward(minutes=3)
    ours.meetings.next(id)
    for kind, entry in made.items():
        if kind == to:
            with pytest.raises(Invalid, match="is that already"):
                ours.meetings.convert(entry.id, to)
            continue
        turned = ours.meetings.convert(entry.id, to)
        assert "Call Globex" in said_text(turned)
        assert (said_line(turned).at, turned.section, turned.meeting) == (START, "Burning", id)
        assert entry.id not in [each.id for each in ours.meetings.said(id)]
    assert len(ours.meetings.said(id)) == 4
    assert {said_kind(each) for each in ours.meetings.said(id)} == {"item" if to == "parked" else to}


def test_an_action_survives_being_a_note_for_a_while(ours: Desk, id: str) -> None:
    action = ours.meetings.act(id, "Call @bob #globex 27.11. !")
    back = ours.meetings.convert(ours.meetings.convert(action.id, "note").id, "action")
    assert isinstance(back, Action)
    assert (back.title, back.owner, back.customer, back.due, back.promise) == (
        "Call", "bob", "globex", date(2026, 11, 27), True,
    )  # fmt: skip
    assert back.told is not None
    assert back.told.due == date(2026, 11, 27)


@pytest.mark.parametrize("to", ["note", "decision", "parked"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Acme called @bob #globex 27.11.", "Acme called (Bob, Globex, due 2026-11-27)"),
        ("Call @bob fri !sue", "Call (Bob, promised by Sue for 2026-11-27)"),
        ("Call #globex nodate", "Call (Globex)"),
        ("Call @dan nodate", "Call @dan"),
    ],
)  # fmt: skip
def test_an_action_made_another_kind_reads_as_words(ours: Desk, id: str, typed: str, said: str, to: EntryKind) -> None:
    turned = ours.meetings.convert(ours.meetings.act(id, typed).id, to)
    assert said_text(turned) == said


def test_a_note_typed_as_an_action_becomes_that_action(ours: Desk, id: str) -> None:
    made = ours.meetings.convert(ours.meetings.note(id, "Call back @bob #globex fri !").id, "action")
    assert isinstance(made, Action)
    assert (made.title, made.owner, made.customer, made.promise) == ("Call back", "bob", "globex", True)
    assert (made.told and made.told.to, made.due) == ("Globex", date(2026, 11, 27))
    with pytest.raises(Invalid, match="A promise needs a date"):
        ours.meetings.convert(ours.meetings.note(id, "Call back !").id, "action")


def test_a_flag_that_is_taken_back_leaves_the_level_before(ours: Desk, id: str) -> None:
    green = ours.meetings.flag(id, "acme support green")
    red = ours.meetings.flag(id, "acme support red the CIO wrote")
    note = ours.meetings.convert(red.id, "note")
    assert note.text == "acme Support red: the CIO wrote"
    assert [each.id for each in ours.read.live(Score)] == [green.id]


def test_converting_and_removing_are_one_undo_each(ours: Desk, id: str) -> None:
    note = ours.meetings.note(id, "Call Globex")
    before = everything(ours)
    ours.meetings.convert(note.id, "decision")
    ours.undo.last()
    assert everything(ours) == before
    ours.meetings.remove(note.id)
    assert ours.read.all(Note) == ()
    ours.undo.last()
    assert everything(ours) == before


def test_what_was_not_said_in_a_meeting_is_not_turned(ours: Desk) -> None:
    item = ours.items.add("Plan", agenda="daily", section="Outages")
    with pytest.raises(Invalid, match="not said in a meeting"):
        ours.meetings.convert(item.id, "note")
    assert ours.read.all(Decision) == ()
