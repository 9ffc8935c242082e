"""While a customer listens no cell of any screen tells of another, whatever is pressed, typed or looked for."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from opsdesk.core.registers import registers
from opsdesk.desk import Desk
from opsdesk.minutes import FORMATS
from opsdesk.ui.app import OpsDesk
from tests import screen
from tests.clock import START, Clock
from tests.ui import secrets
from tests.ui.desks import app
from tests.ui.keyboard import press, say, settle
from tests.ui.secrets import CALL, EVERYTHING, OURS, SPIKED, told
from tests.ui.watching import Watch

WIDE, USUAL, LITTLE = (170, 50), (120, 36), (80, 24)
KEYS = {" ": "space", "-": "minus"}
SOUGHT = ("zyx", "quo", "bri", "vor", "sna", "it too", "engine", "note", "outage", "i-2")


@pytest.fixture
def desk() -> Desk:
    return secrets.full()


def in_call(desk: Desk, slug: str = CALL) -> OpsDesk:
    return app(desk, desk.meetings.start(slug, customer=OURS).id, save=lambda name, text: name)


def test_the_words_that_must_stand_nowhere_are_all_over_the_desk(desk: Desk) -> None:
    kinds = {tx_change.kind for tx in desk.history(0) for tx_change in tx.changes if told(repr(tx_change))}
    assert {"incidents", "maintenance", "known-issues", "bugs", "deliveries", "requirements", "releases"} <= kinds
    assert {"environments", "announcements", "absences", "components", "timeline"} <= kinds
    assert {"actions", "items", "scores", "notes", "decisions", "minutes", "meetings", "customers"} <= kinds


@pytest.mark.parametrize("size", [WIDE, USUAL, LITTLE], ids=str)
async def test_every_board_in_its_section(desk: Desk, size: tuple[int, int]) -> None:
    shown = in_call(desk, EVERYTHING)
    async with shown.run_test(size=size) as pilot:
        watch = Watch(shown, pilot, told)
        await settle(pilot)
        for _ in secrets.boards_of_all():
            name = watch.front.section_title
            await watch.press(name, "less_than_sign")
            await watch.along(name, *(("v", "enter") if size == USUAL else ()))
            await watch.press(name, "pagedown")
        assert watch.looked > 60
        assert watch.found == {}


async def test_every_command_of_the_room_and_of_today(desk: Desk) -> None:
    shown = in_call(desk)
    async with shown.run_test(size=USUAL) as pilot:
        watch = Watch(shown, pilot, told)
        await settle(pilot)
        await watch.every_command("room", shown.do_room)
        shown.do_today()
        await settle(pilot)
        await watch.along("today", "v")
        await watch.every_command("today", shown.do_today)
        assert watch.looked > 200
        assert watch.found == {}


async def test_every_command_of_a_register(desk: Desk) -> None:
    shown = in_call(desk)
    async with shown.run_test(size=USUAL) as pilot:
        watch = Watch(shown, pilot, told)
        for kind in ("incidents", "maintenance"):
            shown.do_open_register(kind)
            await settle(pilot)
            await watch.every_command(kind, lambda kind=kind: shown.do_open_register(kind))
        assert watch.looked > 150
        assert watch.found == {}


@pytest.mark.parametrize("size", [WIDE], ids=str)
async def test_every_register_with_all_its_records(desk: Desk, size: tuple[int, int]) -> None:
    shown = in_call(desk)
    async with shown.run_test(size=size) as pilot:
        watch = Watch(shown, pilot, told)
        for kind in registers():
            shown.do_open_register(kind)
            await settle(pilot)
            await watch.press(kind, "8")
            await watch.back()
            await watch.press(kind, "semicolon", "comma")
            await watch.along(kind, "v")
            await press(pilot, "slash")
            for needle in SOUGHT:
                await say(pilot, needle, then="")
                watch.look(f"{kind} narrowed by {needle}")
            await watch.back()
        assert watch.found == {}


async def test_whatever_is_found_and_read_in_minutes_and_at_the_gate(desk: Desk) -> None:
    shown = in_call(desk)
    async with shown.run_test(size=WIDE) as pilot:
        watch = Watch(shown, pilot, told)
        await settle(pilot)
        for needle in SOUGHT:
            await press(pilot, "slash", *(KEYS.get(letter, letter) for letter in needle))
            await watch.press(f"find {needle}", "down", "down", "enter")
            await watch.back()
        shown.do_read_minutes()
        await settle(pilot)
        for key in ("pagedown", "pagedown", "up", "pagedown", "pagedown", "up"):
            await watch.press("minutes", key)
        shown.do_room()
        await settle(pilot)
        for text in (f"act Do: {SPIKED} @tom", f"note {SPIKED}", f"decide {SPIKED}", f"park {SPIKED}"):
            verb, _, words = text.partition(" ")
            getattr(desk.meetings, verb)(shown.front.meeting_id, words)  # type: ignore[union-attr]
        shown.publish()
        await settle(pilot)
        await watch.along("said", "v", "enter")
        await watch.press("gate", "c")
        await watch.along("gate")
        assert watch.found == {}


@pytest.mark.parametrize("slug", [CALL, EVERYTHING])
def test_minutes_of_the_call_in_every_format(slug: str) -> None:
    clock = Clock(START - timedelta(hours=3))
    desk = secrets.full(clock)
    call = desk.meetings.start(slug, customer=OURS)
    for _ in call.sections:
        for say_it in (desk.meetings.note, desk.meetings.decide, desk.meetings.act, desk.meetings.park):
            say_it(call.id, SPIKED)
        desk.registers.set(["I-2", "I-3", "DL-3"], {"owner": "ana"}, meeting=call.id)
        clock.forward(minutes=1)
        desk.meetings.next(call.id)
    desk.meetings.outcome(call.id, SPIKED)
    kept = desk.minutes.preview(desk.meetings.close(call.id))
    assert kept.customer == "Acme Logistics"
    for form in FORMATS.values():
        page = form.render(kept)
        assert "withheld" in page
        assert told(page) == []


async def test_an_outage_that_hits_others_too_is_shown_as_theirs(desk: Desk) -> None:
    shown = in_call(desk)
    async with shown.run_test(size=USUAL) as pilot:
        shown.do_open_register("incidents")
        await settle(pilot)
        line = screen.line(shown, "  I-2  ")
        assert "Acme Logistics" in line
        words = await press(pilot, "slash") and await say(pilot, "shared", then="")
        assert "1 of 3" in words


async def test_what_was_typed_before_the_call_waits_until_nobody_listens(desk: Desk) -> None:
    shown = app(desk)
    async with shown.run_test(size=USUAL) as pilot:
        await press(pilot, "a")
        await say(pilot, "Call Zyxxon Ltd back", then="escape")
        call = desk.meetings.start(CALL, customer=OURS)
        await shown.renew()
        for keys in (("escape",), ("a",), ("up",)):
            assert told(await press(pilot, *keys)) == []
        await press(pilot, "escape")
        desk.meetings.close(call.id)
        await shown.renew()
        assert told(await press(pilot, "a", "up")) == []  # it is over, and they may still be looking
        assert "Call Zyxxon Ltd back" in await press(pilot, "escape", "1", "a")


async def test_a_step_of_another_desk_that_names_somebody_is_undone_without_their_name(desk: Desk) -> None:
    shown = in_call(desk)
    async with shown.run_test(size=WIDE) as pilot:
        await settle(pilot)
        desk.people.rename_customer("brimblat", "Brimblat")
        step = desk.undo.peek()
        assert step is not None
        assert told(step.command)
        await shown.renew()
        words = await settle(pilot)
        assert "undo last step" in words
        assert told(words) == []
        words = await press(pilot, "z")
        assert "not said here" in words
        assert told(words) == []


async def test_room_stays_the_one_that_was_opened_here_when_another_desk_starts_its_own(desk: Desk) -> None:
    shown = in_call(desk)
    async with shown.run_test(size=USUAL) as pilot:
        await press(pilot, "1")
        desk.meetings.start("daily-operations-sync")
        await shown.renew()
        words = await press(pilot, "5")
        assert "Customer Status Call" in words
        assert told(words) == []


async def test_minutes_of_before_somebody_became_a_customer_name_them_to_nobody_else(desk: Desk) -> None:
    call = desk.meetings.start(CALL, customer=OURS)
    desk.meetings.note(call.id, "As Vexley has it")
    desk.meetings.close(call.id)
    desk.people.add_customer("Vexley")
    shown = in_call(desk)
    async with shown.run_test(size=USUAL) as pilot:
        read = [await press(pilot, key) for key in ("7", "pagedown", "pagedown", "pagedown")]
        assert "withheld" in "".join(read)
        assert "Vexley" not in "".join(read)


def figure(line: str) -> bool:
    """Whether a figure stands beside her name; ids are none."""
    return "wilhelmina" in line.lower() and re.search(r"\d", re.sub(r"\b[A-Z]+-\d+", "", line)) is not None


async def test_before_the_whole_company_no_figure_stands_beside_a_person() -> None:
    desk = secrets.full()
    desk.people.add("Wilhelmina Throckmorton", "Operations", handle="wilhelmina")
    for words in ("One @wilhelmina yesterday !", "Two @wilhelmina yesterday", "Three @wilhelmina #acme fri"):
        desk.actions.start(desk.actions.capture(words, past_ok=True).id)
    desk.registers.add("absences", "@wilhelmina away tomorrow")
    desk.registers.add("incidents", "Mail is late @wilhelmina sev:1")
    desk.registers.add("environments", "blue", holder="wilhelmina")
    friday = desk.meetings.start("company-friday")
    shown = app(desk, friday.id)
    async with shown.run_test(size=WIDE) as pilot:
        watch = Watch(shown, pilot, figure)
        await settle(pilot)
        for _ in friday.sections:
            await watch.along(watch.front.section_title, "v")
            await watch.press("company", "pagedown")
        shown.do_today()
        await settle(pilot)
        await watch.along("today", "v")
        for kind in registers():
            shown.do_open_register(kind)
            await settle(pilot)
            await watch.along(kind, "v")
        await watch.press("outage", "o")
        for needle in ("mail", "wilhel"):
            await watch.back()
            await press(pilot, "1", "slash", *needle)
            watch.look(f"find {needle}")
            await watch.press(f"find {needle}", "enter")
        assert watch.looked > 60
        assert watch.found == {}
