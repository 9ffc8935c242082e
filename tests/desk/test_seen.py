"""Verbs that are given what was seen: what others changed since stays, what both changed is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item, Note
from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.people import Person
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from tests.clock import Clock
from tests.desk.meeting_desk import desk, furnished

TUESDAY, FRIDAY, MONDAY, LATER = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 4)


class Office:
    """Sue and Bob at a desk each; an action that both have seen."""

    def __init__(self) -> None:
        self.clock, store = Clock(), furnished()
        self.sue, self.bob = desk(self.clock, "sue", store), desk(self.clock, "bob", store)

    def seen(self, text: str = "Call @sue #acme tue", days: int = 0) -> Action:
        made = self.sue.actions.capture(text)
        self.clock.forward(days=days)
        return made

    def now(self, id: str = "A-1") -> Action:
        return self.sue.read.get(Action, id)


@pytest.fixture
def office() -> Office:
    return Office()


Verb = Callable[[Desk, Action], Action]
FREE: dict[str, Verb] = {
    "edit": lambda at, seen: at.actions.edit("A-1", "Write @sue #acme 24.11.", seen=seen),
    "give": lambda at, seen: at.actions.give("A-1", "ann", seen=seen),
    "start": lambda at, seen: at.actions.start("A-1", seen=seen),
    "wait": lambda at, seen: at.actions.wait("A-1", "their IT", seen=seen),
    "drop": lambda at, seen: at.actions.drop("A-1", "solved", seen=seen),
    "escalate": lambda at, seen: at.actions.escalate("A-1", "too late", seen=seen),
}


@pytest.mark.parametrize("verb", sorted(FREE))
def test_a_date_that_bob_moved_meanwhile_stays(office: Office, verb: str) -> None:
    seen = office.seen()
    bobs = office.bob.actions.redate("A-1", MONDAY)
    alone = Office()
    hers = FREE[verb](alone.sue, alone.seen())
    done = FREE[verb](office.sue, seen)
    assert done == replace(hers, due=MONDAY, slips=bobs.slips, rev=done.rev) == office.now()
    assert (done.due, len(done.slips)) == (MONDAY, 1)


@pytest.mark.parametrize("his", sorted(FREE))
@pytest.mark.parametrize("hers", sorted(FREE.keys() - {"edit"}))
def test_what_is_merged_is_what_she_would_have_made_of_his(his: str, hers: str) -> None:
    """Or it is refused: never a mixture that the rules do not know."""
    merging, in_turn = Office(), Office()
    seen, its = merging.seen(), in_turn.seen()
    FREE[his](merging.bob, seen)
    FREE[his](in_turn.bob, its)
    try:
        expected = FREE[hers](in_turn.sue, in_turn.now())
    except Invalid as error:
        with pytest.raises(Invalid, match=re.escape(error.message)):
            FREE[hers](merging.sue, seen)
        return
    with suppress(Conflict):
        assert FREE[hers](merging.sue, seen) == expected
        assert his == hers or {his, hers} & {"edit", "give", "escalate"}


def test_without_what_was_seen_a_verb_acts_on_what_is_there(office: Office) -> None:
    office.seen()
    office.bob.actions.redate("A-1", MONDAY)
    assert office.sue.actions.redate("A-1", FRIDAY).due == FRIDAY


def test_the_title_of_a_promise_is_corrected_though_bob_moved_its_date(office: Office) -> None:
    seen = office.seen("Call @sue #acme tue !", days=1)
    office.bob.actions.redate("A-1", MONDAY, "test data came late")
    done = office.sue.actions.edit("A-1", "Write @sue #acme 24.11. !", seen=seen)
    assert (done.title, done.due, done.promise) == ("Write", MONDAY, True)
    assert (seen.told, len(done.slips)) == (done.told, 1)


def test_a_past_date_that_was_seen_is_not_asked_about_again(office: Office) -> None:
    seen = office.seen(days=3)
    office.bob.actions.redate("A-1", MONDAY)
    assert office.sue.actions.edit("A-1", "Write @sue #acme 24.11.", seen=seen).due == MONDAY


def test_the_same_field_is_refused_with_name_and_the_companys_time(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.redate("A-1", MONDAY)
    with pytest.raises(
        Conflict, match="A-1: Bob set Due to 2026-11-30 on 2026-11-23 at 15:00, you 2026-11-27"
    ) as caught:
        office.sue.actions.edit("A-1", "Write @sue #acme 27.11.", seen=seen)
    assert office.now().title == "Call"
    assert isinstance(caught.value.mine, Action)
    assert (caught.value.mine.title, caught.value.mine.due) == ("Write", FRIDAY)


def test_both_moving_it_to_the_same_day_is_no_conflict_and_one_move(office: Office) -> None:
    seen = office.seen(days=1)
    office.bob.actions.redate("A-1", MONDAY)
    office.clock.forward(minutes=1)
    done = office.sue.actions.edit("A-1", "Write @sue #acme 30.11.", seen=seen)
    assert (done.title, done.due, len(done.slips)) == ("Write", MONDAY, 1)


def test_rules_hold_on_the_record_as_it_is_now(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.done("A-1")
    with pytest.raises(Invalid, match="A-1 is done already"):
        office.sue.actions.redate("A-1", MONDAY, seen=seen)
    with pytest.raises(Invalid, match="A-1 is done already"):
        office.sue.actions.give("A-1", "ann", seen=seen)


def test_asking_for_what_was_seen_is_a_question_where_it_is_no_longer_so(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.give("A-1", "ann")
    with pytest.raises(Conflict, match="A-1: Bob set Who to Ann on 2026-11-23 at 15:00, you Sue") as caught:
        office.sue.actions.give("A-1", "sue", seen=seen)
    assert office.now().owner == "ann"
    assert getattr(office.sue.resolve(caught.value, "mine"), "owner", "") == "sue"


def test_a_promise_made_of_what_lost_its_date_meanwhile_is_refused(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.redate("A-1", None)
    with pytest.raises((Invalid, Conflict), match="promise"):
        office.sue.actions.edit("A-1", "Call @sue #acme 24.11. !", seen=seen)
    assert not office.now().promise


def test_who_removed_it_meanwhile_is_said(office: Office) -> None:
    seen = office.seen()
    office.sue.undo.last()
    with pytest.raises(Conflict, match=r"A-1 was removed by Sue on 2026-11-23 at 15:00\."):
        office.bob.actions.give("A-1", "ann", seen=seen)
    with pytest.raises(NotFound, match="There is no A-1"):
        office.bob.actions.give("A-1", "ann")


@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_one_chooses_whose_date_it_is_and_the_rest_is_kept_of_both(office: Office, choice: Any) -> None:
    seen = office.seen(days=1)
    office.bob.actions.redate("A-1", MONDAY)
    office.bob.actions.give("A-1", "ann")
    office.clock.forward(minutes=1)
    with pytest.raises(Conflict) as caught:
        office.sue.actions.edit("A-1", "Write @sue #acme 4.12.", seen=seen)
    done = office.sue.resolve(caught.value, choice)
    assert done == office.now()
    assert isinstance(done, Action)
    assert (done.title, done.owner) == ("Write", "ann")
    kept = {"theirs": (MONDAY, [TUESDAY]), "mine": (LATER, [TUESDAY, MONDAY])}[choice]
    assert (done.due, [slip.was for slip in done.slips]) == kept
    assert office.sue.history()[-1].command == "Settle A-1"


def test_taking_theirs_where_nothing_else_differs_writes_nothing(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.give("A-1", "ann")
    with pytest.raises(Conflict) as caught:
        office.sue.actions.give("A-1", "max", seen=seen)
    before = len(office.sue.history())
    assert office.sue.resolve(caught.value, "theirs") == office.now()
    assert len(office.sue.history()) == before


def test_both_of_two_titles_are_kept(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.edit("A-1", "Call them @sue #acme tue")
    with pytest.raises(Conflict) as caught:
        office.sue.actions.edit("A-1", "Write to Kim @sue #acme 24.11.", seen=seen)
    told = office.sue.told(caught.value)
    assert told.choices == ("theirs", "mine", "both")
    assert getattr(office.sue.resolve(caught.value, "both"), "title", "") == "Call them / Write to Kim"


def test_what_changed_again_meanwhile_is_asked_about_again(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.give("A-1", "ann")
    with pytest.raises(Conflict) as first:
        office.sue.actions.give("A-1", "max", seen=seen)
    office.bob.actions.give("A-1", "bob")
    with pytest.raises(Conflict, match=r"A-1: Bob set Who to Bob .*, you Max") as second:
        office.sue.resolve(first.value, "mine")
    assert getattr(office.sue.resolve(first.value, "theirs"), "owner", "") == "bob"
    assert getattr(office.sue.resolve(second.value, "mine"), "owner", "") == "max"


def test_what_is_told_is_in_names_titles_and_the_companys_time(office: Office) -> None:
    seen = office.seen()
    office.bob.actions.give("A-1", "ann")
    office.bob.actions.redate("A-1", MONDAY)
    with pytest.raises(Conflict) as caught:
        office.sue.actions.edit("A-1", "Call @max #acme 27.11.", seen=seen)
    told = office.sue.told(caught.value)
    assert [(line.title, line.was, line.theirs, line.mine, line.by, line.when) for line in told.lines] == [
        ("Who", "Sue", "Ann", "Max", "Bob", "at 15:00"),
        ("Due", "Tue 24 Nov", "Mon 30 Nov", "Fri 27 Nov", "Bob", "at 15:00"),
    ]
    assert (told.choices, told.one) == (("theirs", "mine"), "There is one Who: only one of the two can be true.")
    assert (
        told.sentence
        == "A-1: Bob set Who to Ann and set Due to Mon 30 Nov at 15:00, you set Who to Max and set Due to Fri 27 Nov."
    )
    with pytest.raises(Invalid, match="There is one Who"):
        office.sue.resolve(caught.value, "both")


def test_where_nothing_can_be_chosen_that_is_said(office: Office) -> None:
    seen = office.seen()
    office.sue.undo.last()
    with pytest.raises(Conflict) as caught:
        office.bob.actions.give("A-1", "ann", seen=seen)
    told = office.bob.told(caught.value)
    assert (told.choices, told.lines) == ((), ())
    assert told.sentence == "A-1 was removed by Sue at 15:00."
    with pytest.raises(Invalid, match="nothing to choose"):
        office.bob.resolve(caught.value, "mine")


def test_items_are_settled_from_what_was_seen(office: Office) -> None:
    seen = office.sue.items.add("Fan is loud", agenda="daily", section="Outages")
    office.bob.items.escalate("T-1", "nobody comes")
    with pytest.raises(Conflict, match=r'T-1: Bob set Why to "nobody comes" .*, you .*"mended"'):
        office.sue.items.settle("T-1", "mended", seen=seen)
    done = office.sue.items.settle("T-1", seen=seen)
    assert (done.state, done.why, done.escalated) == ("done", "nobody comes", office.clock())
    with pytest.raises(Invalid, match="settled already"):
        office.sue.items.drop("T-1", "x", seen=seen)
    assert office.sue.read.get(Item, "T-1") == done


def test_a_flag_is_completed_from_what_was_seen(office: Office) -> None:
    seen = office.sue.scores.set("acme", "Support", "red", "broken")
    office.bob.scores.complete("S-1", owner="bob")
    done = office.sue.scores.complete("S-1", exit="no more calls", seen=seen)
    assert (done.owner, done.exit) == ("bob", "no more calls")
    with pytest.raises(Conflict, match=r"S-1: Bob set Owner to Bob .*, you Ann"):
        office.sue.scores.complete("S-1", owner="ann", seen=seen)
    assert office.sue.read.get(Score, "S-1") == done


def test_an_entry_is_amended_from_what_was_seen(office: Office) -> None:
    office.sue.meetings.start("daily")
    seen = office.sue.meetings.note("M-1", "Fan is loud")
    office.bob.meetings.amend("N-1", "Fan is very loud")
    with pytest.raises(Conflict, match=r'N-1: Bob set Note to "Fan is very loud" .*, you "The fan is loud"') as caught:
        office.sue.meetings.amend("N-1", "The fan is loud", seen=seen)
    assert getattr(office.sue.resolve(caught.value, "mine"), "text", "") == "The fan is loud"
    action = office.sue.meetings.act("M-1", "Call @sue fri")
    office.bob.actions.give("A-1", "ann")
    assert getattr(office.sue.meetings.amend("A-1", "Write @sue fri", seen=action), "owner", "") == "ann"
    assert office.sue.read.get(Note, "N-1").text == "The fan is loud"


def test_a_reading_is_the_record_as_it_was_at_its_rev(office: Office) -> None:
    seen = office.seen()
    given = office.bob.actions.give("A-1", "ann")
    assert office.sue.reading(Action, "A-1", seen.rev) == seen
    assert office.sue.reading(Action, "A-1", given.rev) == given
    office.bob.people.add("Dan")
    for rev in (1, given.rev + 1, 99):
        with pytest.raises(Invalid, match=f"A-1 never was at rev {rev}: it is at {given.rev}"):
            office.sue.reading(Action, "A-1", rev)
    with pytest.raises(NotFound):
        office.sue.reading(Person, "P-99", 1)


# what is typed into a meeting


def in_a_meeting(office: Office, agenda: str = "daily") -> Meeting:
    meeting = office.sue.meetings.start(agenda)
    office.clock.forward(minutes=1)
    return office.sue.read.get(Meeting, meeting.id)


GIVEN: dict[str, tuple[str, Callable[[Desk, Meeting, int], Meeting], str]] = {
    "outcome": (
        "daily",
        lambda at, seen, n: at.meetings.outcome(seen.id, f"words {n}", 0, seen=seen),
        'Bob was first with the outcome of Burning, on 2026-11-23 at 15:01: "words 1".',
    ),
    "overrun": (
        "review",
        lambda at, seen, n: at.meetings.overrun(seen.id, f"words {n}", seen=seen),
        'Bob was first with the reason for the cap, on 2026-11-23 at 15:01: "words 1".',
    ),
    "rating": (
        "daily",
        lambda at, seen, n: at.meetings.rate(seen.id, "sue", n, seen=seen),
        'Bob was first with the rating, on 2026-11-23 at 15:01: "1".',
    ),
}


@pytest.mark.parametrize("what", sorted(GIVEN))
def test_what_bob_gave_a_meeting_meanwhile_is_not_written_over(office: Office, what: str) -> None:
    agenda, give, said = GIVEN[what]
    seen = in_a_meeting(office, agenda)
    kept = give(office.bob, seen, 1)
    office.clock.forward(minutes=1)
    office.bob.meetings.note(seen.id, "something else")
    with pytest.raises(Conflict, match=re.escape(said)):
        give(office.sue, seen, 2)
    assert office.sue.read.get(Meeting, seen.id) == kept


@pytest.mark.parametrize("what", sorted(GIVEN))
def test_the_same_given_twice_and_what_was_seen_are_no_disagreement(office: Office, what: str) -> None:
    agenda, give, _ = GIVEN[what]
    seen = in_a_meeting(office, agenda)
    give(office.bob, seen, 1)
    again = give(office.sue, seen, 1)
    assert give(office.sue, again, 2) == office.bob.read.get(Meeting, seen.id)


def test_something_else_that_bob_did_to_the_meeting_is_no_disagreement(office: Office) -> None:
    seen = in_a_meeting(office)
    office.bob.meetings.next(seen.id)
    kept = office.sue.meetings.outcome(seen.id, seen=seen)
    assert [section.outcome for section in kept.sections] == ["nothing to report", "", ""]
