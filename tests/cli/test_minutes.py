"""`opsdesk minutes`: on standard output, into a file, never over one by accident."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opsdesk.core.errors import Unavailable
from opsdesk.core.minutes import MinutesRecord
from opsdesk.desk.minutes import MinutesBook
from opsdesk.minutes import FORMATS
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import NOW, Run
from tests.minutes.sample import ADJOURNED, DAILY, DRAFT

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def kept(folder: Path) -> Path:
    """The small desk with three minutes; the full daily is the second by its time."""
    store = SqliteStore(folder)
    with store.work("Fill", by="sue", at=NOW) as work:
        for agenda, minutes in (("review", ADJOURNED), ("daily", DAILY), ("daily", DRAFT)):
            earlier = minutes is DRAFT
            scheduled = datetime(2026, 11, 20, 15, tzinfo=UTC) if earlier else minutes.scheduled
            record = MinutesRecord(
                meeting="M-57" if earlier else minutes.meeting,
                agenda=agenda,
                customer="globex" if earlier else "",
                frozen=NOW,
                minutes=_at(minutes, scheduled),
            )
            work.add(record)
    store.close()
    return folder


def _at(minutes, scheduled: datetime):
    from msgspec.structs import replace

    return replace(minutes, scheduled=scheduled)


@pytest.mark.parametrize(("what", "name"), [((), "adjourned"), (("daily",), "daily"), (("M-58",), "daily"),
                                            (("last",), "adjourned"), (("V-2",), "daily")])  # fmt: skip
def test_text_goes_to_standard_output_byte_for_byte(opsdesk: Run, kept: Path, what: tuple[str, ...], name: str) -> None:
    result = opsdesk("minutes", *what)

    assert result.exit_code == 0
    assert result.stdout_bytes == (GOLDEN / f"minutes-{name}.txt").read_bytes()
    assert result.stderr == ""


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_its_name(opsdesk: Run, kept: Path, form: str) -> None:
    assert opsdesk("minutes", "M-58", "--format", form).stdout_bytes == FORMATS[form].render(DAILY).encode()


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_a_file_gets_the_format_its_name_ends_in(opsdesk: Run, kept: Path, tmp_path: Path, form) -> None:
    file = tmp_path / f"daily{form.suffix.upper()}"
    result = opsdesk("minutes", "daily", "-o", str(file))

    assert (result.exit_code, result.stdout) == (0, "")
    assert str(file) in result.stderr
    assert file.read_bytes() == form.render(DAILY).encode()


def test_a_customer_finds_the_last_of_theirs(opsdesk: Run, kept: Path) -> None:
    assert "DRAFT: 3 points owed by Sue Park" in opsdesk("minutes", "globex").stdout


def test_a_file_that_is_there_stays_unless_forced(opsdesk: Run, kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "kept.md"
    file.write_text("mine")
    refused = opsdesk("minutes", "-o", str(file))

    assert refused.exit_code == 1
    assert "is there already. Add --force" in refused.stderr
    assert file.read_text() == "mine"
    assert opsdesk("minutes", "daily", "-o", str(file), "--force").exit_code == 0
    assert file.read_bytes() == (GOLDEN / "minutes-daily.md").read_bytes()
    assert sorted(each.name for each in tmp_path.glob("*kept*")) == ["kept.md"]


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("nobody",), 'There is no agenda, customer, meeting or minutes "nobody".'),
        (("M-99",), "There is no M-99."),
        (("-o", "minutes.docx"), ".docx is no ending of a minutes format."),
        (("-o", "."), ". is not a file."),
        (("-o", "/nowhere/at/all.txt"), "cannot be written: No such file or directory."),
    ],
)
def test_what_fails_is_one_sentence_and_exit_1(opsdesk: Run, kept: Path, argv: tuple[str, ...], said: str) -> None:
    result = opsdesk("minutes", *argv)

    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_a_desk_without_minutes_says_where_they_come_from(opsdesk: Run) -> None:
    result = opsdesk("minutes")

    assert result.exit_code == 1
    assert "has no minutes yet. Minutes are made when a meeting is closed." in result.stderr
    assert opsdesk("minutes", "--list").exit_code == 0


def test_the_list_is_by_time(opsdesk: Run, kept: Path) -> None:
    assert opsdesk("minutes", "--list").stdout.splitlines() == [
        "V-3     M-57    Fri 2026-11-20  Daily Operations Sync, No. 41  draft",
        "V-2     M-58    Mon 2026-11-23  Daily Operations Sync, No. 41",
        "V-1     M-60    Tue 2026-11-24  Escalation Review, No. 9  adjourned",
    ]


def test_the_list_is_there_for_scripts_too(opsdesk: Run, kept: Path) -> None:
    listed = json.loads(opsdesk("minutes", "--list", "--json").stdout)
    assert [each["id"] for each in listed] == ["V-3", "V-2", "V-1"]
    assert listed[0] == {
        "id": "V-3",
        "meeting": "M-57",
        "agenda": "daily",
        "customer": "globex",
        "scheduled": "2026-11-20T15:00:00Z",
        "title": "Daily Operations Sync, No. 41",
        "state": "draft",
    }
    assert opsdesk("minutes", "M-58", "--json").stdout == opsdesk("minutes", "M-58", "--format", "json").stdout
    assert opsdesk("minutes", "--json", "--format", "md").exit_code == 2


def test_an_unknown_format_is_used_wrongly(opsdesk: Run, kept: Path) -> None:
    assert opsdesk("minutes", "--format", "pdf").exit_code == 2


def test_the_id_of_something_else_is_told_from_a_meeting_without_minutes(opsdesk: Run) -> None:
    for what, told in {
        "M-9999": "There is no M-9999",
        "d-1": "D-1 is a decision: minutes are of meetings.",
        "A-99": "There is no A-99",
    }.items():
        said = opsdesk("minutes", what)
        assert said.exit_code == 1
        assert told in said.stderr


def _copies(opsdesk: Run) -> list[str]:
    return [f"{tx['command']}|{tx['left']}" for tx in json.loads(opsdesk("export", "--json").stdout)["journal"][2:]]


def test_what_has_left_the_desk_is_kept(kept: Path, opsdesk: Run, tmp_path: Path) -> None:
    opsdesk("minutes", "daily")
    opsdesk("minutes", "daily", "-o", str(tmp_path / "daily.md"))
    opsdesk("minutes", "daily", "--format", "json")
    path = tmp_path / "daily.md"
    assert _copies(opsdesk) == [
        "Minutes of M-58 printed|printed",
        f"Minutes of M-58 saved to {path}|saved to {path}",
    ]
    refused = opsdesk("undo")
    assert "printed" not in refused.stdout


def test_a_desk_that_cannot_be_written_prints_all_the_same(
    kept: Path, opsdesk: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("The disk is full.", "Make room.")

    monkeypatch.setattr(MinutesBook, "left", full)
    result = opsdesk("minutes", "M-58")
    assert (result.exit_code, result.stdout) == (0, FORMATS["txt"].render(DAILY))
    assert result.stderr == "That V-2 has left the desk could not be kept: The disk is full.\n"


def test_undo_says_that_the_minutes_have_left(kept: Path, opsdesk: Run) -> None:
    opsdesk("minutes", "daily")
    undone = opsdesk("undo")
    assert "These minutes were printed " in undone.stderr
    assert "These minutes were printed " in opsdesk("redo").stderr
