"""Whom a screen stands before, and whose minutes may be read there."""

from __future__ import annotations

from typing import get_args

import pytest
from msgspec.structs import replace

from opsdesk.core.agenda import Audience
from opsdesk.core.audience import Before, at_desk, before
from opsdesk.core.meeting import Attendance, Meeting
from tests.clock import START


def meeting(audience: Audience, customer: str = "", state: str = "running") -> Meeting:
    return Meeting(
        agenda="a", title="A", audience=audience, customer=customer, state=state, scheduled=START, last=START,
        timebox=30, sections=(),
    )  # fmt: skip


def test_the_strictest_audience_of_all_that_run_holds() -> None:
    daily, friday, call = meeting("team"), meeting("company"), meeting("customer", "globex")
    assert before([]) == before([daily]) == Before(audience="team")
    assert before([daily, friday]) == Before(audience="company")
    assert before([daily, call, friday]) == Before(audience="customer", customer="globex")


def test_two_customers_at_once_leave_nobody_whose_records_may_be_shown() -> None:
    both = [meeting("customer", "globex"), meeting("customer", "initech")]
    assert before(both) == Before(audience="customer")
    assert not before(both).may_read("customer", "globex")


def test_a_meeting_that_is_over_no_longer_counts() -> None:
    assert before([meeting("customer", "globex", "closed"), meeting("company", state="draft")]) == Before()


@pytest.mark.parametrize(
    ("whom", "readable"),
    [
        (Before(), {("team", ""), ("company", ""), ("customer", "globex"), ("customer", "initech")}),
        (Before(audience="company"), {("company", ""), ("customer", "globex"), ("customer", "initech")}),
        (Before(audience="customer", customer="globex"), {("customer", "globex")}),
    ],
)
def test_whose_minutes_may_be_read(whom: Before, readable: set[tuple[Audience, str]]) -> None:
    every = {(a, c) for a in get_args(Audience) for c in ("", "globex", "initech")}
    asked = {(a, c) for a, c in every if (a == "customer") == bool(c)}
    assert {each for each in asked if whom.may_read(*each)} == readable


def test_a_desk_stands_before_those_whose_meeting_its_person_is_in_or_was_shown_there() -> None:
    sits = (Attendance(who="kofi", presence="present"), Attendance(who="ana", presence="apologies"))
    call = replace(meeting("customer", "globex"), id="M-1", attendance=sits)
    assert at_desk([call], "kofi", ()) == Before(audience="customer", customer="globex")
    assert at_desk([call], "sue", {"M-1"}) == Before(audience="customer", customer="globex")
    assert at_desk([call], "ana", ()) == at_desk([call], "sue", {"M-2"}) == Before()


def test_a_call_before_which_the_desk_stood_counts_also_when_it_is_over() -> None:
    call = replace(meeting("customer", "globex"), id="M-1", attendance=(Attendance(who="kofi", presence="present"),))
    over = replace(call, state="closed")
    assert at_desk([over], "kofi", ()) == Before()
    assert at_desk([over], "kofi", (), [call]) == Before(audience="customer", customer="globex")
    assert at_desk([], "ana", (), [call]) == Before(audience="customer", customer="globex")
    friday = replace(meeting("customer", "initech"), id="M-2")
    assert at_desk([over, friday], "kofi", {"M-2"}, [call]) == Before(audience="customer")
