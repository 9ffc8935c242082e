"""A register before a customer or the whole company: what they may read and nothing else, by any way of looking."""

from __future__ import annotations

import pytest

from opsdesk.desk import Desk
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

OTHERS = ("Globex", "globex", "I-1", "DL-1", "Search", "Tom", "@tom", "nobody owns it")


@pytest.fixture
def desk() -> Desk:
    made = company(Clock())
    made.registers.add("incidents", "Search is slow #globex sev:1")
    made.registers.add("incidents", "Login down @tom #acme sev:2")
    made.registers.add("incidents", "Mail late @tom #acme #globex")
    made.registers.add("incidents", "Slower than Globex has it #acme")
    made.registers.add("deliveries", "Search in orders #globex fri")
    return made


def quiet(words: str) -> bool:
    return not [other for other in OTHERS if other in words]


async def test_before_a_customer_only_what_is_theirs_is_listed_and_narrowed(desk: Desk) -> None:
    call = desk.meetings.start("customer-status-call", customer="acme")
    shown = app(desk, call.id)
    async with shown.run_test(size=(150, 36)) as pilot:
        shown.do_open_register("incidents")
        words = await settle(pilot)
        assert quiet(words)
        assert "Incidents  3 open" in words
        assert "Login down" in words
        assert screen.line(shown, "I-4").split()[3:5] == ["incident", "Acme"]
        for wanted in ("tom", "slower", "search"):
            await press(pilot, "slash")
            words = await say(pilot, wanted, then="")
            assert "0 of 3" in words
            await press(pilot, "escape")
        assert quiet(await press(pilot, "semicolon"))
        assert quiet(await press(pilot, "down", "enter"))


async def test_before_a_customer_nobody_else_is_offered_or_named_by_what_is_wrong(desk: Desk) -> None:
    call = desk.meetings.start("customer-status-call", customer="acme")
    shown = app(desk, call.id)
    async with shown.run_test(size=(120, 36)) as pilot:
        shown.do_open_register("incidents")
        await settle(pilot)
        await press(pilot, "ctrl+n")
        words = await say(pilot, "Slow #g", then="tab")
        assert "Globex" not in words
        words = await say(pilot, "Slow customers:nobody-known")
        assert "known: acme" in words
        assert "globex" not in words
        words = await say(pilot, "Slow", then="")
        assert "kept, and not shown here: it is not theirs" in words
        await press(pilot, "enter", "escape", "equals_sign")
        words = await say(pilot, "customers=xyz")
        assert "globex" not in words


async def test_the_list_of_registers_counts_only_what_they_may_see(desk: Desk) -> None:
    call = desk.meetings.start("customer-status-call", customer="acme")
    shown = app(desk, call.id)
    async with shown.run_test(size=(120, 36)) as pilot:
        words = await press(pilot, "8")
        assert quiet(words)
        assert "3 open" in screen.line(shown, "Incidents")
        assert "none" in screen.line(shown, "Deliveries")


async def test_before_the_company_no_person_is_named(desk: Desk) -> None:
    friday = desk.meetings.start("company-friday")
    shown = app(desk, friday.id)
    async with shown.run_test(size=(150, 36)) as pilot:
        shown.do_open_register("incidents")
        words = await settle(pilot)
        assert "Incidents  4 open" in words
        assert "Tom" not in words
        assert "owns" not in words
        await press(pilot, "slash")
        assert "0 of 4" in await say(pilot, "tom", then="")


async def test_in_a_call_with_one_nothing_tells_a_customer_from_a_name_that_nobody_has(desk: Desk) -> None:
    call = desk.meetings.start("customer-status-call", customer="acme")
    shown = app(desk, call.id)
    async with shown.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        for name in ("globex", "nobody-has-it"):
            words = await say(pilot, f"Call #{name}", then="")
            assert "only Acme Logistics in this call" in words
            assert not any(told in words for told in ("not known", "is new", "another", "kept there"))
        await press(pilot, "escape")
        shown.do_open_register("known-issues")
        await settle(pilot)
        await press(pilot, "ctrl+n")
        for name in ("globex", "nobody-has-it"):
            words = await say(pilot, f"x #{name}", then="")
            assert "  only Acme Logistics in this call" in words
            assert "no customer" not in words
            words = await press(pilot, "enter")
            assert "is no customer" not in words
            assert "Globex" not in words
