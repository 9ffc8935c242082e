"""The demo company: the same for a seed and a day, made through the desk, with something true on every screen."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from msgspec import json
from msgspec.structs import replace

from opsdesk.boards.index import BOARDS
from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.kinds import KINDS
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.scores import Score
from opsdesk.demo.company import CLIENTS, COLLEAGUES, CONSTRAINT
from opsdesk.desk import Desk
from tests.demo.company import MONDAY, SHIPPED, made

FRIDAY = date(2026, 11, 20)


def records(desk: Desk, without: str = "") -> bytes:
    """All of them; those of one incident left out."""
    kept = [[each for each in desk.read.all(kind) if without not in about(each)] for kind in KINDS]
    return json.encode(kept)


def about(record: Record) -> tuple[str, ...]:
    return (record.id, getattr(record, "about", ""))


def under_way(desk: Desk) -> str:
    """The id of the outage that is under way."""
    return desk.incidents.the().id


def open_actions(desk: Desk) -> list[Action]:
    return list(desk.read.live(Action))


def test_the_same_seed_at_the_same_moment_gives_the_same_records(desk: Desk) -> None:
    assert records(made()) == records(desk)


def test_later_on_the_same_day_only_the_outage_under_way_is_another(desk: Desk) -> None:
    later = made(None, MONDAY + timedelta(hours=5))
    assert under_way(later) == under_way(desk)
    assert records(later, under_way(desk)) == records(desk, under_way(desk))
    assert records(later) != records(desk)


def test_another_seed_gives_another_history(desk: Desk) -> None:
    assert records(made(seed=8)) != records(desk)


def test_everybody_and_every_customer_is_there(desk: Desk) -> None:
    assert [p.handle for p in desk.read.all(Person)] == [c.handle for c in COLLEAGUES]
    assert {p.department for p in desk.read.all(Person)} >= {"Operations", "Support", "Program Management", "R&D", "QA"}
    assert len(desk.read.live(Customer)) == len(CLIENTS) == 20
    assert [c.handle for c in desk.read.all(Customer) if not c.active] == ["prestige"]
    assert sum(c.onboarding for c in desk.read.all(Customer)) == 2
    assert "[EMEA] 日本物流" in {c.name for c in desk.read.all(Customer)}


def test_today_a_little_was_done_early_and_nothing_met(desk: Desk) -> None:
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    assert work_of(desk, midnight) == ["07:48", "07:56", "08:12"]
    early = made(None, midnight + timedelta(hours=7, minutes=50))
    assert work_of(early, midnight) == ["07:48"]
    assert max(m.scheduled for m in desk.read.all(Meeting)) < midnight
    assert min(tx.at for tx in desk.history()) == datetime(2026, 9, 28, 7, 30, tzinfo=UTC)


def work_of(desk: Desk, midnight: datetime) -> list[str]:
    """When something was done since, but for the outage."""
    since = [tx for tx in desk.history() if tx.at >= midnight]
    return [f"{tx.at:%H:%M}" for tx in since if not {change.kind for change in tx.changes} & {"incidents", "timeline"}]


def test_times_in_the_journal_only_go_forward(desk: Desk) -> None:
    times = [tx.at for tx in desk.history()]
    assert times == sorted(times)


def test_the_constraint_has_the_longest_queue(desk: Desk) -> None:
    queue = Counter(a.owner for a in open_actions(desk))
    (first, most), (_, second) = queue.most_common(2)
    assert first == CONSTRAINT
    assert most > 2 * second


def test_something_is_promised_for_today_and_something_was_broken_last_friday(desk: Desk) -> None:
    promises = [a for a in open_actions(desk) if a.promise]
    assert sum(a.due == date(2026, 11, 23) for a in promises) >= 3
    assert sum(a.first_due == FRIDAY and a.broken(desk.today()) for a in promises) >= 2


def test_a_promise_slipped_three_times_with_its_reasons(desk: Desk) -> None:
    slipped = next(a for a in open_actions(desk) if a.title == "Bring the DHL interface live")
    assert [slip.why for slip in slipped.slips] == [
        "the carrier's credentials came late",
        "an outage came between",
        "waits for the review of the queue",
    ]
    assert slipped.broken(desk.today())
    assert slipped.told is not None
    assert (slipped.told.by, slipped.told.to, slipped.told.typed_by) == ("tom", "Globex", "raj")


def test_somebody_must_choose_what_was_put_off_three_times(desk: Desk) -> None:
    third = {item.text for item in desk.read.live(Item) if len(item.relisted) == 3 and item.must_choose}
    assert "Nobody but Tom can restore a backup" in third
    assert any(a.must_choose and a.title.startswith("Give a second person") for a in open_actions(desk))


def test_something_was_carried_over_once(desk: Desk) -> None:
    once = [i for i in desk.read.live(Item) if len(i.relisted) == 1]
    assert "Freight rates of two customers are wrong since the update" in {i.text for i in once}


def test_some_work_has_no_owner(desk: Desk) -> None:
    assert [a.title for a in open_actions(desk) if not a.owner] == ["Find a new owner for the monitoring contract"]


def test_red_flags_are_there_some_of_them_owing(desk: Desk) -> None:
    levels = Counter(score.level for score in desk.read.live(Score))
    assert levels["red"] >= 3
    assert levels["orange"] >= 4
    assert levels["green"] >= 60
    red = [score for score in desk.read.live(Score) if score.level == "red"]
    complete = [score for score in red if score.exit and score.plan and score.owner]
    assert complete
    assert {score.customer for score in red if score not in complete} >= {"initech", "globex"}


def test_not_every_cell_of_the_sheet_is_known(desk: Desk) -> None:
    assert len(desk.read.live(Score)) < 5 * len(CLIENTS)


def test_meetings_were_held_some_late_some_skipped_each_with_minutes(desk: Desk) -> None:
    held = desk.read.all(Meeting)
    states = Counter(m.state for m in held)
    assert states["closed"] > 50
    assert states["skipped"] >= 1
    assert states["adjourned"] >= 1
    assert any(m.started and m.started - m.scheduled > timedelta(minutes=3) for m in held)
    assert {m.agenda for m in held} == {
        "escalation-review",
        "daily-operations-sync",
        "customer-success",
        "operations-engineering-sync",
        "customer-status-call",
    }
    assert {record.meeting for record in desk.read.all(MinutesRecord)} == {m.id for m in held}


def test_meetings_carry_what_was_said(desk: Desk) -> None:
    assert len(desk.read.all(Note)) > 80
    assert len(desk.read.all(Decision)) > 5
    assert sum(bool(a.meeting) for a in desk.read.all(Action)) > 60
    assert desk.meetings.suggest("daily-operations-sync").keys() == {
        section.title for section in SHIPPED["daily-operations-sync"].sections
    }


def test_cycle_times_are_long_enough_to_forecast_from(desk: Desk) -> None:
    finished = Counter(a.owner for a in desk.read.all(Action) if a.started and a.finished)
    assert all(finished[c.handle] >= 6 for c in COLLEAGUES if c.handle not in ("mia", "jonas"))
    spans = [a.finished - a.started for a in desk.read.all(Action) if a.started and a.finished]
    assert all(span > timedelta() for span in spans)
    assert max(spans) > timedelta(days=7)


def test_some_work_was_dropped_and_some_escalated(desk: Desk) -> None:
    states = Counter(a.state for a in desk.read.all(Action))
    assert states["dropped"] >= 2
    assert all(a.why for a in desk.read.all(Action) if a.state == "dropped")
    assert "Settle the disputed invoice" in {a.title for a in open_actions(desk) if a.escalated}


def test_texts_are_those_of_a_company_and_not_made_twice(desk: Desk) -> None:
    listed = Counter((a.title, a.customer) for a in open_actions(desk))
    assert [line for line, times in listed.items() if times > 1] == []


def test_something_has_happened_since_the_last_daily(desk: Desk) -> None:
    last = max(m.ended for m in desk.read.where(Meeting, agenda="daily-operations-sync") if m.ended)
    since = [tx for tx in desk.history() if tx.at > last]
    assert {tx.by for tx in since} >= {"raj", "kofi"}
    assert any(tx.command.startswith("Done") for tx in since)


def test_in_the_last_meeting_of_each_series_something_was_said(desk: Desk) -> None:
    last = {(m.agenda, m.customer): m.id for m in desk.read.all(Meeting)}
    assert len(last) == 6
    kept = {record.meeting: record.minutes for record in desk.read.all(MinutesRecord)}
    for (agenda, _), meeting in last.items():
        assert kept[meeting].actions, agenda
        assert kept[meeting].decisions or agenda == "customer-status-call", agenda
    assert [flag.measure for flag in kept[last["daily-operations-sync", ""]].flags] == ["Delivery"]


def test_what_stayed_open_too_long_is_in_the_escalation_review(desk: Desk) -> None:
    review = SHIPPED["escalation-review"]
    assert desk.cadence.is_on(review.slug)
    scene = replace(desk.scene(), agenda=review.slug, section=review.sections[0].title)
    lines = [line.text for line in BOARDS["escalations"](desk.read, scene)]
    assert any("One maintenance window that all customers know" in line for line in lines)


def test_two_calls_are_never_at_the_same_time_and_the_customer_is_in_its_own(desk: Desk) -> None:
    calls = [m for m in desk.read.all(Meeting) if m.agenda == "customer-status-call"]
    assert len({m.scheduled for m in calls}) == len(calls)
    last = desk.minutes.of(calls[-1].id).minutes
    assert {"Aperture Optics", "Kofi Mensah"} <= set(last.present)


def test_its_flags_were_walked_and_something_came_of_each(desk: Desk) -> None:
    reviews = desk.read.all(FlagReview)
    assert {each.outcome for each in reviews} == {"discussed", "resolved", "kept", "skipped"}
    assert all(each.why for each in reviews if each.outcome == "skipped")
    assert any(each.at_once for each in reviews)
    assert {each.meeting for each in reviews} <= {meeting.id for meeting in desk.read.all(Meeting)}
    spoken = sum((each.talk for each in reviews if each.discussed), timedelta())
    assert timedelta(minutes=30) < spoken < timedelta(hours=3)
    held = {meeting.id: meeting for meeting in desk.read.all(Meeting)}
    assert all(each.left and each.left <= (held[each.meeting].ended or each.left) for each in reviews)
