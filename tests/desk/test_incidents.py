"""An outage at a desk: every step with its time, who was told, what may be said, and the draft of the review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.desk import Desk
from opsdesk.insight.outage import Moment
from tests.clock import START, Clock
from tests.desk.meeting_desk import desk, everything, furnished

HALF = timedelta(minutes=30)


@pytest.fixture
def sue(clock: Clock) -> Desk:
    """With one major incident, opened at 15:00."""
    at = desk(clock)
    at.incidents.open("Login slow, EU @bob #acme", sev="2")
    return at


def log(at: Desk, id: str = "I-1") -> list[tuple[str, str, str]]:
    return [(f"{each.at:%H:%M}", each.what, each.text) for each in at.incidents.standing(id).moments]


def entries(at: Desk) -> list[TimelineEntry]:
    return list(at.read.all(TimelineEntry))


def test_an_incident_is_opened_by_one_line_and_its_timeline_begins(sue: Desk) -> None:
    made = sue.incidents.the("i-1")
    assert (made.title, made.sev, made.owner, made.customers) == ("Login slow, EU", 2, "bob", ("acme",))
    assert (made.state, made.detected, made.next_update) == ("investigating", START, START + HALF)
    assert log(sue) == [("15:00", "state", "Opened as SEV-2")]
    sue.undo.last()
    assert not sue.read.all(Incident)
    assert entries(sue) == []


def test_each_step_and_what_it_leaves_in_the_timeline_are_one_transaction(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=5)
    for verb, words, said in (
        ("ack", "", ["Acknowledged"]),
        ("identify", "cache full", ["investigating → identified: cache full"]),
        ("mitigate", "rolled back", ["identified → monitoring: rolled back"]),
        ("resolve", "", ["monitoring → resolved"]),
        ("reopen", "it is back", ["resolved → investigating: it is back"]),
    ):
        seq, before = sue.history()[-1].seq, everything(sue)
        clock.forward(minutes=1)
        sue.incidents.step("I-1", verb, words)
        assert [each.seq for each in sue.history(seq)] == [seq + 1]
        assert [each.text for each in entries(sue) if each.id not in before] == said
        sue.undo.last()
        assert everything(sue) == before
        sue.undo.redo()
    assert sue.incidents.the().state == "investigating"


def test_the_generic_verbs_leave_the_same_behind(sue: Desk) -> None:
    sue.registers.act(["I-1"], "resolve", "disk was full")
    assert [text for _, _, text in log(sue)] == [
        "Opened as SEV-2",
        "investigating → resolved: disk was full",
    ]
    sue.registers.set(["I-1"], {"sev": "1", "impact": "partial", "owner": "ann"})
    assert [text for _, _, text in log(sue)][2:] == ["SEV-2 → SEV-1", "Impact: down → partial"]


def test_a_line_turned_into_an_incident_begins_its_timeline(sue: Desk) -> None:
    sue.registers.add("bugs", "Import fails")
    made = sue.turn("B-1", "incident")
    assert log(sue, made.id) == [("15:00", "state", "Opened as SEV-3")]


def test_a_step_told_later_says_when_it_was_and_by_whom(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=20)
    done = sue.incidents.step("I-1", "mitigate", '15:12 rolled back @ann workaround:"use the app"')
    assert (done.acknowledged, done.mitigated) == (START + timedelta(minutes=12),) * 2
    assert (done.why, done.workaround, done.state) == ("rolled back", "use the app", "monitoring")
    assert done.next_update == START + HALF
    assert [(each.at, each.by, each.created, each.created_by) for each in entries(sue)[1:]] == [
        (START + timedelta(minutes=12), "ann", clock.now, "sue")
    ] * 2


def test_a_step_whose_time_cannot_be_is_refused_and_changes_nothing(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=20)
    before = everything(sue)
    for words, said in (("14:00 rolled back", "lies before Detected"), ("15:21 rolled back", "lies ahead")):
        with pytest.raises(Invalid, match=said):
            sue.incidents.step("I-1", "mitigate", words)
    with pytest.raises(Invalid, match="reopen is for what is monitoring or resolved"):
        sue.incidents.step("I-1", "reopen", "x")
    assert everything(sue) == before


def test_acknowledging_with_words_notes_them(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=9)
    assert sue.incidents.step("I-1", "ack", "15:05 on it @bob").acknowledged == START + timedelta(minutes=5)
    assert log(sue)[1:] == [("15:05", "state", "Acknowledged"), ("15:05", "note", "on it")]
    with pytest.raises(Invalid, match="so already"):
        sue.incidents.step("I-1", "ack")


@pytest.mark.parametrize(
    ("sev", "next", "due"),
    [(1, "", HALF), (2, "", HALF), (3, "", None), (3, "in 2 h", timedelta(hours=2)), (2, "in 45 min", 1.5 * HALF)],
)
def test_an_update_moves_the_clock(sue: Desk, clock: Clock, sev: int, next: str, due: timedelta | None) -> None:
    sue.registers.set(["I-1"], {"sev": str(sev)})
    clock.forward(minutes=40)
    after = sue.incidents.update("I-1", "Still looking", next=next)
    assert after.next_update == (clock.now + due if due else None)
    assert log(sue)[-1] == ("15:40", "update", "Still looking")
    sue.undo.last()
    assert sue.incidents.the().next_update == START + HALF


def test_one_that_becomes_major_owes_an_update_from_then_on(sue: Desk, clock: Clock) -> None:
    sue.incidents.open("Export fails", sev="3")
    clock.forward(minutes=10)
    sue.registers.set(["I-2"], {"sev": "1"})
    assert sue.incidents.the("I-2").next_update == clock.now + HALF
    sue.registers.set(["I-1"], {"sev": "1"})
    assert sue.incidents.the("I-1").next_update == START + HALF


def test_an_update_told_late_counts_from_when_it_was(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=40)
    assert sue.incidents.update("", "15:25 told all of Sales").next_update == START + timedelta(minutes=55)
    sue.incidents.update("", "We see more", next="16:30")
    assert sue.incidents.update("", "15:35 rang Acme").next_update == START + timedelta(minutes=90)


def test_updates_that_cannot_be_are_refused(sue: Desk) -> None:
    for words, next, said in (
        ("", "", "needs words"),
        ("x", "5 min ago", "lies ahead of now"),
        ("x", "soon", "no time"),
    ):
        with pytest.raises(Invalid, match=said):
            sue.incidents.update("I-1", words, next=next)
    sue.incidents.step("I-1", "resolve")
    with pytest.raises(Invalid, match="no more updates"):
        sue.incidents.update("I-1", "x")
    assert sue.incidents.note("I-1", "14:50 deployed 4.12 @bob").by == "bob"
    assert log(sue)[0] == ("14:50", "note", "deployed 4.12")


def test_an_incident_that_is_not_named_is_the_one_that_is_open(sue: Desk) -> None:
    sue.incidents.open("Export fails")
    with pytest.raises(Invalid, match=r"2 incidents are open. Say which: I-1, I-2"):
        sue.incidents.note("", "x")
    sue.incidents.step("I-1", "resolve")
    assert sue.incidents.note("", "x").about == "I-2"
    sue.incidents.step("", "resolve")
    with pytest.raises(NotFound, match="No incident is open"):
        sue.incidents.update("", "x")
    sue.registers.add("bugs", "x")
    with pytest.raises(Invalid, match="B-1 is no incident"):
        sue.incidents.the("b-1")


def test_who_was_informed_when_and_by_whom(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=12)
    told = sue.incidents.inform("", "sales, @ann", how="phone", at="15:07")
    assert [(each.who, each.by, each.how, each.at) for each in told.informed] == [
        ("Sales", "sue", "phone", START + timedelta(minutes=7)),
        ("ann", "sue", "phone", START + timedelta(minutes=7)),
    ]
    standing = sue.incidents.standing()
    assert standing.until_sales_knew == timedelta(minutes=7)
    assert standing.uninformed == ()
    assert log(sue)[1:] == [
        ("15:07", "informed", "Sales informed (phone)"),
        ("15:07", "informed", "ann informed (phone)"),
    ]
    sue.undo.last()
    assert sue.incidents.standing().uninformed == ("Sales", "Support")


def test_after_the_end_what_is_said_is_of_the_one_resolved_last_for_a_week(sue: Desk, clock: Clock) -> None:
    sue.incidents.open("Export fails")
    sue.incidents.step("I-2", "resolve", "")
    clock.forward(minutes=5)
    sue.incidents.step("I-1", "resolve", "")
    assert (
        sue.incidents.note("", "x").about == sue.incidents.review().id == sue.incidents.standing().incident.id == "I-1"
    )
    assert [each.who for each in sue.incidents.inform("", "Sales").informed] == ["Sales"]
    sue.incidents.enter("", "told Support")
    assert [each.who for each in sue.incidents.the("I-1").informed] == ["Sales", "Support"]
    with pytest.raises(NotFound, match="No incident is open"):
        sue.incidents.step("", "reopen", "x")
    clock.forward(minutes=7 * 24 * 60)
    assert sue.incidents.lately().id == "I-1"
    clock.forward(minutes=1)
    with pytest.raises(NotFound, match="none was resolved in the last 7 days"):
        sue.incidents.note("", "x")


@pytest.mark.parametrize(
    ("words", "who", "how", "minute"),
    [
        ("15:05 Sales", ["Sales"], "", 5),
        ("Sales phone", ["Sales"], "phone", 12),
        ("15:05 Sales, @ann by phone", ["Sales", "ann"], "by phone", 5),
        ("Sales 15:06", ["Sales"], "", 6),
        ("Sales, Support, Sales", ["Sales", "Support"], "", 12),
    ],
)
def test_when_and_how_somebody_was_told_may_stand_in_the_line(
    sue: Desk, clock: Clock, words: str, who: list[str], how: str, minute: int
) -> None:
    clock.forward(minutes=12)
    told = sue.incidents.inform("", words).informed
    assert [each.who for each in told] == who
    assert {(each.how, each.at) for each in told} == {(how, START + timedelta(minutes=minute))}


def test_naming_somebody_again_corrects_and_keeps_nobody_twice(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=12)
    sue.incidents.inform("", "15:07 Sales, Support")
    before = everything(sue)
    with pytest.raises(Invalid, match="Sales: informed already, at 15:07"):
        sue.incidents.inform("", "sales")
    assert everything(sue) == before
    sue.incidents.inform("", "15:04 Sales phone")
    after = sue.incidents.inform("", "Support chat")
    assert [(each.who, each.how, f"{each.at:%H:%M}") for each in after.informed] == [
        ("Sales", "phone", "15:04"),
        ("Support", "chat", "15:07"),
    ]
    assert log(sue)[1:] == [
        ("15:04", "informed", "Sales informed (phone)"),
        ("15:07", "informed", "Support informed (chat)"),
    ]
    assert sue.incidents.standing().until_sales_knew == timedelta(minutes=4)
    sue.incidents.inform("", "Sales, @ann")
    assert [each.who for each in sue.incidents.the().informed] == ["Sales", "Support", "ann"]


def test_who_was_not_told_after_all_is_taken_out_with_its_line(sue: Desk) -> None:
    before = log(sue)
    sue.incidents.inform("", "Sales")
    sue.incidents.inform("", "not Sales")
    assert (sue.incidents.the().informed, log(sue)) == ((), before)
    sue.undo.last()
    assert [each.who for each in sue.incidents.the().informed] == ["Sales"]
    assert log(sue)[1:] == [("15:00", "informed", "Sales informed")]
    sue.incidents.enter("", "told not Sales")
    assert sue.incidents.the().informed == ()
    with pytest.raises(Invalid, match=r"Support was not informed of I-1\."):
        sue.incidents.inform("", "not Support")


def test_an_outage_is_written_down_afterwards(sue: Desk) -> None:
    made = sue.incidents.open('Import stopped started:"2026-11-20 10:00"', sev="2")
    assert made.detected == datetime(2026, 11, 20, 10, tzinfo=UTC)
    over = sue.incidents.step("I-2", "resolve", "2026-11-20 12:00")
    assert (over.resolved, over.acknowledged, over.next_update) == (made.detected + timedelta(hours=2), None, None)
    assert sue.incidents.review("I-2").down == 120
    whole = sue.incidents.open('Export stopped started:"2026-11-20 10:00" resolved:"2026-11-20 11:00"')
    assert (whole.state, whole.live) == ("resolved", False)
    assert [text for _, _, text in log(sue, "I-3")] == [f"Opened as SEV-{whole.sev}", "Resolved"]


@pytest.mark.parametrize(
    ("who", "at", "said"),
    [
        ("Sales, the press", "", '"the press" is no department or person'),
        ("15:30 Sales", "", "lies ahead"),
        ("", "", "Say who was informed"),
        ("the press", "", '"the press" is no department or person'),
        ("s", "", '"s" is more than one'),
        ("@sales", "", '"@sales" is no department or person'),
        ("Sales", "16:00", "Nobody was told in the future"),
        ("Sales", "soon", '"soon" is no time'),
    ],
)
def test_whom_nobody_can_have_told_is_refused(sue: Desk, who: str, at: str, said: str) -> None:
    with pytest.raises((Invalid, NotFound), match=said):
        sue.incidents.inform("I-1", who, at=at)
    assert sue.incidents.the().informed == ()


@pytest.mark.parametrize(
    ("words", "due"), [("16:30", timedelta(minutes=90)), ("in 45 min", 1.5 * HALF), ("none", None), ("2:00", 22 * HALF)]
)
def test_the_next_update_is_set_without_one(sue: Desk, words: str, due: timedelta | None) -> None:
    moved = sue.incidents.next_update("", words)
    assert moved.next_update == (START + due if due else None)
    assert len(log(sue)) == 1
    sue.undo.last()
    assert sue.incidents.the().next_update == START + HALF


def test_one_line_is_kept_as_what_it_says(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=12)
    for words, kind, said in (
        ("15:05 restarted @bob", "note", ("15:05", "note", "restarted")),
        ("Half of it is back, next 16:00", "update", ("15:12", "update", "Half of it is back")),
        ("told @max phone 15:08", "told", ("15:08", "informed", "max informed (phone)")),
        ("next 16:10", "next", None),
    ):
        before, seq = log(sue), sue.history()[-1].seq
        assert sue.incidents.enter("", words, "update" if kind == "update" else "note").kind == kind
        assert [each for each in log(sue) if each not in before] == ([said] if said else [])
        assert [each.seq for each in sue.history(seq)] == [seq + 1]
    after = sue.incidents.the()
    assert after.next_update == START + timedelta(minutes=70)
    assert [(each.who, each.how, each.by) for each in after.informed] == [("max", "phone", "sue")]
    assert sue.incidents.standing().until_sales_knew == timedelta(minutes=8)


def test_who_told_them_may_be_somebody_else(sue: Desk) -> None:
    sue.incidents.enter("", "told Support chat by @bob")
    assert [(each.who, each.by) for each in sue.incidents.the().informed] == [("Support", "bob")]


@pytest.mark.parametrize(
    ("words", "said"), [("told @ghost", "@ghost is no department or person"), ("next 14:00", "lies ahead of now")]
)
def test_a_line_that_cannot_be_is_refused_and_changes_nothing(sue: Desk, words: str, said: str) -> None:
    before = everything(sue)
    with pytest.raises(Invalid, match=said):
        sue.incidents.enter("", words)
    assert everything(sue) == before


def test_talking_points_are_approved_and_a_change_takes_it_back(sue: Desk) -> None:
    with pytest.raises(Invalid, match="lack known, affected, doing"):
        sue.incidents.approve("")
    sue.incidents.talk("", {"known": "yes, since 15:00", "affected": "EU", "doing": "rolling back", "not-say": "Redis"})
    after = sue.incidents.approve("")
    assert after.talk is not None
    assert (after.talk.approved, after.talk.approved_by, after.talk.not_say) == (START, "sue", "Redis")
    same = sue.incidents.talk("", {"known": "yes, since 15:00"})
    assert same.talk == after.talk
    changed = sue.incidents.talk("", {"works": "the app"})
    assert changed.talk is not None
    assert (changed.talk.approved, changed.talk.approved_by) == (None, "")
    assert [text for _, _, text in log(sue)[1:]] == [
        "Talking points approved",
        "Talking points changed: no longer approved",
    ]
    with pytest.raises(Invalid, match=r'no talking point "eta". There are known, affected, works, workaround, doing'):
        sue.incidents.talk("", {"eta": "soon"})


def test_what_others_changed_meanwhile_is_kept_or_told(clock: Clock) -> None:
    store = furnished()
    sue, bob = desk(clock, store=store), desk(clock, by="bob", store=store)
    sue.incidents.open("Login slow", sev="2")
    seen = bob.incidents.the()
    sue.incidents.talk("I-1", {"known": "yes"})
    bob.incidents.step("I-1", "ack", seen=seen)
    after = bob.incidents.the()
    assert after.talk is not None
    assert (after.talk.known, after.acknowledged) == ("yes", START)
    with pytest.raises(Conflict):
        bob.incidents.talk("I-1", {"known": "no"}, seen=seen)


def test_two_who_tell_others_at_once_are_both_kept(clock: Clock) -> None:
    store = furnished()
    sue, bob = desk(clock, store=store), desk(clock, by="bob", store=store)
    sue.incidents.open("Login slow", sev="2")
    sue.incidents.inform("I-1", "Sales")
    bob.incidents.inform("I-1", "Support")
    assert [(each.who, each.by) for each in sue.incidents.the().informed] == [("Sales", "sue"), ("Support", "bob")]
    assert sue.incidents.standing().uninformed == ()


def test_the_minutes_tell_of_steps_and_not_of_talking_points(sue: Desk, clock: Clock) -> None:
    meeting = sue.meetings.start("daily").id
    sue.incidents.talk("I-1", {"known": "not to be printed"}, meeting=meeting)
    sue.incidents.inform("I-1", "Sales", meeting=meeting)
    clock.forward(minutes=2)
    sue.meetings.close(meeting)
    changed = [each for item in sue.minutes.of(meeting).minutes.items for each in item.changed]
    assert [(each.id, each.text, each.what) for each in changed] == [("I-1", "Sales informed", "15:00")]


def test_done_in_a_meeting_it_is_part_of_it(sue: Desk) -> None:
    meeting = sue.meetings.start("daily").id
    sue.incidents.update("I-1", "Still looking", meeting=meeting)
    sue.incidents.open("Export fails", meeting=meeting)
    assert [(tx.meeting, tx.section) for tx in sue.history()[-2:]] == [(meeting, "Burning")] * 2
    assert sue.incidents.the("I-2").section == "Burning"


def test_the_timeline_is_in_order_and_complete_where_nobody_wrote_one(sue: Desk, clock: Clock) -> None:
    sue.registers.add("incidents", "Old state:resolved", started="14:00", detected="14:10", acknowledged="14:15",
                      mitigated="14:30", resolved="14:50")  # fmt: skip
    sue.incidents.note("I-2", "14:20 called the carrier")
    moments: Any = sue.incidents.standing("I-2").moments
    assert [(f"{each.at:%H:%M}", each.text) for each in moments] == [
        ("14:00", "Started"),
        ("14:10", "Opened as SEV-2"),
        ("14:15", "Acknowledged"),
        ("14:20", "called the carrier"),
        ("14:30", "Mitigated"),
        ("14:50", "Resolved"),
    ]
    assert all(isinstance(each, Moment) and isinstance(each.at, datetime) for each in moments)


def test_the_review_knows_what_the_desk_knows(sue: Desk, clock: Clock) -> None:
    clock.forward(minutes=75)
    sue.incidents.step("I-1", "ack", "15:05")
    sue.incidents.inform("I-1", "max", at="15:08")
    sue.incidents.step("I-1", "resolve", "16:10 rolled back @bob")
    action = sue.turn("I-1", "action")
    draft = sue.incidents.review("I-1")
    assert (draft.down, draft.to_acknowledge, draft.to_resolve, draft.until_sales_knew) == (70, 5, 70, 8)
    assert (draft.customers, draft.owner, draft.uninformed) == (("Acme",), "Bob", ("Support",))
    assert [(each.id, each.owner) for each in draft.actions] == [(action.id, "Bob")]
    assert [each.by for each in draft.timeline] == ["Sue", "Sue", "Sue", "Bob"]
