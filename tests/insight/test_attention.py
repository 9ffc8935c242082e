"""Fairness: minutes per customer beside its share of revenue, and who is never spoken of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Item, Note
from opsdesk.core.meeting import Meeting, Section, Span
from opsdesk.core.register import Look
from opsdesk.core.settings import Settings
from opsdesk.insight.attention import Attention, Talk, attention, talk_in
from opsdesk.store.memory import MemoryStore
from tests.insight.scored import LOOK, at, day, review, score

ACME = Customer(handle="acme", name="Acme", revenue=30_000)
GLOBEX = Customer(handle="globex", name="Globex", revenue=10_000)
INITECH = Customer(handle="initech", name="Initech")
ALL = (ACME, GLOBEX, INITECH)


def call(days: float, minutes: int = 20, customer: str = "acme", **more: Any) -> Meeting:
    start = at(days)
    end = start + timedelta(minutes=minutes)
    given = {"id": "M-1", "state": "closed", "started": start, "ended": end, **more}
    return Meeting(
        agenda="customer-status-call",
        title="Customer Status Call",
        customer=customer,
        scheduled=start,
        last=end,
        timebox=30,
        sections=(Section(title="Progress", minutes=27, seconds=1620),),
        spans=(Span(section=0, entered=start, left=end),),
        **given,
    )


def of(talk: Talk, handle: str = "acme", look: Look = LOOK, **more: Any) -> Attention:
    return next(each for each in attention(ALL, talk, look, **more) if each.customer == handle)


def test_minutes_are_those_of_the_walk_and_of_whole_calls_with_the_customer() -> None:
    talk = Talk(reviews=[review("discussed", -7, "M-9"), review("kept", -3, "M-8")], meetings=[call(-2)])
    assert of(talk).minutes == 4 + 4 + 20


def test_shares_of_minutes_stand_beside_shares_of_revenue() -> None:
    talk = Talk(reviews=[review("discussed", -7, "M-9", customer="globex")], meetings=[call(-2, minutes=12)])
    found = attention(ALL, talk, LOOK)
    assert [(each.customer, each.minutes_share, each.revenue_share) for each in found] == [
        ("acme", 0.75, 0.75),
        ("globex", 0.25, 0.25),
        ("initech", 0, 0),
    ]


def test_without_minutes_or_revenue_there_are_no_shares() -> None:
    (found,) = attention([INITECH], Talk(), LOOK)
    assert (found.minutes, found.minutes_share, found.revenue_share) == (0, None, None)


def test_only_the_last_twelve_weeks_count_as_minutes() -> None:
    talk = Talk(reviews=[review("discussed", -85, "M-9")], meetings=[call(-84, id="M-2"), call(-85, id="M-3")])
    assert of(talk).minutes == 20
    assert of(talk, weeks=13).minutes == 44


def test_a_flag_walked_in_a_call_with_its_customer_is_part_of_that_call() -> None:
    talk = Talk(reviews=[review("discussed", -2, "M-1"), review("discussed", -2, "M-7")], meetings=[call(-2)])
    assert of(talk).minutes == 24
    assert (
        of(Talk(reviews=[review("discussed", -2, "M-1", customer="globex")], meetings=[call(-2)]), "globex").minutes
        == 4
    )


def test_a_skipped_call_was_none() -> None:
    skipped = replace(call(-2), state="skipped", started=None, ended=None, spans=())
    assert of(Talk(meetings=[skipped])) == Attention(customer="acme", minutes_share=None, revenue_share=0.75)


def test_a_meeting_that_is_not_with_one_customer_is_nobodys_minutes() -> None:
    assert of(Talk(meetings=[call(-2, customer="")])).minutes == 0


def test_minutes_are_rounded_half_up() -> None:
    talked = replace(review("discussed", -2, "M-1"), left=at(-2) + timedelta(seconds=90))
    assert of(Talk(reviews=[talked])).minutes == 2
    assert of(Talk(reviews=[replace(talked, left=talked.entered + timedelta(seconds=89))])).minutes == 1
    assert of(Talk(reviews=[replace(talked, left=None, outcome="")])).minutes == 0


def test_last_discussed_is_the_last_flag_of_its_own_that_was_really_spoken_of() -> None:
    reviews = [review("discussed", -30, "M-1"), review("skipped", -2, "M-2"), review("kept", -1, "M-3", at_once=True)]
    found = of(Talk(reviews=reviews))
    assert (found.last_discussed, found.days, found.never_discussed) == (day(-30), 30, False)


def test_or_a_call_with_it() -> None:
    assert of(Talk(reviews=[review("discussed", -30, "M-1")], meetings=[call(-9), call(-16)])).days == 9


def test_or_a_meeting_in_which_something_was_said_of_it() -> None:
    action = Action(title="Call", customer="acme", meeting="M-1", created=at(-6))
    item = Item(text="Renewal", customer="acme", meeting="M-1", agenda="x", section="y", opened=at(-7))
    assert of(Talk(said=[score("g", -8, meeting="M-1")])).days == 8
    assert of(Talk(said=[item])).days == 7
    assert of(Talk(said=[item, action, Note(text="acme", meeting="M-1", at=at(-1))])).days == 6


def test_what_was_typed_outside_a_meeting_was_not_discussed() -> None:
    talk = Talk(said=[score("r", -1), Action(title="Call", customer="acme", created=at(-6))])
    assert of(talk).never_discussed


def test_never_discussed_is_for_ever_not_for_the_period() -> None:
    talk = Talk(reviews=[review("discussed", -300, "M-1")])
    found = attention(ALL, talk, LOOK)
    assert [each.customer for each in found if each.never_discussed] == ["globex", "initech"]


def test_days_are_those_of_the_companys_calendar() -> None:
    tokyo = Settings(time_zone="Asia/Tokyo")
    talked = replace(review("discussed", 0, "M-1"), entered=datetime(2026, 11, 22, 15, 30, tzinfo=UTC))
    assert of(Talk(reviews=[talked]), look=Look(datetime(2026, 11, 23, 14, 59, tzinfo=UTC), tokyo)).days == 0
    assert of(Talk(reviews=[talked]), look=Look(datetime(2026, 11, 23, 15, 0, tzinfo=UTC), tokyo)).days == 1


def test_it_reads_what_was_said_in_meetings() -> None:
    store = MemoryStore()
    action = Action(title="Call", customer="acme", meeting="M-1", created=at(-6))
    with store.work("Fill", by="sue", at=at()) as work:
        for record in (score("r", -1), score("r", -2, meeting="M-1"), action, call(-3, id="")):
            work.add(record)
    found = talk_in(store)
    assert sorted(each.id for each in found.said) == ["A-1", "S-2"]
    assert ([each.id for each in found.meetings], list(found.reviews)) == (["M-1"], [])
    store.close()


def test_customers_that_left_are_not_compared() -> None:
    gone = replace(GLOBEX, active=False)
    found = attention([ACME, gone], Talk(meetings=[call(-2, customer="globex")]), LOOK)
    assert found == (Attention(customer="acme", revenue_share=1),)
