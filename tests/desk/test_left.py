"""What has left the desk: kept with the minutes, never undone, and said when what they tell is undone."""

from __future__ import annotations

import pytest

from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import MinutesRecord
from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from tests.clock import Clock
from tests.desk.meeting_desk import desk

PRINTED = "The minutes of Daily #1, with this in them, were printed at 15:03 by Sue"
THESE = "These minutes were printed at 15:03 by Sue"


@pytest.fixture
def at(clock: Clock) -> Desk:
    return desk(clock)


def closed(at: Desk, clock: Clock) -> Meeting:
    meeting = at.meetings.start("daily")
    at.meetings.act(meeting.id, "Call back @sue +3d")
    at.meetings.note(meeting.id, "All quiet")
    for _ in meeting.sections:
        clock.forward(minutes=1)
        at.meetings.next(meeting.id)
    return at.meetings.close(meeting.id)


def test_a_copy_is_kept_with_the_minutes_and_printed_on_none_of_them(at: Desk, clock: Clock) -> None:
    meeting = closed(at, clock)
    before = at.minutes.of(meeting.id)
    kept = at.minutes.left(before.id, "saved", "a\x1b.md")
    (copy,) = kept.copies
    assert (copy.words, copy.by, copy.at) == ("saved to a.md", "sue", clock())
    assert at.minutes.of(meeting.id) == kept
    assert [form.render(kept.minutes) for form in FORMATS.values()] == [
        form.render(before.minutes) for form in FORMATS.values()
    ]
    entry = at.history()[-1]
    assert (entry.command, entry.left, entry.meeting) == ("Minutes of M-1 saved to a.md", "saved to a.md", "M-1")


def test_the_same_copy_is_kept_once_until_the_minutes_say_something_else(at: Desk, clock: Clock) -> None:
    meeting = closed(at, clock)
    id = at.minutes.of(meeting.id).id
    clock.forward(minutes=1)
    for _ in range(2):
        at.minutes.left(id, "printed")
    assert len(at.minutes.left(id, "saved", "x.md").copies) == 2


def test_what_has_left_is_not_undone(at: Desk, clock: Clock) -> None:
    meeting = closed(at, clock)
    closing = at.undo.peek()
    at.minutes.left(at.minutes.of(meeting.id).id, "printed")
    assert at.undo.peek() == closing


def test_undoing_the_closing_takes_the_minutes_away_and_says_that_they_had_left(at: Desk, clock: Clock) -> None:
    meeting = closed(at, clock)
    kept = at.minutes.left(at.minutes.of(meeting.id).id, "printed")
    undone = at.undo.last()
    assert at.read.all(MinutesRecord) == ()
    assert at.undo.left(undone) == THESE
    again = at.undo.redo()
    assert at.minutes.of(meeting.id).copies == kept.copies
    assert at.undo.left(again) == THESE


@pytest.mark.parametrize("path", ["/home/sue/minutes/daily-1.md", "C:\\minutes\\daily-1.md", "daily-1.md"])
def test_of_a_file_its_name_is_said_and_of_another_day_the_day(at: Desk, clock: Clock, path: str) -> None:
    meeting = closed(at, clock)
    at.minutes.left(at.minutes.of(meeting.id).id, "saved", path)
    clock.forward(days=1)
    assert at.undo.left(at.undo.last()) == "These minutes were saved on 2026-11-23 at 15:03 by Sue: daily-1.md"


def test_whatever_the_minutes_tell_is_said_and_nothing_else(at: Desk, clock: Clock) -> None:
    before = at.people.add("Ana Ferreira")
    meeting = closed(at, clock)
    closing = at.history()[-1]
    other = at.actions.capture("Something else")
    at.minutes.left(at.minutes.of(meeting.id).id, "printed")
    at.actions.done("A-1")
    told = {tx.command: at.undo.left(tx) for tx in at.history()}
    assert told[closing.command] == THESE
    made = {change.id: at.undo.left(tx) for tx in at.history() for change in tx.changes if change.before is None}
    assert (made["N-1"], made["A-1"], made[other.id], made[before.id]) == (PRINTED, PRINTED, "", "")
    assert told["Done A-1"] == ""


def test_a_later_change_of_what_minutes_told_before_is_not_said(at: Desk, clock: Clock) -> None:
    meeting = closed(at, clock)
    at.actions.done("A-1")
    at.minutes.left(at.minutes.of(meeting.id).id, "printed")
    assert at.undo.left(at.undo.last()) == ""


def test_a_draft_that_had_left_keeps_its_copies_when_it_is_settled(at: Desk, clock: Clock) -> None:
    meeting = at.meetings.start("daily")
    at.meetings.act(meeting.id, "Owned by nobody")
    for _ in meeting.sections:
        clock.forward(minutes=1)
        at.meetings.next(meeting.id)
    at.meetings.close(meeting.id)
    clock.forward(minutes=1)
    draft = at.minutes.of(meeting.id)
    assert draft.minutes.draft
    at.minutes.left(draft.id, "printed")
    at.actions.give("A-1", "sue")
    at.actions.redate("A-1", at.today())
    clock.forward(minutes=1)
    for owed in at.meetings.gate(meeting.id):
        at.meetings.waive(meeting.id, owed.key, "let go")
    at.meetings.settle(meeting.id)
    settled = at.minutes.of(meeting.id)
    assert (settled.minutes.draft, len(settled.copies)) == (False, 1)
    clock.forward(minutes=1)
    assert len(at.minutes.left(draft.id, "printed").copies) == 2
