from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from opsdesk.core.actions import Action, Told
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid, NotFound, OpsDeskError
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
NEXT_WEEK = date(2026, 12, 4)


class Office:
    def __init__(self) -> None:
        self.clock = Clock()
        self.store = MemoryStore()
        with self.store.work("set up", by="nobody", at=START) as work:
            for handle, name in (("sue", "Sue Park"), ("bob", "Bob Hill")):
                work.add(Person(handle=handle, name=name))
            work.add(Customer(handle="globex", name="Globex Inc"))
        self.desk = Desk(self.store, self.clock, "sue", Settings(), dict)

    def act(self, text: str) -> Action:
        return self.desk.actions.capture(text)

    def last_command(self) -> str:
        return self.store.history()[-1].command


@pytest.fixture
def office() -> Office:
    return Office()


def test_an_action_from_one_line(office: Office) -> None:
    made = office.act("Call back @bob #globex fri")
    assert made == Action(
        id="A-1",
        rev=made.rev,
        title="Call back",
        owner="bob",
        customer="globex",
        due=FRIDAY,
        created=START,
        created_by="sue",
    )
    assert office.store.get(Action, "A-1") == made
    assert office.last_command() == "Add Call back"


def test_a_promise_keeps_what_was_said_by_whom_to_whom(office: Office) -> None:
    made = office.act(" Call back @bob #globex fri ! ")
    assert made.told == Told(
        words="Call back @bob #globex fri !", by="bob", to="Globex Inc", on=START, typed_by="sue", due=FRIDAY
    )
    assert office.act("Call @bob #globex fri !sue").told == Told(
        words="Call @bob #globex fri !sue", by="sue", to="Globex Inc", on=START, typed_by="sue", due=FRIDAY
    )
    told = office.desk.actions.capture("Call fri !", to="their CIO").told
    assert told is not None
    assert (told.by, told.to) == ("sue", "their CIO")


def test_in_a_meeting_it_takes_the_meetings_place_customer_and_time(office: Office) -> None:
    later = START + timedelta(minutes=5)
    with office.store.work("meet", by="sue", at=START) as work:
        meeting = work.add(
            Meeting(
                agenda="call", title="Call", customer="globex", scheduled=START, last=later, timebox=10, sections=()
            )
        )
    made = office.desk.actions.capture("Call @bob fri !", meeting=meeting.id, section="Promises")
    assert (made.meeting, made.section, made.agenda, made.customer) == (meeting.id, "Promises", "call", "globex")
    assert made.created == later
    assert made.told is not None
    assert (made.told.meeting, made.told.to) == (meeting.id, "Globex Inc")
    assert office.store.history()[-1].section == "Promises"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "does not say what"),
        ("fri", "does not say what"),
        ("@bob #globex !", "does not say what"),
        ("Call @bob !", "A promise needs a date"),
        ("Call @bob nodate !", "A promise needs a date"),
        ("Call yesterday", "2026-11-22 is past"),
        ("x" * 10_001, "10,000"),
    ],
)
def test_what_is_no_action(office: Office, text: str, words: str) -> None:
    before = len(office.store.history())
    with pytest.raises(Invalid, match=words):
        office.desk.actions.understood(text)
    with pytest.raises(Invalid, match=words):
        office.act(text)
    assert office.store.all(Action) == ()
    assert len(office.store.history()) == before


def test_a_past_date_is_kept_once_it_was_asked_about(office: Office) -> None:
    assert office.desk.actions.capture("Call yesterday", past_ok=True).due == date(2026, 11, 22)


def test_no_date_is_the_usual_date_or_none(office: Office) -> None:
    assert office.act("Call").due == date(2026, 11, 30)
    assert office.act("Call nodate").due is None


def test_an_unknown_owner_stays_in_the_title_until_there_is_one(office: Office) -> None:
    made = office.act("Call @dan fri")
    assert (made.title, made.owner) == ("Call @dan", "")
    assert office.desk.actions.draft("Call @dan fri").unknown == ("@dan",)
    office.desk.people.add("Dan Ray")
    assert office.desk.actions.draft("Call @dan fri").owner == "dan"


def test_several_are_done_together_or_not_at_all(office: Office) -> None:
    for _ in range(5):
        office.act("Call")
    finished = office.desk.actions.done("A-1", "A-2", "A-1")
    assert [(each.id, each.state, each.finished) for each in finished] == [
        ("A-1", "done", START),
        ("A-2", "done", START),
    ]
    assert office.last_command() == "Done A-1, A-2"
    with pytest.raises(NotFound, match="A-99"):
        office.desk.actions.done("A-3", "A-99")
    with pytest.raises(Invalid, match="A-1 is done already"):
        office.desk.actions.done("A-3", "A-1")
    assert office.store.get(Action, "A-3").state == "ready"
    office.desk.undo.last()
    assert {each.state for each in office.store.all(Action)} == {"ready"}


def test_the_first_start_counts_and_waiting_ends_with_the_next(office: Office) -> None:
    office.act("Call")
    assert office.desk.actions.start("A-1").started == START
    waits = office.desk.actions.wait("A-1", "their IT", FRIDAY)
    assert (waits.state, waits.waiting_on, waits.wait_until) == ("waiting", "their IT", FRIDAY)
    office.clock.forward(days=1)
    again = office.desk.actions.start("A-1")
    assert (again.state, again.started, again.waiting_on, again.wait_until) == ("started", START, "", None)


def test_one_never_started_has_no_start_when_done(office: Office) -> None:
    office.act("Call")
    assert office.desk.actions.done("A-1")[0].started is None


def test_it_is_given_by_handle_or_name(office: Office) -> None:
    office.act("Call @bob")
    assert office.desk.actions.give("A-1", "sue").owner == "sue"
    assert office.desk.actions.give("A-1", "@Bob Hill").owner == "bob"
    assert office.last_command() == "Give A-1 to bob"


def test_a_moved_date_leaves_its_trail(office: Office) -> None:
    office.act("Call fri")
    moved = office.desk.actions.redate("A-1", NEXT_WEEK, "they are away")
    assert moved.due == NEXT_WEEK
    assert [(slip.was, slip.at, slip.why) for slip in moved.slips] == [(FRIDAY, START, "they are away")]
    assert office.desk.actions.redate("A-1", None).due is None


def test_a_promise_moves_only_with_a_reason_and_keeps_its_first_date(office: Office) -> None:
    office.act("Call fri !")
    with pytest.raises(Invalid, match="reason"):
        office.desk.actions.redate("A-1", NEXT_WEEK)
    with pytest.raises(Invalid, match="promise"):
        office.desk.actions.redate("A-1", None, "why not")
    moved = office.desk.actions.redate("A-1", NEXT_WEEK, "they are away")
    assert (moved.due, moved.first_due) == (NEXT_WEEK, FRIDAY)


def test_dropped_escalated_and_reopened(office: Office) -> None:
    office.act("Call")
    assert office.desk.actions.escalate("A-1", "no answer").escalated == START
    dropped = office.desk.actions.drop("A-1", "not wanted")
    assert (dropped.state, dropped.why, dropped.finished) == ("dropped", "not wanted", None)
    assert office.desk.actions.reopen("A-1").state == "ready"
    office.desk.actions.start("A-1")
    office.desk.actions.done("A-1")
    again = office.desk.actions.reopen("A-1")
    assert (again.state, again.finished, again.started) == ("started", None, START)


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (lambda a: a.drop("A-1", " "), "without a reason"),
        (lambda a: a.wait("A-1", " "), "waits on nobody"),
        (lambda a: a.wait("A-1", "Bob", date(2026, 11, 22)), "past"),
        (lambda a: a.give("A-1", "dan"), 'Nobody is called "dan"'),
        (lambda a: a.give("A-1", ""), "Nobody"),
        (lambda a: a.give("A-1", "bob"), "already"),
        (lambda a: a.redate("A-1", date(2026, 11, 22)), "past"),
        (lambda a: a.redate("A-1", FRIDAY), "already"),
        (lambda a: a.reopen("A-1"), "still open"),
        (lambda a: a.start("A-9"), "A-9"),
        (lambda a: a.edit("A-1", "fri"), "does not say"),
        (lambda a: a.edit("A-1", "Call yesterday"), "past"),
        (lambda a: a.day("soon"), "no date"),
    ],
)
def test_what_the_rules_forbid_is_said_and_changes_nothing(
    office: Office, verb: Callable[[object], object], words: str
) -> None:
    before = office.act("Call @bob fri")
    with pytest.raises(OpsDeskError, match=words):
        verb(office.desk.actions)
    assert office.store.get(Action, "A-1") == before


def test_a_finished_action_takes_no_verb(office: Office) -> None:
    office.act("Call @bob fri")
    office.desk.actions.done("A-1")
    actions = office.desk.actions
    for verb in (
        lambda: actions.start("A-1"),
        lambda: actions.wait("A-1", "Bob"),
        lambda: actions.give("A-1", "sue"),
        lambda: actions.redate("A-1", NEXT_WEEK),
        lambda: actions.drop("A-1", "why"),
        lambda: actions.escalate("A-1"),
    ):
        with pytest.raises(Invalid, match="A-1 is done already"):
            verb()


def test_the_day_it_was_made_everything_can_be_corrected(office: Office) -> None:
    office.act("Cal @bob #globex fri !")
    corrected = office.desk.actions.edit("A-1", "Call @sue next fri !bob")
    assert (corrected.title, corrected.owner, corrected.customer, corrected.due) == ("Call", "sue", "", NEXT_WEEK)
    assert corrected.slips == ()
    assert corrected.told is not None
    assert (corrected.told.due, corrected.told.by, corrected.told.words) == (NEXT_WEEK, "bob", "Cal @bob #globex fri !")
    assert office.desk.actions.edit("A-1", "Call nodate").told is None


def test_later_a_corrected_date_is_a_slip_and_a_promise_stays(office: Office) -> None:
    office.act("Call fri")
    office.act("Call fri !")
    office.clock.forward(days=1)
    assert [slip.was for slip in office.desk.actions.edit("A-1", "Call next fri").slips] == [FRIDAY]
    for text in ("Call next fri !", "Call 2026-11-27"):
        with pytest.raises(Invalid, match="promise"):
            office.desk.actions.edit("A-2", text)
    kept = office.desk.actions.edit("A-2", "Call them @bob 2026-11-27 !")
    assert kept.told is not None
    assert (kept.title, kept.first_due, kept.told.on) == ("Call them", FRIDAY, START)


@pytest.mark.parametrize("days", [0, 1])
def test_correcting_a_moved_promise_keeps_its_first_date(office: Office, days: int) -> None:
    office.act("Cal fri !")
    office.desk.actions.redate("A-1", NEXT_WEEK, "they are away")
    office.clock.forward(days=days)
    corrected = office.desk.actions.edit("A-1", "Call 2026-12-04 !")
    assert (corrected.title, corrected.due, corrected.first_due) == ("Call", NEXT_WEEK, FRIDAY)
    assert len(corrected.slips) == 1


def test_an_overdue_date_that_stays_is_not_asked_about_again(office: Office) -> None:
    office.act("Cal fri")
    office.clock.forward(days=20)
    text = office.desk.actions.text_of(office.store.get(Action, "A-1"))
    assert text == "Cal 2026-11-27"
    assert office.desk.actions.edit("A-1", "Call 2026-11-27").title == "Call"


def test_names_are_read_again_when_they_change(office: Office) -> None:
    assert [each.text for each in office.desk.actions.complete("Call @", 6)] == ["@bob", "@sue"]
    names = office.desk.people.names()
    assert office.desk.people.names() is names
    office.desk.people.add("Dan Ray")
    assert [each.text for each in office.desk.actions.complete("Call @d", 7)] == ["@dan"]
    office.desk.undo.last()
    assert office.desk.actions.complete("Call @d", 7) == ()


VERBS: list[Callable[[Desk, str], object]] = [
    lambda desk, id: desk.actions.start(id),
    lambda desk, id: desk.actions.done(id),
    lambda desk, id: desk.actions.wait(id, "Bob"),
    lambda desk, id: desk.actions.give(id, "bob"),
    lambda desk, id: desk.actions.give(id, "sue"),
    lambda desk, id: desk.actions.redate(id, FRIDAY, "why"),
    lambda desk, id: desk.actions.redate(id, None),
    lambda desk, id: desk.actions.drop(id, "why"),
    lambda desk, id: desk.actions.escalate(id),
    lambda desk, id: desk.actions.reopen(id),
    lambda desk, id: desk.actions.edit(id, "Call @bob next fri !"),
    lambda desk, id: desk.actions.edit(id, "Call nodate"),
]


@given(st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 50)), max_size=12))
def test_any_order_of_verbs_keeps_an_action_in_order(steps: list[tuple[Callable[[Desk, str], object], int]]) -> None:
    office = Office()
    first = office.act("Call @sue fri")
    done = 0
    for verb, hours in steps:
        office.clock.forward(hours=hours)
        before = office.store.get(Action, "A-1")
        with suppress(Invalid):
            verb(office.desk, "A-1")
        done += office.store.get(Action, "A-1") != before
        _in_order(office.store.get(Action, "A-1"))
    for _ in range(done):
        office.desk.undo.last()
    assert replace(office.store.get(Action, "A-1"), rev=first.rev) == first


def _in_order(action: Action) -> None:
    assert (action.state == "done") == (action.finished is not None)
    assert action.state == "waiting" or not action.waiting_on
    assert not action.promise or (action.due is not None and action.told is not None)
    assert action.finished is None or action.started is None or action.started <= action.finished
    assert action.state != "dropped" or action.why


def test_past_the_limit_a_start_is_taken_and_said(office: Office) -> None:
    for _ in range(4):
        made = office.act("Call @bob")
        said = office.desk.actions.over_limit(office.desk.actions.start(made.id).owner)
        assert bool(said) == (made.id == "A-4")
    assert said == "Bob Hill has 4 started of 3"
    office.desk.actions.done("A-1")
    assert office.desk.actions.over_limit("bob") == office.desk.actions.over_limit("") == ""


@pytest.fixture
def mensah(office: Office) -> Office:
    """The office with somebody whose name begins with "me"."""
    office.desk.people.add("Kofi Mensah")
    return office


def test_me_is_whoever_is_at_the_keyboard(mensah: Office) -> None:
    made = mensah.act("Mine @me")
    assert (made.title, made.owner) == ("Mine", "sue")
    assert mensah.desk.actions.draft("Theirs @bob fri !me").by == "sue"
    assert mensah.desk.actions.give(mensah.act("Handed over @bob").id, "@me").owner == "sue"
    assert mensah.desk.actions.wait(made.id, "@me").waiting_on == "sue"


def test_me_is_nobody_else_where_who_is_at_the_keyboard_is_not_among_the_people(mensah: Office) -> None:
    unknown = Desk(mensah.store, mensah.clock, "root", Settings(), dict)
    draft = unknown.actions.draft("Mine @me")
    assert (draft.owner, draft.unknown) == ("", ("@me",))


def test_whoever_has_the_handle_me_is_meant_by_it(mensah: Office) -> None:
    mensah.desk.people.add("Mei Li", handle="me")
    assert mensah.act("Mine @me").owner == "me"


def test_a_line_is_read_again_when_a_name_or_the_day_has_changed() -> None:
    clock = Clock()
    at = Desk(MemoryStore(), clock, "sue", Settings(), lambda: {})
    assert at.actions.draft("Ask @zoe tomorrow").owner == ""
    at.people.add("Zoe")
    known = at.actions.draft("Ask @zoe tomorrow")
    assert (known.owner, str(known.due)) == ("zoe", "2026-11-24")
    clock.forward(days=1)
    assert str(at.actions.draft("Ask @zoe tomorrow").due) == "2026-11-25"
