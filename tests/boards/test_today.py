"""The values of the Today screen."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from opsdesk.boards.spoken import in_time, meeting_title, ordinal, since_title, when
from opsdesk.boards.today import FlagMove, PastView, TodayView, last_run, past_view, today_view, transactions_since
from opsdesk.core.cadence import Occurrence
from opsdesk.core.journal import Change, Transaction, fields
from opsdesk.core.record import Record
from tests.boards.company import DAILY, NAMES, REVIEW, TODAY, Memory, action, at, day, item, run, scene, score, shown
from tests.clock import START


def view(*records: Record, occurrences: tuple[Occurrence, ...] = ()) -> TodayView:
    return today_view(Memory(*NAMES, *records), scene(agenda="", section=""), occurrences)


def past(*records: Record, history: tuple[Transaction, ...] = ()) -> PastView:
    reader, where = Memory(*NAMES, *records), scene(agenda="", section="")
    return past_view(reader, where, last_run(reader, where), history)


def occurrence(minutes: int, agenda: str = DAILY, **more: object) -> Occurrence:
    start = START + timedelta(minutes=minutes)
    return Occurrence(agenda=agenda, title="Daily Operations Sync", planned=start, start=start, minutes=20, **more)


def test_the_next_meeting_says_when_how_long_and_what_came_back() -> None:
    found = view(item("T-1"), item("T-2", agenda=REVIEW), occurrences=(occurrence(2),)).next[0]
    assert (found.when, found.soon, found.detail) == ("15:02", "in 2 min", "2 sections, 20 min, 1 carried over")


def test_a_meeting_that_should_have_begun_is_late_and_a_skipped_one_is_not_shown() -> None:
    (found,) = view(occurrences=(occurrence(-12), occurrence(30, skipped=True))).next
    assert (found.soon, found.late) == ("12 min late", True)


def test_each_series_is_shown_by_its_next_meeting_and_a_missed_one_no_longer() -> None:
    found = view(occurrences=(occurrence(-61), occurrence(5), occurrence(1445), occurrence(60, agenda=REVIEW))).next
    assert [(each.agenda, each.soon) for each in found] == [(DAILY, "in 5 min"), (REVIEW, "in 1 h")]


def test_a_running_meeting_comes_before_a_draft() -> None:
    draft = run("M-8", 41, -3, state="draft")
    running = run("M-9", 42, 0, state="running")
    assert [(each.id, each.reason) for each in view(draft, running).running] == [
        ("M-9", "running since 16:00"),
        ("M-8", "draft minutes: something is owed"),
    ]


def test_a_meeting_that_began_on_another_day_says_which() -> None:
    (found,) = view(run("M-9", 42, -1, state="running")).running
    assert found.reason == "running since Sun 16:00"


def test_a_meeting_that_nobody_closed_is_quiet() -> None:
    reader = Memory(*NAMES, run("M-9", 42, -1, state="running"))
    (found,) = today_view(reader, scene(agenda="", section=""), (), {"M-9": at(-1, 16)}).running
    assert (found.reason, found.quiet) == ("quiet since Sun 16:00", True)


def test_a_call_leads_with_its_customer() -> None:
    call = occurrence(5, agenda="customer-status-call", customer="globex")
    (found,) = view(occurrences=(msgspec.structs.replace(call, title="Customer Status Call"),)).next
    assert found.title == "Globex status call"
    assert meeting_title("QBR Review", "Globex") == "Globex QBR review"
    assert meeting_title("Globex weekly", "Globex") == "Globex weekly"


def test_a_meeting_of_another_day_says_so_with_its_date() -> None:
    found = view(occurrences=(occurrence(5), occurrence(60 * 24 * 2, agenda=REVIEW))).next
    assert [(each.today, each.on) for each in found] == [(True, "15:05"), (False, "Wed 25 Nov 15:00")]


def test_without_open_actions_nobody_is_the_constraint_and_nobody_idle() -> None:
    found = view(action("A-1", 1))
    assert (found.work, found.constraint, found.idle) == (False, None, ())
    assert view(action("A-1", 1, owner="tom")).work


def test_what_is_promised_for_today_stands_apart_from_what_burns() -> None:
    found = view(action("A-1", -3, promise=True), action("A-2", 0, promise=True), action("A-3", 0))
    assert shown(list(found.burns)) == [("A-1", "promise broken Fri 20 Nov")]
    assert shown(list(found.promised)) == [("A-2", "promised for today")]


def test_a_promise_for_today_that_is_done_is_kept() -> None:
    found = past(
        action("A-1", 0, promise=True, state="done", finished=START),
        action("A-2", -1, promise=True, state="done", finished=START),
    )
    assert shown(list(found.done)) == [("A-1", "kept")]


def test_carried_over_are_items_that_came_back_and_what_somebody_must_choose_about() -> None:
    found = view(
        run("M-8", 41, -3),
        item("T-1", relisted=("M-8",)),
        item("T-2"),
        action("A-1", 5, relisted=("M-6", "M-7", "M-8")),
        action("A-2", -5, relisted=("M-6", "M-7", "M-8")),
    )
    assert shown(list(found.carried)) == [
        ("A-1", "due Sat 28 Nov · re-listed 3×: do, drop or escalate"),
        ("T-1", "carried over from #41, 1×"),
    ]


def test_the_constraint_and_who_has_nothing_ready() -> None:
    found = view(*(action(f"A-{n}", owner="tom", state="started", started=at(-n)) for n in range(1, 6)))
    assert found.constraint is not None
    assert (found.constraint.name, found.constraint.started, found.constraint.limit) == ("Tom Reyes", 5, 3)
    assert found.idle == ("Ana Lima", "Sue Park")


def test_since_is_counted_from_the_last_daily_and_not_from_other_meetings() -> None:
    found = past(run("M-8", 41, -3), run("M-9", 7, -1, agenda=REVIEW, title="Escalation Review"))
    assert found.title == "since Friday's Daily Operations Sync"
    assert (
        past(run("M-9", 7, -1, agenda=REVIEW, title="Escalation Review")).title == "since yesterday's Escalation Review"
    )


def test_before_the_first_meeting_nothing_is_counted_since() -> None:
    assert past() == PastView(kept=past().kept)


def test_the_journal_is_read_back_to_the_end_of_the_meeting_and_no_further() -> None:
    ended = run("M-8", 41, -3)
    journal = [Transaction(seq=n, at=at(-4) + timedelta(minutes=n), by="sue", command="x") for n in range(3000)]
    journal.append(Transaction(seq=3000, at=START, by="sue", command="Settle", meeting="M-8"))
    asked: list[int] = []

    def history(limit: int) -> list[Transaction]:
        asked.append(limit)
        return journal[-limit:]

    found = transactions_since(ended, history)
    assert asked == [200, 40000]
    assert [tx.seq for tx in found] == [tx.seq for tx in journal if tx.at > at(-3, 17)][:-1]
    assert transactions_since(ended, lambda limit: []) == []


def test_a_flag_change_is_told_with_the_name_of_its_customer() -> None:
    red = score("S-1", "red", -1)
    tx = Transaction(seq=9, at=START, by="sue", command="flag", changes=(Change("scores", "S-1", None, fields(red)),))
    found = past(run("M-8", 41, -3), red, history=(tx,))
    assert found.flags == (FlagMove(id="S-1", text="Initech Support", before="green", after="red"),)


def test_the_first_view_reads_live_records_only() -> None:
    reader = Memory(*NAMES, action("A-1", -3, owner="sue", customer="globex", promise=True), item("T-1"))
    today_view(reader, scene(agenda="", section=""), (occurrence(2),))
    assert reader.read == []


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (120, "in 2 min"),
        (61, "in 2 min"),
        (1, "in 1 min"),
        (0, "now"),
        (-59, "now"),
        (-60, "1 min late"),
        (3600, "in 1 h"),
        (5400, "in 1 h 30"),
        (-7300, "2 h 01 late"),
        (43201, ""),
        (-43201, ""),
    ],
)
def test_how_far_away(seconds: int, words: str) -> None:
    assert in_time(timedelta(seconds=seconds)) == words


def test_when_a_meeting_is() -> None:
    assert [when(at(days, 9), TODAY) for days in (0, 1, 6, 7, -1)] == [
        "09:00",
        "Tue 09:00",
        "Sun 09:00",
        "30 Nov",
        "22 Nov",
    ]


def test_since_which_meeting() -> None:
    assert [since_title("Daily", day(-ago), TODAY) for ago in (0, 1, 3, 7)] == [
        "since today's Daily",
        "since yesterday's Daily",
        "since Friday's Daily",
        "since the Daily of 16 Nov",
    ]


def test_ordinals() -> None:
    assert [ordinal(n) for n in (1, 3, 5, 6)] == ["first time", "third time", "fifth time", "6 times"]
