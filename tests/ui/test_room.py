"""The Room by its keys: what one sees after each is what the desk holds."""

from __future__ import annotations

import pytest

from opsdesk.core.actions import Action
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.meeting import Meeting
from opsdesk.core.scores import Score
from opsdesk.desk import Desk
from opsdesk.ui.widgets.capture_bar import CaptureBar
from tests import screen
from tests.clock import Clock
from tests.ui.desks import app, company
from tests.ui.keyboard import press, say, settle

SIZES = [(80, 24), (120, 36), (200, 50)]
DAILY = "daily-operations-sync"


def running(clock: Clock, slug: str = DAILY) -> tuple[Desk, Meeting]:
    desk = company(clock)
    return desk, desk.meetings.start(slug)


@pytest.mark.parametrize("size", SIZES)
async def test_agenda_clock_and_table_at_every_size(size: tuple[int, int]) -> None:
    clock = Clock()
    desk, meeting = running(clock)
    desk.actions.capture("Restore the EU pool @tom #globex 20 nov 2026 !", past_ok=True)
    async with app(desk, meeting.id).run_test(size=size) as pilot:
        shown = await settle(pilot)
        assert "Daily Operations Sync  #1" in shown
        for section in meeting.sections:
            assert section.title in shown
        assert "20:00 left of 20   ends 15:19" in shown
        assert "██████" in shown
        assert "Restore the EU pool" in shown
        assert all(len(line) <= size[0] for line in shown.splitlines())
        assert len(shown.splitlines()) == size[1]


async def test_space_walks_the_sections_to_the_closing_gate() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        for section in meeting.sections[1:]:
            await pilot.pause(0.2)
            await press(pilot, "space")
            assert f"▌ {section.title}" in screen.text(pilot.app)
        await pilot.pause(0.2)
        shown = await press(pilot, "space")
        assert "STILL OWED" in shown


async def test_a_held_key_does_not_skip_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("opsdesk.ui.repeats.QUICK", 60.0)  # however slow the machine is
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("space", "space", "space", "space")
        await settle(pilot)
        assert desk.meetings.view(meeting.id).section == 1


async def test_an_action_is_understood_while_typed_and_kept_on_enter() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        shown = await say(pilot, "Call Globex @sue #globex fri !", then="")
        assert "Sue Park · Globex · due Fri 27 Nov · promised" in shown
        shown = await press(pilot, "enter")
        assert "A-1 kept · ctrl+z undoes" in shown
        assert "SAID IN THIS MEETING" in shown
        kept = desk.read.get(Action, "A-1")
        assert (kept.title, kept.owner, kept.customer, kept.promise) == ("Call Globex", "sue", "globex", True)
        assert (kept.meeting, kept.section) == (meeting.id, "Burning issues")
        assert pilot.app.screen.query_one(CaptureBar).typing


async def test_letters_are_text_while_typing_and_commands_in_the_list() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        await press(pilot, "n", "d", "z", "space", "x")
        assert pilot.app.screen.query_one(CaptureBar).input.value == "dz x"
        await press(pilot, "enter", "escape")
        assert [note.text for note in desk.read.all(Note)] == ["dz x"]
        await press(pilot, "d")
        await say(pilot, "No deploys before Thursday")
        assert [d.text for d in desk.read.all(Decision)] == ["No deploys before Thursday"]


async def test_escape_keeps_the_draft_and_never_leaves_the_meeting() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        await press(pilot, "a")
        await say(pilot, "Half a thought", then="escape")
        assert "draft kept   Half a thought" in screen.text(pilot.app)
        await press(pilot, "escape", "escape")
        assert "Daily Operations Sync" in screen.text(pilot.app)
        await press(pilot, "a")
        assert pilot.app.screen.query_one(CaptureBar).input.value == "Half a thought"


async def test_what_cannot_be_kept_stands_in_the_bar_again() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        shown = await say(pilot, "Write to Acme #acme 20 nov 2026")
        assert desk.read.all(Action) == ()
        assert pilot.app.screen.query_one(CaptureBar).input.value == "Write to Acme #acme 20 nov 2026"
        assert "is past" in shown
        await press(pilot, "ctrl+t")
        assert pilot.app.screen.query_one(CaptureBar).input.value == "Write to Acme #acme 2026-11-27"
        await press(pilot, "enter")
        assert desk.read.get(Action, "A-1").title == "Write to Acme"


async def test_a_past_date_is_kept_when_it_is_meant() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await say(pilot, "Write to Acme 20 nov 2026", then="ctrl+o")
        assert str(desk.read.get(Action, "A-1").due) == "2026-11-20"


async def test_a_name_that_is_not_known_is_offered_to_be_created() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        shown = await say(pilot, "Ask @priya about it", then="")
        assert "@priya is not known ctrl+o creates it" in shown
        await press(pilot, "ctrl+o")
        assert desk.people.person_name("priya") == "Priya"
        shown = await press(pilot, "enter")
        assert desk.read.get(Action, "A-1").owner == "priya"


async def test_tab_completes_a_name() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await say(pilot, "Call #glo", then="tab")
        assert pilot.app.screen.query_one(CaptureBar).input.value == "Call #globex "


async def test_undo_and_redo_by_one_key_also_while_typing() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        await say(pilot, "first")
        await press(pilot, "ctrl+z")
        assert desk.read.all(Note) == ()
        await press(pilot, "ctrl+y", "escape")
        assert len(desk.read.all(Note)) == 1
        shown = await press(pilot, "z")
        assert "undone: N-1 · y brings it back" in shown
        assert desk.read.all(Note) == ()


async def test_a_flag_in_one_line() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "f")
        await say(pilot, "globex support red their CIO wrote")
        score = desk.read.all(Score)[0]
        assert (score.customer, score.measure, score.level, score.comment) == (
            "globex",
            "Support",
            "red",
            "their CIO wrote",
        )
        assert "Globex Support · → ▲ red: their CIO wrote" in screen.line(pilot.app, "S-1 ")


async def test_park_puts_the_line_off_and_z_brings_it_back() -> None:
    desk, meeting = running(Clock())
    desk.actions.capture("Restore the EU pool @tom 20 nov 2026", past_ok=True)
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        assert [item.ref for item in desk.read.live(Item)] == ["A-1"]
        await press(pilot, "z")
        assert desk.read.all(Item) == ()


async def test_verbs_act_on_the_line_under_the_cursor() -> None:
    desk, meeting = running(Clock())
    desk.actions.capture("Restore the EU pool @tom 20 nov 2026", past_ok=True)
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert desk.read.get(Action, "A-1").state == "started"
        await press(pilot, "t")
        await say(pilot, "fri the vendor is late")
        kept = desk.read.get(Action, "A-1")
        assert (str(kept.due), kept.slips[0].why) == ("2026-11-27", "the vendor is late")
        await press(pilot, "z")
        await press(pilot, "at")
        await say(pilot, "@ana")
        assert desk.read.get(Action, "A-1").owner == "ana"
        await press(pilot, "w")
        await say(pilot, "legal fri")
        kept = desk.read.get(Action, "A-1")
        assert (kept.state, kept.waiting_on, str(kept.wait_until)) == ("waiting", "legal", "2026-11-27")
        await press(pilot, "delete")
        await say(pilot, "nobody wants it")
        assert (desk.read.get(Action, "A-1").state, desk.read.get(Action, "A-1").why) == ("dropped", "nobody wants it")


async def test_enter_corrects_an_entry_and_the_palette_turns_it_into_another() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "n")
        await say(pilot, "vendor call moved", then="enter")
        await press(pilot, "escape", "enter")
        assert pilot.app.screen.query_one(CaptureBar).input.value == "vendor call moved "
        await say(pilot, "vendor call moved to 17:30")
        assert desk.read.get(Note, "N-1").text == "vendor call moved to 17:30"
        await press(pilot, "ctrl+p", *"into", "space", *"decision")
        await press(pilot, "enter")
        assert [d.text for d in desk.read.all(Decision)] == ["vendor call moved to 17:30"]
        assert desk.read.all(Note) == ()


async def test_two_minutes_are_borrowed_from_the_last_section() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await press(pilot, "plus")
        sections = desk.read.get(Meeting, meeting.id).sections
        assert sections[0].seconds == meeting.sections[0].seconds + 120
        assert sum(s.seconds for s in sections) == sum(s.seconds for s in meeting.sections)


async def test_the_clock_turns_orange_then_red_and_counts_up() -> None:
    clock = Clock()
    desk, meeting = running(clock)
    home = app(desk, meeting.id)
    async with home.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        clock.forward(seconds=meeting.sections[0].seconds + 150)
        home.screen.tick()
        shown = await settle(pilot)
        assert "+2" in shown.splitlines()[0]
        assert "Staffing will not fit" in shown
        assert "borrow 2 min from it" in shown


async def test_another_desk_s_entry_appears_and_typing_goes_on() -> None:
    desk, meeting = running(Clock())
    home = app(desk, meeting.id)
    async with home.run_test(size=(120, 36)) as pilot:
        await press(pilot, "a")
        await say(pilot, "Half a thou", then="")
        desk.meetings.note(meeting.id, "typed by somebody else")
        home.publish()
        shown = await settle(pilot)
        assert "typed by somebody else" in shown
        assert pilot.app.screen.query_one(CaptureBar).input.value == "Half a thou"
        assert pilot.app.focused is pilot.app.screen.query_one(CaptureBar).input


async def test_the_curtain_leaves_only_clock_and_title() -> None:
    desk, meeting = running(Clock())
    desk.actions.capture("Secret of Globex @tom 20 nov 2026", past_ok=True)
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        shown = await press(pilot, "full_stop")
        assert "Burning issues" in shown
        assert "██" in shown
        assert "Secret" not in shown
        assert "AGENDA" not in shown
        shown = await press(pilot, "full_stop")
        assert "Secret" in shown


async def test_who_is_in() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        shown = await press(pilot, "i")
        assert "Ana Lima" in shown
        await press(pilot, "space")
        ana = next(a for a in desk.read.get(Meeting, meeting.id).attendance if a.who == "ana")
        assert ana.presence == "apologies"
        shown = await press(pilot, "escape")
        assert "3 of 4" in shown


async def test_closing_leads_to_minutes_and_never_holds_the_room() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 40)) as pilot:
        await press(pilot, "n")
        await say(pilot, "all quiet")
        await press(pilot, "escape", "a")
        await say(pilot, "Nobody's task nodate")
        shown = await press(pilot, "escape", "c")
        assert "STILL OWED" in shown
        assert "has no owner" in shown
        shown = await press(pilot, "enter")
        assert desk.read.get(Meeting, meeting.id).state == "draft"
        assert "Minutes  Daily Operations Sync #1" in shown
        assert "DRAFT" in shown


async def test_what_is_owed_is_settled_or_waived_at_the_gate() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 40)) as pilot:
        shown = await press(pilot, "c")
        assert "Burning issues has no outcome." in shown
        await press(pilot, "equals_sign")
        shown = await say(pilot, "quiet since Friday")
        assert "Nothing is owed" in shown
        await press(pilot, "z", "b")
        shown = await say(pilot, "nobody was asked")
        assert "Nothing is owed" in shown
        await press(pilot, "enter")
        assert desk.read.get(Meeting, meeting.id).state == "closed"


async def test_rating_goes_from_person_to_person() -> None:
    desk, meeting = running(Clock(), "customer-success")
    async with app(desk, meeting.id).run_test(size=(100, 40)) as pilot:
        await press(pilot, "c", "asterisk")
        await say(pilot, "8")
        await say(pilot, "eleven")
        assert "is no rating" in screen.text(pilot.app)
        await say(pilot, "7")
        scores = [r.score for r in desk.read.get(Meeting, meeting.id).ratings]
        assert scores == [8, 7]


async def test_mouse_a_click_on_the_agenda_goes_there_and_on_the_footer_presses() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.click("#rail", offset=(8, 6))
        await settle(pilot)
        assert desk.meetings.view(meeting.id).section == 3
        await pilot.click("#footer", offset=(3, 0))
        await settle(pilot)
        assert desk.meetings.view(meeting.id).section == 4


async def test_find_and_trail_from_the_room() -> None:
    desk, meeting = running(Clock())
    desk.actions.capture("Restore the EU pool @tom #globex 20 nov 2026", past_ok=True)
    async with app(desk, meeting.id).run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        shown = await press(pilot, "slash", *"pool")
        assert "Restore the EU pool" in shown
        shown = await press(pilot, "enter")
        assert "TRAIL" in shown
        await press(pilot, "escape")
        shown = await press(pilot, "v")
        assert "A-1   action" in shown


async def test_hostile_words_do_not_break_the_room() -> None:
    desk, meeting = running(Clock())
    for text in ("[EMEA] Ünïcode 日本 [/x] \u202e", "\x1b[31mred", "x" * 10_000, "[b"):
        desk.meetings.note(meeting.id, text)
    async with app(desk, meeting.id).run_test(size=(80, 24)) as pilot:
        shown = await settle(pilot)
        assert "[EMEA] Ünïcode 日本 [/x]" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown


async def test_a_carried_item_that_is_parked_again_leaves_the_table() -> None:
    clock = Clock()
    desk = company(clock)
    item = desk.items.add("Switch provider", agenda=DAILY, section="Burning issues")
    earlier = desk.meetings.start(DAILY)
    desk.meetings.outcome(earlier.id)
    desk.meetings.close(earlier.id)
    clock.forward(days=1)
    meeting = desk.meetings.start(DAILY)
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        shown = await press(pilot, "p")
        assert f"{item.id} is parked · z undoes" in shown
        assert "Switch provider" not in shown
        assert "parked  1" in shown


async def test_a_tiny_terminal_keeps_section_clock_and_list() -> None:
    desk, meeting = running(Clock())
    desk.actions.capture("Restore the EU pool @tom #globex 20 nov 2026 !", past_ok=True)
    async with app(desk, meeting.id).run_test(size=(40, 10)) as pilot:
        shown = await settle(pilot)
        assert "Burning issues   5:00" in shown
        assert "Restore" in shown
        assert "AGENDA" not in shown


async def test_nothing_to_report_stands_only_while_there_is_nothing() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        shown = await press(pilot, "0")
        assert "nothing to report" in shown.split("Nothing is on the table")[0]
        await press(pilot, "n")
        await say(pilot, "The pool is full")
        shown = await press(pilot, "escape")
        assert "nothing to report" not in shown.split("Nothing is on the table")[0]
        shown = await press(pilot, "0")
        assert "There is something to report: a note stands here." in shown


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("slug", ["spof-analysis", "escalation-review", "customer-success", DAILY])
async def test_every_question_of_a_section_is_whole_at_every_size(slug: str, size: tuple[int, int]) -> None:
    desk, meeting = running(Clock(), slug)
    async with app(desk, meeting.id).run_test(size=size) as pilot:
        await settle(pilot)
        for at, section in enumerate(meeting.sections):
            if at:
                await pilot.pause(0.2)
                await press(pilot, "space")
            shown = await settle(pilot)
            top = pilot.app.screen.query_one("#top").region
            words = " ".join(line[top.x : top.right] for line in shown.splitlines()[top.y : top.bottom])
            plain = " ".join("".join(c for c in words if c not in "█━").split())
            for ask in section.ask:
                assert ask in plain
            assert section.title in plain


async def test_the_footer_has_what_is_apt_nothing_to_report_on_an_empty_table_and_an_outage_that_is_on() -> None:
    desk, meeting = running(Clock())
    async with app(desk, meeting.id).run_test(size=(80, 24)) as pilot:
        shown = await settle(pilot)
        assert "0 nothing to report" in shown.splitlines()[-1]
        assert "o outage" not in shown.splitlines()[-1]
    desk.registers.add("incidents", "Login slow sev:1")
    async with app(desk, meeting.id).run_test(size=(80, 24)) as pilot:
        shown = await settle(pilot)
        assert "0 nothing to report" not in shown.splitlines()[-1]
        assert "o outage" in shown.splitlines()[-1]
