"""What each board puts on the table, and the reason of each line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from opsdesk.boards.index import BOARDS
from opsdesk.core.actions import Action, Slip, Told
from opsdesk.core.agenda import AgendaSection
from opsdesk.core.entries import Decision
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.deliveries import Delivery
from tests.boards.company import (
    AGENDAS,
    ANA,
    DAILY,
    INITECH,
    REVIEW,
    SUE,
    TOM,
    Memory,
    action,
    at,
    day,
    item,
    lines,
    run,
    scene,
    score,
    shown,
)


def told(due: int) -> Told:
    return Told(words="Tomorrow.", by="sue", to="Globex", on=at(-9), typed_by="sue", due=day(due))


@pytest.mark.parametrize("name", sorted(BOARDS))
def test_an_empty_desk_lays_an_empty_table(name: str) -> None:
    assert BOARDS[name](Memory(), scene()) == []


def test_burning_puts_broken_promises_first_and_red_flags_without_an_exit_after_what_is_overdue() -> None:
    found = lines(
        "burning",
        action("A-1", -9, owner="tom"),
        action("A-2", 0, promise=True, owner="sue", customer="globex"),
        action("A-3", -3, promise=True),
        action("A-4", 5),
        score("S-1", "red", -41, exit="", owner="sue", plan=day(3)),
        score("S-2", "red", -2, exit="two quiet weeks"),
        action("A-5", -20),
    )
    assert shown(found) == [
        ("A-3", "promise broken Fri 20 Nov"),
        ("A-5", "overdue 20 d"),
        ("A-1", "overdue 9 d"),
        ("S-1", "red 41 days, no exit criterion"),
        ("A-2", "promised for today"),
    ]
    assert (found[4].owner, found[4].customer) == ("Sue Park", "Globex")
    assert [line.weight for line in found] == ["red", "red", "red", "red", "orange"]


def test_a_promise_moved_to_a_later_date_stays_broken_against_its_first() -> None:
    found = lines("burning", action("A-1", 4, promise=True, told=told(-3)))
    assert shown(found) == [("A-1", "promise broken Fri 20 Nov, now Fri 27 Nov")]
    assert found[0].brief == "broken Fri, now 27 Nov"


def test_a_promise_broken_on_its_new_date_too_says_so() -> None:
    (line,) = lines("burning", action("A-1", -1, promise=True, told=told(-3)))
    assert (line.reason, line.brief) == ("promise broken Fri 20 Nov, again Sun 22 Nov", "broken Fri, again Sun")


def test_what_keeps_coming_back_says_so() -> None:
    found = lines("burning", action("A-1", -9, relisted=("M-1", "M-2")), action("A-2", -9, relisted=("M-1",) * 3))
    assert [line.reason for line in found] == [
        "overdue 9 d · re-listed twice",
        "overdue 9 d · re-listed 3×: do, drop or escalate",
    ]


def test_where_there_is_little_room_the_reason_is_brief() -> None:
    found = lines(
        "burning",
        action("A-1", -3, promise=True),
        action("A-2", -24, promise=True),
        action("A-4", 2, promise=True, told=told(-24)),
        action("A-5", 2, promise=True, told=told(-24), relisted=("M-1",) * 3),
        action("A-6", -14, relisted=("M-1",) * 3),
        action("A-3", -9, relisted=("M-1", "M-2")),
        score("S-1", "red", -41),
        item("T-1", relisted=("M-1",) * 3),
        item("T-2", relisted=("M-1",)),
        item("T-3"),
    )
    assert [line.brief for line in found] == [
        "broken 30 Oct",
        "broken 30 Oct, now Wed",
        "broken 30 Oct · 3×: choose",
        "broken Fri",
        "3×: choose · 14 d",
        "overdue 9 d · carried 2×",
        "red 41 d, no exit",
        "re-listed 3×: choose",
        "carried over 1×",
        "new",
    ]


def test_a_carried_item_names_the_run_it_comes_from_and_how_often() -> None:
    found = lines("section", run("M-8", 41, -3), item("T-1", relisted=("M-7", "M-8")), item("T-2"))
    assert shown(found) == [
        ("T-1", "carried over from #41, 2×"),
        ("T-2", "on the agenda since Sun 22 Nov"),
    ]


def test_every_board_shows_the_carried_items_of_its_own_section() -> None:
    for name, board in BOARDS.items():
        found = board(Memory(item("T-1"), item("T-2", section="Delays"), item("T-3", agenda=REVIEW)), scene())
        assert [line.id for line in found] == ["T-1"], name


def test_an_item_about_an_action_stands_for_it_and_tells_its_state() -> None:
    late = action("A-1", -9)
    (line,) = lines("burning", late, item("T-1", ref="A-1", relisted=("M-1",)))
    assert (line.id, line.reason) == ("T-1", "carried over from M-1, 1× · A-1 overdue 9 d")
    (line,) = lines("burning", action("A-1", -9, state="done"), item("T-1", ref="A-1"))
    assert line.reason == "on the agenda since Sun 22 Nov · A-1 done"


def test_what_is_parked_in_this_meeting_leaves_the_table() -> None:
    parked = item("T-1", ref="A-1", meeting="M-9", section="Delays")
    assert lines("burning", action("A-1", -9), item("T-2", meeting="M-9"), parked, meeting="M-9") == []


def test_what_is_captured_in_this_meeting_is_not_put_on_its_table() -> None:
    new = action("A-1", 0, promise=True, meeting="M-9", agenda=DAILY, section="Burning issues")
    assert lines("burning", new, meeting="M-9") == lines("section", new, meeting="M-9") == []
    assert len(lines("burning", new, meeting="M-10")) == len(lines("section", new, meeting="M-10")) == 1


def test_a_section_brings_its_own_actions_once_they_are_due() -> None:
    here = {"agenda": DAILY, "section": "Burning issues"}
    found = lines(
        "section",
        action("A-1", 0, **here),
        action("A-2", -1, **here),
        action("A-3", 1, **here),
        action("A-4", -5, agenda=DAILY, section="Delays"),
    )
    assert shown(found) == [("A-2", "overdue 1 d"), ("A-1", "due today")]


def test_delays_go_customer_by_customer_the_worst_off_first() -> None:
    moved = action("A-4", 4, customer="globex", promise=True, slips=(Slip(was=day(2), at=at(-1)),))
    found = lines(
        "delays",
        moved,
        action("A-1", -2, customer="globex"),
        action("A-2", -9, customer="initech"),
        action("A-3", -1, customer="initech", promise=True),
        action("A-5", -30),
    )
    assert shown(found) == [
        ("A-3", "promise broken Sun 22 Nov"),
        ("A-2", "overdue 9 d"),
        ("A-1", "overdue 2 d"),
        ("A-4", "moved from Wed 25 Nov to Fri 27 Nov"),
    ]


def test_of_one_colour_customers_stand_together_and_red_before_orange_over_the_whole_board() -> None:
    found = lines(
        "delays",
        item("T-1", section="Delays", relisted=("M-1",)),
        item("T-2", section="Delays", customer="globex", relisted=("M-1", "M-2", "M-3")),
        action("A-1", -1, customer="initech", promise=True),
        action("A-2", -2, customer="globex"),
        action("A-3", -1, customer="globex", promise=True),
        action("A-4", 4, customer="initech", promise=True, slips=(Slip(was=day(2), at=at(-1)),)),
        Delivery(id="DL-1", title="Sign-on", customer="globex", promised=day(-9), forecast=day(1)),
        Delivery(id="DL-2", title="Labels", customer="initech", promised=day(1)),
        section="Delays",
    )
    assert [(line.id, line.weight) for line in found] == [
        ("DL-1", "red"),
        ("A-3", "red"),
        ("A-2", "red"),
        ("T-2", "red"),
        ("A-1", "red"),
        ("A-4", "orange"),
        ("DL-2", "orange"),
        ("T-1", "orange"),
    ]


def test_promises_show_how_they_were_kept() -> None:
    found = lines(
        "promises",
        action("A-1", -3, promise=True, state="done", finished=at(-4)),
        action("A-2", -3, promise=True, state="done", finished=at(-1)),
        action("A-3", 2, promise=True),
        action("A-4", -90, promise=True, state="done", finished=at(-80)),
        action("A-5", -3, state="done", finished=at(-4)),
    )
    assert shown(found) == [
        ("A-3", "due Wed 25 Nov"),
        ("A-2", "late: done Sun 22 Nov, promised for Fri 20 Nov"),
        ("A-1", "kept: done Thu 19 Nov, promised for Fri 20 Nov"),
    ]
    assert [line.weight for line in found] == ["none", "none", "green"]


CALL = "customer-status-call"
PROMISES = AgendaSection(title="Open promises", minutes=8, board="promises")
NEXT = AgendaSection(title="What we promise next", minutes=6, board="promises")


def promised_to_globex(section: str) -> list[tuple[str, str]]:
    def done(id: str, due: int, on: int, **more: object) -> Action:
        return action(id, due, promise=True, customer="globex", state="done", finished=at(on), **more)

    found = lines(
        "promises",
        run("M-1", 3, -7, agenda=CALL, customer="globex"),
        run("M-2", 1, -1, agenda=CALL, customer="initech"),
        done("A-1", -3, -4),
        done("A-2", -3, -1),
        action("A-3", 2, promise=True, customer="globex"),
        *(done(f"A-1{n}", -20, -21) for n in range(3)),
        done("A-20", -20, -19),
        done("A-21", -90, -80),
        action("A-30", 2, promise=True, customer="initech"),
        agenda=CALL, section=section, audience="customer", customer="globex",
        agendas={CALL: msgspec.structs.replace(AGENDAS[DAILY], slug=CALL, sections=(PROMISES, NEXT))},
    )  # fmt: skip
    return [(line.id, line.text if not line.id else line.brief) for line in found]


def test_in_a_call_what_ended_before_the_last_one_is_one_line() -> None:
    assert promised_to_globex("Open promises") == [
        ("A-3", "due Wed"),
        ("A-2", "late, done Sun"),
        ("A-1", "kept, done Thu"),
        ("", "3 kept and 1 late before the last call"),
    ]


def test_what_is_promised_next_stands_beside_open_promises_only() -> None:
    assert promised_to_globex("What we promise next") == [("A-3", "due Wed")]


def test_a_delivery_that_was_promised_is_a_promise() -> None:
    def delivery(id: str, promised: int | None, **more: object) -> Delivery:
        due = None if promised is None else day(promised)
        return Delivery(id=id, title=f"Delivery {id}", customer="globex", promised=due, **more)

    found = lines(
        "promises",
        run("M-1", 3, -7, agenda=CALL, customer="globex"),
        action("A-1", 2, promise=True, customer="globex"),
        delivery("DL-1", -3, forecast=day(4)),
        delivery("DL-2", 9),
        delivery("DL-3", None),
        delivery("DL-4", -3, state="delivered", delivered=day(-2)),
        delivery("DL-5", -20, state="delivered", delivered=day(-20)),
        delivery("DL-6", -3, state="dropped"),
        Delivery(id="DL-7", title="Theirs", customer="initech", promised=day(-3)),
        agenda=CALL, section="Open promises", audience="customer", customer="globex",
        agendas={CALL: msgspec.structs.replace(AGENDAS[DAILY], slug=CALL, sections=(PROMISES, NEXT))},
    )  # fmt: skip
    assert [(line.id, line.weight, line.reason) for line in found] == [
        ("DL-1", "red", "promised for Fri 20 Nov"),
        ("A-1", "none", "due Wed 25 Nov"),
        ("DL-2", "none", "promised for Wed 2 Dec"),
        ("DL-4", "none", "late: delivered Sat 21 Nov, promised for Fri 20 Nov"),
        ("", "none", "in the last 8 weeks"),
    ]
    assert found[-1].text == "1 kept before the last call"


def test_a_parked_promise_that_comes_back_keeps_its_broken_date() -> None:
    found = lines(
        "burning",
        action("A-1", -3, promise=True),
        action("A-2", -24, promise=True),
        action("A-3", -9, state="done"),
        item("T-1", ref="A-1", relisted=("M-1",)),
        item("T-2", ref="A-2", relisted=("M-1",) * 3),
        item("T-3", ref="A-3", relisted=("M-1",)),
    )
    assert {line.id: line.brief for line in found} == {
        "T-1": "broken Fri · carried 1×",
        "T-2": "broken 30 Oct · 3×: choose",
        "T-3": "carried over 1×",
    }


def test_staffing_names_the_constraint_the_overloaded_and_who_has_nothing_ready() -> None:
    toms = [action(f"A-{n}", owner="tom", state="started", started=at(-n)) for n in range(1, 6)]
    sues = [action(f"A-{n}", owner="sue", state="started", started=at(-1)) for n in range(6, 10)]
    waits = action("A-10", owner="sue", state="waiting", waiting_on="tom")
    found = lines("staffing", *toms, *sues, waits)
    assert shown(found) == [
        (TOM.id, "the constraint: 5 started of 3, 1 wait, oldest 5 days"),
        (SUE.id, "4 started of 3, oldest 1 day"),
        (ANA.id, "nothing ready, 0 started of 3"),
    ]


def test_where_nobody_has_any_work_yet_nobody_lacks_it_and_who_is_away_never() -> None:
    assert lines("staffing", action("A-1", 3)) == []
    found = lines(
        "staffing", action("A-1", 3, owner="tom"), Absence(id="AB-1", person="sue", starts=day(0), ends=day(0))
    )
    assert [line.id for line in found] == ["AB-1", ANA.id]


@pytest.mark.parametrize("audience", ["company", "customer"])
def test_staffing_shows_no_single_person_to_others(audience: str) -> None:
    toms = [action(f"A-{n}", owner="tom", state="started", started=at(-n)) for n in range(1, 6)]
    assert lines("staffing", *toms, audience=audience, customer="") == []


def test_the_whole_company_sees_no_owner_beside_a_late_action() -> None:
    (line,) = lines("burning", action("A-1", -9, owner="tom"), audience="company")
    assert (line.id, line.owner) == ("A-1", "")


def test_flags_are_red_then_orange_the_longest_first_with_what_is_owed() -> None:
    found = lines(
        "flags",
        score("S-1", "orange", -50, at=at(-20)),
        score("S-2", "red", -3),
        score("S-3", "red", -41, owner="sue", exit="two quiet weeks", plan=day(9), comment="Login is slow"),
        score("S-4", "green", -3),
        score("S-5", "red", -99, superseded=True),
    )
    assert shown(found) == [
        ("S-3", "red 41 days"),
        ("S-2", "red 3 days, no owner, no exit criterion, no plan date"),
        ("S-1", "orange 50 days, not confirmed for 20 days"),
    ]
    assert found[0].text == "Initech Support: Login is slow"


def test_scores_show_what_changed_since_the_last_run_and_what_is_stale() -> None:
    found = lines(
        "scores",
        run("M-8", 41, -3),
        score("S-1", "green", -90, at=at(-90), was="unknown"),
        score("S-2", "orange", -1, customer="globex"),
        score("S-3", "red", -30, at=at(-10), was="orange"),
        score("S-4", "red", -1, measure="Product"),
    )
    assert shown(found) == [
        ("S-4", "green → red since #41"),
        ("S-2", "green → orange since #41"),
        ("S-1", "green, stale: last said 90 days ago, valid for 60"),
    ]


def test_a_score_is_stale_once_its_own_days_are_over() -> None:
    found = lines("scores", run("M-8", 41, -3), score("S-1", "green", -9, at=at(-9), was="green", valid_days=8))
    assert shown(found) == [("S-1", "green, stale: last said 9 days ago, valid for 8")]
    assert lines("scores", run("M-8", 41, -3), score("S-1", "green", -8, at=at(-8), was="green", valid_days=8)) == []


def test_escalations_bring_what_was_sent_up_and_what_is_over_the_limit_of_its_meeting() -> None:
    found = lines(
        "escalations",
        item("T-1", opened=at(-10), relisted=("M-1",)),
        item("T-2", opened=at(-7)),
        action("A-1", -6, agenda=DAILY, escalated=at(-3)),
        action("A-2", -18, agenda=DAILY),
        action("A-3", -18),
        agenda=REVIEW,
    )
    assert shown(found) == [
        ("A-2", "Daily Operations Sync · past due for 12 working days, limit 5"),
        ("T-1", "Daily Operations Sync · open for 6 working days, limit 5 · re-listed once"),
        ("A-1", "Daily Operations Sync · escalated Fri 20 Nov · overdue 6 d"),
    ]


def test_priorities_are_what_was_listed_again() -> None:
    found = lines("priorities", action("A-1", 3, relisted=("M-1",) * 3), action("A-2", -2))
    assert shown(found) == [("A-1", "due Thu 26 Nov · re-listed 3×: do, drop or escalate")]


def test_changes_are_counted_from_the_last_run() -> None:
    found = lines(
        "changes",
        run("M-7", 40, -4),
        run("M-8", 41, -3),
        action("A-1", -9, state="done", finished=at(-1)),
        action("A-2", 5, created=at(-1)),
        action("A-3", 5, created=at(-30), slips=(Slip(was=day(1), at=at(-2), why="waited on Tom"),)),
        action("A-4", -9, state="done", finished=at(-5), created=at(-30)),
    )
    assert shown(found) == [
        ("A-3", "slipped from Tue 24 Nov to Sat 28 Nov: waited on Tom"),
        ("A-2", "new, due Sat 28 Nov"),
        ("A-1", "done Sun 22 Nov"),
    ]


def test_decisions_of_this_series_newest_first_without_the_superseded() -> None:
    other = run("M-9", 7, -2, agenda=REVIEW)
    made = [
        Decision(id=f"D-{n}", text=f"Decision {n}", meeting=meeting, at=at(-n), supersedes=old)
        for n, meeting, old in [(3, "M-8", ""), (4, "M-8", ""), (2, "M-8", "D-3"), (1, "M-9", "")]
    ]
    found = lines("decisions", run("M-8", 41, -3), other, *made)
    assert shown(found) == [("D-2", "decided in #41, Sat 21 Nov"), ("D-4", "decided in #41, Thu 19 Nov")]


def test_boards_of_open_things_never_read_the_past() -> None:
    for name in ("section", "burning", "delays", "staffing", "flags", "escalations", "priorities"):
        reader = Memory(SUE, TOM, INITECH, action("A-1", -9, owner="sue", customer="initech"), item("T-1"))
        BOARDS[name](reader, scene())
        assert reader.read == [], name


def test_every_board_an_agenda_asks_for_is_there() -> None:
    shipped = [
        tomllib.loads(path.read_text("utf-8"))
        for path in sorted((Path(__file__).parents[2] / "agendas").glob("*.toml"))
    ]
    named = {section.get("board", "section") for agenda in shipped for section in agenda["sections"]}
    assert {"burning", "section"} <= named <= set(BOARDS)
