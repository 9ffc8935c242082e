from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.entries import Item, Note
from opsdesk.core.events import Close, GoTo, Next, Outcome, Overrun, ParkSection, Waive
from opsdesk.core.meeting import Meeting
from opsdesk.core.runner import step
from opsdesk.core.scores import Score
from opsdesk.insight.closing import Table, owed
from tests.core.meeting_of import after, opened


def meeting(**agenda: Any) -> Meeting:
    """In its first section, which has an outcome."""
    return step(replace(opened(**agenda), id="M-1"), Outcome(at=after(1)))


def keys(of: Meeting, **table: Any) -> list[str]:
    return [each.key for each in owed(of, Table(**table), after(5))]


def action(**fields: Any) -> Action:
    return Action(
        **{"id": "A-12", "title": "Call", "owner": "sue", "due": date(2026, 12, 1), "agenda": "daily", **fields}
    )


def red(**fields: Any) -> Score:
    plain = {"id": "S-3", "customer": "acme", "measure": "Support", "level": "red", "comment": "angry"}
    return Score(**{**plain, "at": after(), "since": after(), "meeting": "M-1", **fields})


def test_a_whole_meeting_owes_nothing() -> None:
    said = [action(meeting="M-1"), red(exit="no ticket older than a day")]
    assert keys(meeting(), said=said) == []


def test_an_action_lacks_an_owner_or_a_date() -> None:
    found = owed(meeting(), Table(said=[action(owner="", due=None, section="Burning")]), after(5))
    assert [(each.key, each.ref, each.section) for each in found] == [
        ("action:A-12:owner", "A-12", "Burning"),
        ("action:A-12:due", "A-12", "Burning"),
    ]
    assert found[0].text == "A-12 “Call” has no owner."


def test_an_action_that_is_done_owes_nothing() -> None:
    assert keys(meeting(), said=[action(owner="", due=None, state="done")]) == []


def test_a_long_title_is_shortened() -> None:
    found = owed(meeting(), Table(said=[action(owner="", title="x" * 10_000)]), after(5))
    assert len(found[0].text) < 100


def test_a_red_flag_set_here_lacks_an_exit_criterion() -> None:
    found = owed(meeting(), Table(said=[red()], customers={"acme": "Acme [/x]"}), after(5))
    assert [(each.key, each.text) for each in found] == [
        ("flag:S-3:exit", "Acme [/x] Support is red and has no exit criterion.")
    ]
    assert keys(meeting(), said=[red(level="orange")]) == []
    assert keys(meeting(), said=[red(superseded=True)]) == []


def test_a_red_flag_is_owed_for_when_an_item_here_is_about_it_and_not_otherwise() -> None:
    elsewhere = red(meeting="M-9")
    about = Item(id="T-1", text="Acme", agenda="daily", section="Burning", opened=after(), ref="S-3", meeting="M-1")
    assert keys(meeting(), scores=[elsewhere]) == []
    assert keys(meeting(), scores=[elsewhere], said=[about]) == ["flag:S-3:exit"]


def test_an_entered_section_owes_an_outcome_and_one_never_reached_does_not() -> None:
    walked = step(meeting(), Next(at=after(2)))
    assert keys(walked) == ["section:1"]
    note = Note(id="N-1", text="quiet", meeting="M-1", section="Outages", at=after(3))
    assert keys(walked, said=[note]) == []
    assert keys(step(walked, ParkSection(at=after(3)))) == []
    assert keys(step(walked, Outcome(at=after(3)))) == []


def test_what_was_settled_put_off_or_finished_in_a_section_is_its_outcome() -> None:
    walked = step(meeting(), Next(at=after(2)))
    item = Item(id="T-1", text="x", agenda="daily", section="Outages", opened=after(-999))
    assert keys(walked, items=[item]) == ["section:1"]
    assert keys(walked, items=[replace(item, state="done", settled_in="M-1")]) == []
    assert keys(walked, items=[replace(item, parked_in="M-1")]) == []
    finished = action(section="Outages", state="done", finished=after(3))
    assert keys(walked, actions=[finished]) == []
    assert keys(walked, actions=[replace(finished, finished=after(-60))]) == ["section:1"]


def test_at_the_third_time_a_choice_is_owed() -> None:
    thrice = ("M-7", "M-8", "M-9")
    item = Item(id="T-4", text="x", agenda="daily", section="Outages", opened=after(-999), relisted=thrice)
    found = owed(meeting(), Table(items=[item], actions=[action(relisted=thrice)]), after(5))
    assert [each.key for each in found] == ["item:T-4:choice", "action:A-12:choice"]
    assert "put off 3 times: do it, drop it with a reason, or escalate it" in found[0].text
    assert keys(meeting(), items=[replace(item, relisted=thrice[:2])]) == []
    assert keys(meeting(), items=[replace(item, escalated=after())]) == []
    assert keys(meeting(), items=[replace(item, state="dropped", why="no")]) == []


def test_of_a_customers_series_only_its_own_choices_are_owed() -> None:
    thrice = ("M-7", "M-8", "M-9")
    call = replace(meeting(), customer="acme")
    assert keys(call, actions=[action(relisted=thrice, customer="globex")]) == []
    assert keys(call, actions=[action(relisted=thrice, customer="acme")]) == ["action:A-12:choice"]


def test_going_past_a_cap_owes_its_reason() -> None:
    capped = meeting(hard_cap=True)
    assert owed(capped, Table(), after(15)) == ()
    assert [each.key for each in owed(capped, Table(), after(16))] == ["overrun"]
    closed = step(capped, Close(at=after(14)))
    assert owed(closed, Table(), after(60)) == (), "it ended in time"
    assert owed(step(capped, Overrun(at=after(16), why="an outage")), Table(), after(16)) == ()


def test_what_is_waived_is_not_owed_and_keys_do_not_change() -> None:
    walked = step(step(meeting(), Next(at=after(2))), GoTo(at=after(3), section=2))
    assert keys(walked) == ["section:1", "section:2"]
    assert keys(step(walked, Waive(at=after(4), owed="section:1", why="no time"))) == ["section:2"]
