"""`opsdesk cadence`: what meets when, and single meetings skipped or moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, Run
from tests.cli.golden import same

DAILY = "daily-operations-sync"


@pytest.fixture
def berlin(opsdesk: Run, folder: Path) -> Run:
    """The small desk in Berlin, closed on Thursday, with the review at 06:00 in Chicago switched on."""
    (folder / "settings.toml").write_text('time_zone = "Europe/Berlin"\nholidays = [2026-11-26]\n')
    opsdesk("agenda", "on", "escalation-review")
    return opsdesk


def test_what_meets_when_in_local_time(berlin: Run) -> None:
    berlin("cadence", "skip", DAILY, "wed", "--why", "all at the offsite")
    berlin("cadence", "move", DAILY, "2026-11-27", "--to", "fri 9:00", "--why", "customer visit")
    told = berlin("cadence")
    assert (told.exit_code, told.stderr) == (0, "")
    same("cadence.txt", told.stdout)


def test_json_holds_utc_and_local_time(berlin: Run) -> None:
    berlin("cadence", "skip", DAILY, "tod", "--why", "offsite")
    found = json.loads(berlin("cadence", "--weeks", "1", "--json").stdout)
    same("cadence.json", json.dumps(found, indent=2, ensure_ascii=False) + "\n")


def test_weeks_reach_further(opsdesk: Run) -> None:
    near, far = (json.loads(opsdesk("cadence", "--weeks", n, "--json").stdout) for n in ("1", "5"))
    assert (len([each for each in near if each["agenda"] == DAILY]), far[: len(near)]) == (5, near)
    assert far[-1]["start"] == "2026-12-25T16:30:00Z"


@pytest.mark.parametrize("weeks", ["0", "-1", "105", "many"])
def test_weeks_are_a_sensible_number(opsdesk: Run, weeks: str) -> None:
    assert opsdesk("cadence", "--weeks", weeks).exit_code == 2


def test_skipping_and_moving_say_what_they_did_and_can_be_undone(opsdesk: Run) -> None:
    before = opsdesk("cadence").stdout
    skipped = opsdesk("cadence", "skip", DAILY, "2026-11-24", "--why", HOSTILE)
    assert skipped.stdout == "Daily Operations Sync on Tue 24 Nov 16:30 is skipped.\n"
    assert "skipped: [EMEA] Ünïcode 日本 [/x]" in opsdesk("cadence").stdout
    moved = opsdesk("cadence", "move", DAILY, "tue", "--to", "2026-11-28 09:00", "--why", "visit")
    assert moved.stdout == "Daily Operations Sync is moved to Sat 28 Nov 09:00.\n"
    opsdesk("undo")
    opsdesk("undo")
    assert opsdesk("cadence").stdout == before


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("skip", DAILY, "2026-11-28", "--why", "x"), "does not meet on 2026-11-28"),
        (("skip", DAILY, "2026-11-20", "--why", "x"), "2026-11-20 is past"),
        (("skip", DAILY, "someday", "--why", "x"), "'someday' is no date"),
        (("skip", DAILY, "tue", "--why", " "), "without a reason"),
        (("skip", "priorities", "mon", "--why", "x"), "switched off"),
        (("skip", "nothing", "mon", "--why", "x"), "There is no agenda 'nothing'"),
        (("move", DAILY, "tue", "--to", "2026-11-28", "--why", "x"), "is no date with a time"),
        (("move", DAILY, "tue", "--to", "2026-11-20 09:00", "--why", "x"), "still ahead"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(opsdesk: Run, argv: tuple[str, ...], message: str) -> None:
    told = opsdesk("cadence", *argv)
    assert (told.exit_code, told.stdout) == (1, "")
    assert message in told.stderr
    assert told.stderr.count("\n") == 1


def test_skipping_a_moved_meeting_says_that_the_move_is_off(opsdesk: Run) -> None:
    opsdesk("cadence", "move", DAILY, "tue", "--to", "2026-11-28 09:00", "--why", "visit")
    told = opsdesk("cadence", "skip", DAILY, "tue", "--why", "offsite")
    assert told.stdout == "Daily Operations Sync on Tue 24 Nov 16:30 is skipped.\n"
    assert told.stderr == (
        "It had been moved to Sat 28 Nov 09:00 (visit); that is off too. opsdesk undo brings the move back.\n"
    )
    assert opsdesk("undo").stdout == "Undone: Skip Daily Operations Sync on Tue 24 Nov\n"
    assert "moved from Tue 24 Nov 16:30: visit" in opsdesk("cadence").stdout


def test_the_list_tells_what_is_skipped_from_what_is_moved(opsdesk: Run) -> None:
    opsdesk("cadence", "move", DAILY, "tue", "--to", "2026-11-28 09:00", "--why", "visit")
    opsdesk("cadence", "skip", DAILY, "wed", "--why", "offsite")
    lines = opsdesk("list", "moved").stdout.splitlines()
    assert [line.split()[2] for line in lines] == ["What", "moved", "skipped"]


def test_what_is_skipped_stays_skipped_when_the_company_has_another_zone(opsdesk: Run, folder: Path) -> None:
    opsdesk("cadence", "skip", DAILY, "tue", "--why", "offsite")
    (folder / "settings.toml").write_text('time_zone = "Asia/Tokyo"\n')
    told = [line for line in opsdesk("cadence").stdout.splitlines() if "offsite" in line]
    assert [line.split()[:4] for line in told] == [["Tue", "24", "Nov", "16:30"]]


def test_a_reason_must_be_given(opsdesk: Run) -> None:
    assert opsdesk("cadence", "skip", DAILY, "tue").exit_code == 2


def test_a_desk_without_meetings_says_how_to_have_some(opsdesk: Run) -> None:
    for slug in (DAILY, "customer-success", "operations-engineering-sync"):
        opsdesk("agenda", "off", slug)
    told = opsdesk("cadence")
    assert (told.exit_code, told.stdout) == (0, "")
    assert "opsdesk agenda list" in told.stderr
    assert opsdesk("cadence", "--json").stdout == "[]\n"


@pytest.mark.parametrize("at", ["02:00", "02:30", "02:59"])
def test_a_time_that_the_clocks_leave_out_is_refused(berlin: Run, at: str) -> None:
    told = berlin("cadence", "move", DAILY, "2027-03-26", "--to", f"2027-03-28 {at}", "--why", "x")
    assert (told.exit_code, told.stdout) == (1, "")
    assert f"On 2027-03-28 the clocks leave {at} out. Give another time, such as 03:{at[3:]}." in told.stderr
    assert berlin("cadence", "move", DAILY, "2027-03-26", "--to", "2027-03-28 03:00", "--why", "x").exit_code == 0
