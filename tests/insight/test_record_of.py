"""Records turned into minutes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action, Slip, Told
from opsdesk.core.entries import Item, Note
from opsdesk.core.meeting import Attendance, Handover, Meeting, Rating, Section, Span, Waiver
from opsdesk.core.minutes import Came, Handed, Minutes, Waived
from opsdesk.core.people import Person
from opsdesk.insight.minute_lines import by_number
from opsdesk.insight.record_of import Material, minutes_of

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PEOPLE = (Person(handle="sue", name="Sue Park"), Person(handle="ben", name="Ben Ito"))


def _after(**parts: float) -> datetime:
    return START + timedelta(**parts)


MEETING = Meeting(
    id="M-1",
    agenda="daily",
    title="Daily",
    state="closed",
    scheduled=START,
    started=_after(minutes=7),
    ended=_after(minutes=20),
    closing=_after(minutes=19),
    last=_after(minutes=20),
    timebox=20,
    chair="sue",
    sections=(Section(title="Burning", minutes=5, seconds=300), Section(title="Staffing", minutes=3, seconds=180)),
    spans=(
        Span(section=0, entered=_after(minutes=7), left=_after(minutes=10)),
        Span(section=1, entered=_after(minutes=10), left=_after(minutes=11, seconds=29)),
        Span(section=0, entered=_after(minutes=11, seconds=29), left=_after(minutes=19)),
    ),
)


def _minutes(meeting: Meeting = MEETING, zone: str = "Europe/Berlin", **material: object) -> Minutes:
    return minutes_of(meeting, Material(people=PEOPLE, **material), company="Acme", zone=ZoneInfo(zone))


def test_times_are_local_and_used_minutes_are_rounded_half_up() -> None:
    kept = _minutes()

    assert (kept.started.hour, kept.started.minute, kept.zone) == (16, 7, "Europe/Berlin")
    assert [each.actual for each in kept.items] == [11, 1]
    assert kept.used == 13


def test_a_break_between_closing_and_reopening_is_not_counted() -> None:
    spans = (*MEETING.spans, Span(section=1, entered=_after(minutes=120), left=_after(minutes=125)))
    reopened = replace(MEETING, spans=spans, closing=_after(minutes=125), ended=_after(minutes=126))

    assert _minutes(reopened).used == 12 + 6


def test_who_came_late_who_left_and_who_handed_over_by_name_and_local_time() -> None:
    meeting = replace(
        MEETING,
        attendance=(
            Attendance(who="sue", presence="present", came=MEETING.started, left=_after(minutes=15)),
            Attendance(who="ben", presence="present", came=_after(minutes=12), left=MEETING.ended),
            Attendance(who="eva", presence="apologies"),
        ),
        handovers=(Handover(role="chair", before="sue", after="ben", at=_after(minutes=15)),),
        quorum=3,
    )
    kept = _minutes(meeting)

    assert kept.present == ("Ben Ito", "Sue Park")
    assert kept.late == (Came(name="Ben Ito", at="16:12"),)
    assert kept.left == (Came(name="Sue Park", at="16:15"),)
    assert kept.apologies == ("eva",)
    assert kept.handovers == (Handed(role="chair", before="Sue Park", after="Ben Ito", at="16:15"),)
    assert not kept.quorum_met


def test_an_action_tells_its_slips_and_who_promised() -> None:
    told = Told(words="by Friday", by="ben", to="Eva of Globex", on=START, typed_by="sue")
    slips = tuple(Slip(was=date(2026, 11, day), at=START) for day in (6, 13))
    action = Action(
        id="A-1", title="Call", owner="sue", due=date(2026, 11, 27), promise=True, told=told, slips=slips,
        meeting="M-1", section="Staffing",
    )  # fmt: skip
    line = _minutes(actions=(action,)).items[1].actions[0]

    assert line.was == (date(2026, 11, 6), date(2026, 11, 13))
    assert (line.owner, line.promised_to, line.promised_by, line.item) == ("Sue Park", "Eva of Globex", "Ben Ito", 2)


def test_what_was_finished_after_the_end_was_still_open_then() -> None:
    action = Action(id="A-1", title="Call", agenda="daily", due=date(2026, 11, 20), created=START - timedelta(days=5))
    done = replace(action, state="done", finished=_after(minutes=10))
    later = replace(action, id="A-2", state="done", finished=_after(hours=20))

    assert [each.state for each in _minutes(actions=(done, later)).previous] == ["done", "ready"]


def test_what_was_finished_before_the_last_meeting_is_told_once() -> None:
    last = replace(MEETING, id="M-0", started=START - timedelta(days=1), ended=START - timedelta(hours=23))
    old = Action(id="A-1", title="Old", agenda="daily", state="done", finished=START - timedelta(days=2))
    new = replace(old, id="A-2", finished=START - timedelta(hours=2))

    assert [each.id for each in _minutes(actions=(old, new), meetings=(last, MEETING)).previous] == ["A-2"]


def test_items_say_whether_they_were_parked_not_reached_or_still_open() -> None:
    met = replace(MEETING, spans=MEETING.spans[:1])
    item = Item(id="T-1", text="Line", agenda="daily", section="Burning", opened=START)
    items = (
        item,
        replace(item, id="T-2", section="Staffing"),
        replace(item, id="T-3", meeting="M-1"),
        replace(item, id="T-4", parked_in="M-1"),
        replace(item, id="T-5", state="done", settled=_after(minutes=9), settled_in="M-1"),
    )
    kept = _minutes(met, items=items)

    assert [(each.id, each.standing) for each in kept.parked] == [
        ("T-1", "still open"), ("T-2", "not reached"), ("T-3", "still open"), ("T-4", "parked"),
    ]  # fmt: skip
    assert [each.id for each in kept.items[0].settled] == ["T-5"]
    assert [each.reached for each in kept.items] == [True, False]


def test_a_note_outside_every_item_is_not_lost() -> None:
    note = Note(id="N-1", text="Before we began", meeting="M-1", section="", at=START)

    assert _minutes(notes=(note,)).remarks == ("Before we began",)


def test_ratings_waivers_and_owed_points_are_kept() -> None:
    meeting = replace(
        MEETING,
        ratings=(Rating(who="sue", score=8), Rating(who="ben", score=9)),
        waivers=(Waiver(owed="section:1", what="Staffing has no outcome.", why="No time", by="ben"),),
    )
    kept = _minutes(meeting)

    assert (kept.rating, kept.ratings) == (8.5, 2)
    assert kept.waived == (Waived(what="Staffing has no outcome.", why="No time", by="Ben Ito"),)


@given(st.lists(st.integers(1, 300), unique=True))
def test_ids_are_in_the_order_of_their_numbers(numbers: list[int]) -> None:
    notes = [Note(id=f"N-{n}", text="x", meeting="M-1", at=START) for n in numbers]

    assert [int(note.id[2:]) for note in by_number(notes)] == sorted(numbers)
