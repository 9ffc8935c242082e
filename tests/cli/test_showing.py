"""`opsdesk show`: one record and what happened to it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action, Slip
from opsdesk.core.meeting import Attendance, Meeting, Rating, Section, Span, Waiver
from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.record import Record
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, NOW, Run
from tests.cli.golden import same
from tests.minutes.sample import DAILY


@pytest.fixture
def redated(folder: Path) -> None:
    store = SqliteStore(folder)
    with store.work("Redate", by="tom", at=NOW + timedelta(hours=1)) as work:
        action = work.get(Action, "A-1")
        slip = Slip(was=date(2026, 11, 27), at=NOW, why="waited for Tom")
        work.put(replace(action, due=date(2026, 12, 4), slips=(slip,)))
    store.close()


@pytest.mark.parametrize("id", ["A-1", "a-1", "globex", "#globex", "@sue", "S-1", "n-1"])
def test_a_record_is_shown_by_the_titles_of_its_fields(opsdesk: Run, id: str) -> None:
    told = opsdesk("show", id)
    assert told.exit_code == 0
    same(f"show-{id.strip('#@').upper()}.txt", told.stdout)


@pytest.mark.usefixtures("redated")
def test_the_trail_tells_what_happened(opsdesk: Run) -> None:
    same("show-trail.txt", opsdesk("show", "A-1", "--trail").stdout)


def test_the_trail_tells_instants_in_the_companys_time(opsdesk: Run, folder: Path) -> None:
    (folder / "settings.toml").write_text('time_zone = "Asia/Tokyo"\n')
    opsdesk("start", "A-1")
    assert (
        "\n      State: ready → started\n      Started: nothing → 2026-11-24 00:00\n"
        in opsdesk("show", "A-1", "--trail").stdout
    )


def test_json_is_the_whole_record(opsdesk: Run) -> None:
    record = json.loads(opsdesk("show", "a-2", "--json").stdout)
    assert (record["id"], record["title"], record["state"]) == ("A-2", "荷物のラベルを直す", "started")
    assert "trail" not in record


@pytest.mark.usefixtures("redated")
def test_json_with_the_trail_holds_each_change(opsdesk: Run) -> None:
    trail = json.loads(opsdesk("show", "A-1", "--json", "--trail").stdout)["trail"]
    assert [(step["by"], step["command"]) for step in trail] == [("sue", "Fill"), ("tom", "Redate")]
    assert trail[1]["after"]["due"] == "2026-12-04"


def test_the_trail_tells_what_was_undone_and_by_whom(opsdesk: Run) -> None:
    opsdesk("redate", "A-1", "2026-12-04", "--why", "asked")
    opsdesk("undo")
    opsdesk("start", "A-1")
    opsdesk("undo")
    opsdesk("redo")
    lines = opsdesk("show", "A-1", "--trail").stdout.splitlines()
    assert lines[lines.index("Trail") + 1 :] == [
        "  2026-11-23 15:00  Sue Park  Fill",
        "  2026-11-23 15:00  Sue Park  Move A-1  (undone by Sue Park 15:00)",
        "      Due: 2026-11-27 → 2026-12-04",
        "      Slips: nothing → from 2026-11-27 (asked)",
        "  2026-11-23 15:00  Sue Park  Start A-1  (undone by Sue Park 15:00, done again by Sue Park 15:00)",
        "      State: ready → started",
        "      Started: nothing → 2026-11-23 15:00",
    ]
    trail = json.loads(opsdesk("show", "A-1", "--trail", "--json").stdout)["trail"]
    assert [(step["undone"], [turn["what"] for turn in step["turns"]]) for step in trail] == [
        (False, []),
        (True, ["undo"]),
        (False, ["undo", "redo"]),
    ]


def test_the_trail_of_what_is_no_more_is_shown(opsdesk: Run) -> None:
    opsdesk("add", "Call back fri")
    opsdesk("undo")
    refused = opsdesk("show", "a-4")
    assert (refused.exit_code, refused.stderr) == (
        1,
        "opsdesk: A-4 is not there any more. `opsdesk show A-4 --trail` tells what happened to it.\n",
    )
    told = opsdesk("show", "a-4", "--trail")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[:2] == ["A-4  action, not there any more", "Trail"]
    assert told.stdout.endswith("(undone by Sue Park 15:00)\n")
    whole = json.loads(opsdesk("show", "A-4", "--trail", "--json").stdout)
    assert (whole["id"], whole["there"], [step["undone"] for step in whole["trail"]]) == ("A-4", False, [True])


@pytest.mark.parametrize("id", ["A-99", "Z-1", "A-", "nobody", "-", "A-1x", "日本"])
def test_what_is_not_there_is_one_clear_sentence(opsdesk: Run, id: str) -> None:
    told = opsdesk("show", "--", id)
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.startswith("opsdesk: ")
    assert id in told.stderr


def added(folder: Path, *records: Record) -> None:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        for record in records:
            work.add(record)
    store.close()


def at(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_a_meeting_is_shown_with_its_sections_and_who_was_there(opsdesk: Run, folder: Path) -> None:
    meeting = Meeting(
        agenda="customer-status-call", title="Customer Status Call", number=3, customer="nippon", state="closed",
        scheduled=at(0), started=at(2), closing=at(12), ended=at(13), last=at(13), timebox=30, hard_cap=True,
        chair="sue", minute_taker="tom", overrun="the line was bad",
        sections=(
            Section(title="Open promises", minutes=10, seconds=600, outcome="nothing to report"),
            Section(title="Progress 日本", minutes=10, seconds=600),
            Section(title="New requests", minutes=7, seconds=420, parked=True),
        ),
        spans=(Span(section=0, entered=at(2), left=at(6)), Span(section=1, entered=at(6), left=at(12))),
        attendance=(
            Attendance(who="sue", presence="present", came=at(2), left=at(9)),
            Attendance(who="tom", presence="present", came=at(5)),
            Attendance(who="ana", presence="apologies"),
        ),
        ratings=(Rating(who="tom", score=8),),
        waivers=(Waiver(owed="x", what="A-2 needs a date", why="not before next week", by="sue"),),
    )  # fmt: skip
    running = replace(
        meeting, number=4, customer="", state="running", ended=None, closing=None, spans=meeting.spans[:1]
    )
    added(folder, meeting, replace(running, scheduled=at(-30), started=at(-30), last=at(6)))
    same("show-M-1.txt", opsdesk("show", "M-1").stdout)
    assert "Held        Mon 23 Nov 14:30–now (30 min)" in opsdesk("show", "M-2").stdout


def test_minutes_are_headed_so_and_say_how_they_are_printed(opsdesk: Run, folder: Path) -> None:
    added(folder, MinutesRecord(meeting="M-1", agenda="daily", frozen=NOW, minutes=DAILY))
    told = opsdesk("show", "V-1")
    assert told.stdout.startswith("V-1  minutes\n")
    assert told.stderr == "opsdesk minutes V-1 prints them.\n"


def test_hostile_text_is_shown_without_its_controls(opsdesk: Run, folder: Path) -> None:
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        made = work.add(Action(title=HOSTILE))
    store.close()
    told = opsdesk("show", made.id, "--trail").stdout
    assert "[EMEA] Ünïcode 日本 [/x]" in told
    assert not {"\x1b", "\u202e"} & set(told)
