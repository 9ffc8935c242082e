"""Which series a company runs, what meets next, and single meetings skipped or moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from opsdesk import agendas
from opsdesk.core.cadence import Occurrence
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting, MeetingState, Section
from opsdesk.core.record import Record
from opsdesk.core.series import Moved, Series
from opsdesk.core.settings import Settings
from opsdesk.desk.cadence import Cadence
from opsdesk.desk.context import Context
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock

BERLIN = Settings(time_zone="Europe/Berlin")
DAILY, SUCCESS, CALL = "daily-operations-sync", "customer-success", "customer-status-call"
SHIPPED = agendas.read()


class Company:
    """A cadence on a store in memory, on Monday 23 November 2026, 16:00 in Berlin."""

    def __init__(self, settings: Settings = BERLIN) -> None:
        self.store, self.clock = MemoryStore(), Clock()
        self.cadence = Cadence(Context(self.store, self.clock, "sue", settings, lambda: SHIPPED))

    def add(self, *records: Record) -> None:
        with self.store.work("Fill", by="sue", at=START) as work:
            for record in records:
                work.add(record)

    def slugs(self) -> list[str]:
        return [series.agenda for series in self.cadence.series()]

    def today(self) -> list[str]:
        return [each.agenda for each in self.cadence.upcoming() if each.start.date() == START.date()]


@pytest.fixture
def company() -> Iterator[Company]:
    made = Company()
    yield made
    made.store.close()


def held(occurrence: Occurrence, scheduled: datetime | None = None) -> Meeting:
    return Meeting(
        agenda=occurrence.agenda,
        title=occurrence.title,
        customer=occurrence.customer,
        scheduled=scheduled or occurrence.start,
        last=START,
        timebox=20,
        sections=(Section(title="All", minutes=17, seconds=1020),),
    )


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_a_new_desk_runs_three_meetings_without_any_record(company: Company) -> None:
    assert company.slugs() == [SUCCESS, DAILY, "operations-engineering-sync"]
    assert {series.id for series in company.cadence.series()} == {""}
    assert not company.store.all(Series)


def test_upcoming_begins_with_today_and_what_was_not_held(company: Company) -> None:
    found = company.cadence.upcoming()
    assert [(each.agenda, each.start) for each in found[:3]] == [
        (SUCCESS, utc(23, 8, 30)),
        (DAILY, utc(23, 15, 30)),
        (DAILY, utc(24, 15, 30)),
    ]
    assert found[-1].start < utc(23, 23) + timedelta(weeks=2)
    assert len([each for each in found if each.agenda == DAILY]) == 10


def test_upcoming_since_an_instant(company: Company) -> None:
    found = company.cadence.upcoming(1, since=utc(24, 16))
    assert (found[0].start, found[-1].start) == (utc(25, 15, 30), utc(24, 15, 30) + timedelta(weeks=1))


@pytest.mark.parametrize("state", ["running", "closed", "skipped", "adjourned"])
def test_a_meeting_that_was_held_or_skipped_is_no_longer_ahead(company: Company, state: MeetingState) -> None:
    daily = next(each for each in company.cadence.upcoming() if each.agenda == DAILY)
    company.add(replace(held(daily), state=state))
    assert company.today() == [SUCCESS]


def test_a_moved_meeting_is_held_under_its_planned_or_its_new_start(company: Company) -> None:
    daily = next(each for each in company.cadence.upcoming() if each.agenda == DAILY)
    company.cadence.move(daily, utc(23, 15, 10), "visit")
    assert company.cadence.find(DAILY, START.date()).start == utc(23, 15, 10)
    company.add(held(daily, utc(23, 15, 10)))
    assert company.today() == [SUCCESS]


def test_one_moved_forward_and_held_is_gone_from_a_window_that_begins_with_it(company: Company) -> None:
    tomorrow = company.cadence.find(DAILY, date(2026, 11, 24))
    company.cadence.move(tomorrow, utc(23, 15, 10), "visit")
    company.add(held(tomorrow, utc(23, 15, 10)))
    assert [each.start for each in company.cadence.between(utc(23, 15), utc(23, 23))] == [utc(23, 15, 30)]


def test_a_meeting_of_another_agenda_at_the_same_time_changes_nothing(company: Company) -> None:
    daily = next(each for each in company.cadence.upcoming() if each.agenda == DAILY)
    company.add(held(daily, daily.start + timedelta(minutes=1)), held(company.cadence.upcoming()[0], daily.start))
    assert company.today() == [SUCCESS, DAILY]


def test_switching_one_off_leaves_the_others_on(company: Company) -> None:
    company.cadence.switch(DAILY, False)
    assert company.slugs() == [SUCCESS, "operations-engineering-sync"]
    assert [(each.agenda, each.on) for each in company.store.all(Series)] == [(DAILY, False)]
    assert not company.cadence.is_on(DAILY)


def test_switching_on_counts_from_today_and_on_again_keeps_the_anchor(company: Company) -> None:
    first = company.cadence.switch("company-friday", True)
    assert first.anchor == START.date()
    company.clock.forward(days=7)
    again = company.cadence.switch("company-friday", True, at="16:00")
    assert (again.id, again.anchor, again.at) == (first.id, START.date(), "16:00")
    found = company.cadence.next("company-friday", company.clock())
    assert found is not None
    assert found.start == datetime(2026, 12, 11, 15, tzinfo=UTC)


def test_off_and_on_again_counts_from_the_day_it_is_on_again(company: Company) -> None:
    company.cadence.switch("company-friday", True)
    company.cadence.switch("company-friday", False)
    company.clock.forward(days=7)
    assert company.cadence.switch("company-friday", True).anchor == date(2026, 11, 30)
    assert company.cadence.switch("company-friday", True, anchor=date(2026, 11, 27)).anchor == date(2026, 11, 27)
    assert len(company.store.all(Series)) == 1


@pytest.mark.parametrize(
    ("rule", "at", "zone", "message"),
    [
        ("FREQ=HOURLY", "", "", "not a recurrence"),
        ("", "25:00", "", "not a time of day"),
        ("", "", "Mars/Olympus", "not a known time zone"),
    ],
)
def test_a_series_cannot_be_given_a_wrong_time(company: Company, rule: str, at: str, zone: str, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        company.cadence.switch(DAILY, True, rule=rule, at=at, zone=zone)
    assert not company.store.all(Series)


def test_an_unknown_agenda_is_named_with_those_there_are(company: Company) -> None:
    with pytest.raises(NotFound, match=r"no agenda 'daily'.*daily-operations-sync"):
        company.cadence.switch("daily", True)


def onboard(company: Company) -> None:
    company.add(
        Customer(handle="acme", name="Acme", onboarding=True),
        Customer(handle="globex", name="Globex"),
        Customer(handle="gone", name="Gone", onboarding=True, active=False),
        Customer(handle="zeta", name="Zeta", onboarding=True),
    )


def test_status_calls_are_one_series_for_each_customer_that_is_onboarded(company: Company) -> None:
    onboard(company)
    assert CALL not in company.slugs()
    company.cadence.switch(CALL, True)
    assert [each.customer for each in company.cadence.series() if each.agenda == CALL] == ["acme", "zeta"]
    titles = [each.title for each in company.cadence.upcoming(1) if each.agenda == CALL]
    assert titles == ["Customer Status Call Acme", "Customer Status Call Zeta"]


def test_a_customer_has_its_own_time_and_can_be_the_only_one(company: Company) -> None:
    onboard(company)
    company.cadence.switch(CALL, True, "zeta", rule="FREQ=WEEKLY;BYDAY=WE", at="11:00")
    found = company.cadence.next(CALL, START)
    assert found is not None
    assert (found.customer, found.start) == ("zeta", utc(25, 10))
    assert company.cadence.next(CALL, START, "acme") is None
    assert [company.cadence.is_on(CALL, customer) for customer in ("zeta", "acme", "")] == [True, False, True]


def test_the_end_of_onboarding_ends_the_calls(company: Company) -> None:
    onboard(company)
    company.cadence.switch(CALL, True, "zeta")
    (zeta,) = company.store.where(Customer, handle="zeta")
    with company.store.work("Done", by="sue", at=START) as work:
        work.put(Customer(id=zeta.id, rev=zeta.rev, handle="zeta", name="Zeta"))
    assert CALL not in company.slugs()


def test_without_a_customer_all_are_switched_those_decided_singly_too(company: Company) -> None:
    onboard(company)
    company.cadence.switch(CALL, True, "zeta", at="11:00")
    company.cadence.switch(CALL, False)
    assert CALL not in company.slugs()
    company.cadence.switch(CALL, True)
    assert [(each.customer, each.at) for each in company.cadence.series() if each.agenda == CALL] == [
        ("acme", ""),
        ("zeta", "11:00"),
    ]


def test_calls_only_with_customers_that_are_onboarded(company: Company) -> None:
    onboard(company)
    with pytest.raises(NotFound, match="globex"):
        company.cadence.switch(CALL, True, "globex")
    with pytest.raises(Invalid, match="one meeting for all customers"):
        company.cadence.switch(DAILY, True, "acme")


def test_a_skipped_meeting_stays_listed_with_its_reason_and_is_not_next(company: Company) -> None:
    tomorrow = company.cadence.find(DAILY, date(2026, 11, 24))
    moved = company.cadence.skip(tomorrow, "all at the offsite")
    listed = company.cadence.find(DAILY, date(2026, 11, 24))
    assert (listed.skipped, listed.why) == (True, "all at the offsite")
    following = company.cadence.next(DAILY, utc(23, 15, 30))
    assert following is not None
    assert following.start == utc(25, 15, 30)
    assert (moved.agenda, moved.planned) == (DAILY, utc(24, 15, 30))


def test_a_moved_meeting_is_found_on_both_days(company: Company) -> None:
    tomorrow = company.cadence.find(DAILY, date(2026, 11, 24))
    company.cadence.move(tomorrow, utc(28, 9), "visit")
    planned, now = company.cadence.find(DAILY, date(2026, 11, 24)), company.cadence.find(DAILY, date(2026, 11, 28))
    assert planned == now
    assert (now.start, now.planned, now.moved, now.why) == (utc(28, 9), utc(24, 15, 30), True, "visit")


def test_moving_again_and_skipping_keep_one_record(company: Company) -> None:
    company.cadence.move(company.cadence.find(DAILY, date(2026, 11, 24)), utc(25, 9), "visit")
    company.cadence.move(company.cadence.find(DAILY, date(2026, 11, 24)), utc(26, 9), "later still")
    company.cadence.skip(company.cadence.find(DAILY, date(2026, 11, 24)), "no one has time")
    (record,) = company.store.all(Moved)
    assert (record.to, record.why) == (None, "no one has time")


def test_a_skipped_meeting_stays_skipped_when_the_series_is_switched(company: Company) -> None:
    company.cadence.skip(company.cadence.find(DAILY, date(2026, 11, 24)), "offsite")
    company.cadence.switch(DAILY, False)
    company.cadence.switch(DAILY, True)
    assert company.cadence.find(DAILY, date(2026, 11, 24)).skipped


def test_undo_of_a_skip_gives_the_beginning(company: Company) -> None:
    before = company.cadence.upcoming()
    company.cadence.skip(before[1], "offsite")
    assert company.cadence.upcoming() != before
    last = company.store.history()[-1]
    with company.store.work("Undo", by="sue", at=START) as work:
        work.undo(last)
    assert company.cadence.upcoming() == before
    assert not company.store.all(Moved)


def test_skipping_needs_a_reason_and_moving_a_time_ahead(company: Company) -> None:
    daily = company.cadence.find(DAILY, date(2026, 11, 24))
    with pytest.raises(Invalid, match="without a reason"):
        company.cadence.skip(daily, "  ")
    with pytest.raises(Invalid, match="still ahead"):
        company.cadence.move(daily, START - timedelta(minutes=1), "why not")
    assert not company.store.all(Moved)


def test_a_holiday_is_skipped_and_next_goes_past_it() -> None:
    company = Company(Settings(time_zone="Europe/Berlin", holidays=(date(2026, 11, 24),)))
    following = company.cadence.next(DAILY, utc(23, 16))
    assert following is not None
    assert following.start == utc(25, 15, 30)
    assert company.cadence.find(DAILY, date(2026, 11, 24)).why == "holiday"


def test_next_is_later_than_after_and_reaches_far(company: Company) -> None:
    company.cadence.switch("spof-analysis", True)
    first = company.cadence.next("spof-analysis", START)
    assert first is not None
    second = company.cadence.next("spof-analysis", first.start)
    assert second is not None
    assert (first.start, second.start) == (datetime(2027, 2, 11, 9, tzinfo=UTC), datetime(2027, 5, 13, 8, tzinfo=UTC))


def test_a_meeting_that_is_off_has_no_next(company: Company) -> None:
    assert company.cadence.next("company-friday", START) is None


def test_a_day_without_the_meeting_is_told_with_the_next_one(company: Company) -> None:
    with pytest.raises(NotFound, match=r"does not meet on 2026-11-28.*2026-11-30"):
        company.cadence.find(DAILY, date(2026, 11, 28))
    with pytest.raises(NotFound, match=r"is switched off.*opsdesk agenda on company-friday"):
        company.cadence.find("company-friday", date(2026, 11, 27))


def test_two_calls_on_one_day_ask_for_the_customer(company: Company) -> None:
    onboard(company)
    company.cadence.switch(CALL, True)
    with pytest.raises(Invalid, match="acme, zeta"):
        company.cadence.find(CALL, date(2026, 11, 24))
    assert company.cadence.find(CALL, date(2026, 11, 24), "zeta").customer == "zeta"
    company.cadence.skip(company.cadence.find(CALL, date(2026, 11, 24), "zeta"), "they asked")
    assert [each.skipped for each in company.cadence.upcoming(1) if each.agenda == CALL] == [False, True]


def test_a_series_of_an_agenda_whose_file_is_gone_is_left_out(company: Company) -> None:
    company.add(Series(agenda="no-more", anchor=START.date()))
    assert "no-more" not in company.slugs()


def test_skipping_again_after_a_zone_changed_keeps_one_record(company: Company) -> None:
    company.cadence.move(company.cadence.find(DAILY, date(2026, 11, 24)), utc(25, 9), "visit")
    tokyo = Settings(time_zone="Asia/Tokyo")
    there = Cadence(Context(company.store, company.clock, "sue", tokyo, lambda: SHIPPED))
    found = there.find(DAILY, date(2026, 11, 24))
    assert (found.moved, found.start, found.planned) == (True, utc(25, 9), utc(24, 7, 30))
    there.skip(found, "no one has time")
    (record,) = company.store.all(Moved)
    assert (record.what, record.day, record.to) == ("skipped", date(2026, 11, 24), None)


def test_a_skipped_meeting_stays_skipped_when_its_time_of_day_changes(company: Company) -> None:
    company.cadence.skip(company.cadence.find(DAILY, date(2026, 11, 24)), "offsite")
    company.cadence.switch(DAILY, True, at="09:15")
    found = company.cadence.find(DAILY, date(2026, 11, 24))
    assert (found.start, found.skipped, found.why) == (utc(24, 8, 15), True, "offsite")


def test_a_day_that_is_past_is_not_skipped(company: Company) -> None:
    with pytest.raises(Invalid, match=r"2026-11-20 is past\."):
        company.cadence.skip(company.cadence.find(DAILY, date(2026, 11, 20)), "x")
    assert company.cadence.skip(company.cadence.find(SUCCESS, date(2026, 11, 23)), "this morning").what == "skipped"


def test_of_two_on_one_day_the_one_planned_for_it_is_meant(company: Company) -> None:
    company.cadence.move(company.cadence.find(DAILY, date(2026, 11, 24)), utc(25, 9), "visit")
    assert company.cadence.find(DAILY, date(2026, 11, 25)).planned == utc(25, 15, 30)
    assert company.cadence.find(DAILY, date(2026, 11, 24)).start == utc(25, 9)


def test_the_journal_names_the_day(company: Company) -> None:
    company.cadence.skip(company.cadence.find(DAILY, date(2026, 11, 25)), "offsite")
    assert company.store.history()[-1].command == "Skip Daily Operations Sync on Wed 25 Nov"
