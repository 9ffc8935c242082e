"""What holds for every verb: options, exit codes, one sentence for what fails, nothing slow loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from opsdesk.cli.group import VERBS, cli
from opsdesk.cli.wiring import Wiring
from opsdesk.config import read_zone
from tests.cli.conftest import NOW, Run

HERE = Path(__file__).parents[2]


def process(*argv: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "opsdesk", *argv],
        env={**os.environ, "OPSDESK_DESK": str(folder), "OPSDESK_NOW": NOW.isoformat(), "OPSDESK_USER": "sue", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_verb_of_the_table_is_there_and_says_what_it_does() -> None:
    for verb in VERBS:
        told = CliRunner().invoke(cli, [verb, "--help"], obj=Wiring())
        assert told.exit_code == 0, verb
        assert "--desk" in told.stdout, verb


def test_help_lists_every_verb() -> None:
    listed = CliRunner().invoke(cli, ["--help"], obj=Wiring()).stdout
    assert [verb for verb in VERBS if f"\n  {verb} " not in listed] == []


def test_the_version_is_said() -> None:
    assert CliRunner().invoke(cli, ["--version"], obj=Wiring()).stdout == "opsdesk 0.1.0\n"


def test_the_desk_may_be_named_before_or_after_the_verb(folder: Path, tmp_path: Path) -> None:
    after = CliRunner().invoke(cli, ["list", "people", "--desk", str(folder)], obj=Wiring())
    before = CliRunner().invoke(cli, ["--desk", str(folder), "list", "people"], obj=Wiring())
    assert after.stdout == before.stdout != ""
    both = ["--desk", str(tmp_path / "other"), "list", "people", "--desk", str(folder)]
    assert CliRunner().invoke(cli, both, obj=Wiring()).stdout == after.stdout


def test_the_person_may_be_named_before_or_after_the_verb(opsdesk: Run) -> None:
    for argv in (("--as", "tom", "done", "A-1"), ("done", "A-2", "--as", "tom")):
        assert opsdesk(*argv).exit_code == 0
    trail = opsdesk("show", "A-2", "--trail").stdout
    assert "  Tom Reyes  Done A-2" in trail


@pytest.mark.parametrize("argv", [("fly",), ("list",), ("list", "actions", "--loud"), ("drop", "A-1"), ("add",)])
def test_used_wrongly_is_exit_2_on_stderr(opsdesk: Run, argv: tuple[str, ...]) -> None:
    told = opsdesk(*argv)
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Error: " in told.stderr


@pytest.mark.parametrize("argv", [("add", "Call back with the workaround fri"), ("list", "actions"), ("keys",)])
def test_a_verb_loads_nothing_that_is_slow(folder: Path, argv: tuple[str, ...]) -> None:
    script = (
        "import sys\nfrom opsdesk.cli import main\n"
        "try: main()\nexcept SystemExit as ended: assert not ended.code\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'textual', 'rich', 'dateutil', 'platformdirs'}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, "--desk", str(folder), *argv], capture_output=True, text=True, check=False
    )
    assert told.stdout.splitlines()[-1] == "[]", told.stderr


def test_a_desk_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    told = process("list", "actions", folder=tmp_path / "file" / "desk")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("opsdesk: ")
    assert told.stderr.count("\n") == 1


def test_broken_settings_are_one_sentence_with_their_place(folder: Path) -> None:
    (folder / "settings.toml").write_text("due_days = 'x'")
    told = process("list", "actions", folder=folder)
    assert told.returncode == 1
    assert told.stderr.startswith(f'opsdesk: {folder}/settings.toml: due_days: found "x"; allowed: ')


def test_what_nobody_foresaw_is_one_sentence_and_its_details_are_kept(folder: Path) -> None:
    told = process("list", "actions", folder=folder, PYTHONPATH=planted(folder))
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        "opsdesk: Something failed that nobody foresaw (ZeroDivisionError: [31mred). "
        f"The details are in {folder}/errors.log.\n"
    )
    log = folder / "errors.log"
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def planted(folder: Path) -> str:
    """A folder for PYTHONPATH, where a module breaks the listing when Python starts."""
    (folder / "sitecustomize.py").write_text(
        "import opsdesk.cli.fields as fields\n"
        "def broken(word):\n    raise ZeroDivisionError('\\x1b[31mred')\n"
        "fields.shape_named = broken\n"
    )
    return f"{folder}{os.pathsep}{Path(__file__).parents[2]}"


def test_a_reader_that_goes_away_is_no_failure(folder: Path) -> None:
    argv = [sys.executable, "-m", "opsdesk", "--desk", str(folder), "export", "--json"]
    child = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout
    assert child.stderr
    child.stdout.close()
    assert child.stderr.read() == ""
    assert child.wait() == 0
    child.stderr.close()


@pytest.mark.parametrize(
    "argv", [("list", "actions"), ("keys",), ("export", "--json"), ("--help",), ("agenda", "list")]
)
def test_a_reader_that_has_seen_enough_is_no_failure(folder: Path, argv: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    child = subprocess.run(
        [sys.executable, "-m", "opsdesk", "--desk", str(folder), *argv],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (child.returncode, child.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize("argv", [("list", "actions"), ("list", "actions", "--json"), ("export", "--json"), ("keys",)])
def test_output_that_cannot_be_written_is_one_sentence(folder: Path, argv: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "opsdesk", "--desk", str(folder), *argv]
        child = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    said = "opsdesk: The output could not be written: No space left on device. Send it somewhere else.\n"
    assert (child.returncode, child.stderr) == (1, said)


def test_a_closed_output_is_one_sentence(folder: Path) -> None:
    command = f"exec {sys.executable} -m opsdesk --desk {folder} list actions >&-"
    child = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, check=False)
    said = "opsdesk: The standard output is closed, so there is nowhere to write to.\n"
    assert (child.returncode, child.stderr) == (1, said)


def test_an_interruption_while_modules_are_loaded_is_quiet(tmp_path: Path) -> None:
    for name in ("msgspec", "click"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise KeyboardInterrupt")
        told = process("list", "actions", folder=tmp_path / "desk", PYTHONPATH=f"{tmp_path}{os.pathsep}{HERE}")
        assert (told.returncode in (-2, 130), told.stdout, told.stderr) == (True, "", "")
        shutil.rmtree(tmp_path / name)


READING = [
    ("show", "A-1"), ("minutes",), ("minutes", "--list"), ("export", "--json"),
    ("undo",), ("redo",), ("done", "A-1"), ("drop", "A-1", "--why", "x"), ("give", "A-1", "sue"), ("reopen", "A-1"),
    ("cadence", "skip", "daily-operations-sync", "tue", "--why", "x"), ("retire", "sue"),
]  # fmt: skip


@pytest.mark.parametrize("argv", READING, ids=" ".join)
def test_a_verb_that_needs_a_desk_makes_none(tmp_path: Path, argv: tuple[str, ...]) -> None:
    place = tmp_path / "typo"
    told = CliRunner().invoke(cli, ["--desk", str(place), *argv], obj=Wiring())
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == (
        f"opsdesk: There is no desk at {place}. opsdesk --desk {place} add … or opsdesk --desk {place} makes one.\n"
    )
    assert not place.exists()


@pytest.mark.parametrize("argv", [("list", "actions"), ("cadence",), ("add", "--dry-run", "Call back")], ids=" ".join)
def test_what_a_new_desk_shows_can_be_looked_at_without_making_one(tmp_path: Path, argv: tuple[str, ...]) -> None:
    place = tmp_path / "none"
    told = CliRunner().invoke(cli, ["--desk", str(place), *argv], obj=Wiring())
    assert told.exit_code == 0
    assert f"There is no desk at {place} yet: this is what a new one shows." in told.stderr
    assert not place.exists()


def test_meetings_can_be_looked_at_without_a_desk(tmp_path: Path) -> None:
    for argv in (("agenda", "list"), ("agenda", "show", "customer-success")):
        told = CliRunner().invoke(cli, ["--desk", str(tmp_path / "none"), *argv], obj=Wiring())
        assert (told.exit_code, told.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("argv", [("add", "Call back"), ("import", "people", "-"), ("agenda", "on", "priorities")])
def test_a_verb_that_begins_something_makes_a_desk_with_this_machines_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    told = CliRunner().invoke(cli, ["--desk", str(tmp_path / "new"), *argv], obj=Wiring(), input="Ana Ferreira\n")
    assert told.exit_code == 0, told.stderr
    assert read_zone(tmp_path / "new") == "Asia/Tokyo"


@pytest.mark.parametrize("by_option", [True, False])
@pytest.mark.parametrize("argv", [("list", "actions"), ("add", "x")])
def test_a_file_in_the_place_of_a_desk_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_option: bool, argv: tuple[str, ...]
) -> None:
    place = tmp_path / "file"
    place.write_text("mine")
    monkeypatch.setenv("OPSDESK_DESK", str(tmp_path / "other" if by_option else place))
    told = CliRunner().invoke(cli, [*(["--desk", str(place)] if by_option else []), *argv], obj=Wiring())
    said = f"opsdesk: {place} is a file, and a desk is a folder. Name it with --desk or OPSDESK_DESK.\n"
    assert (told.exit_code, told.stderr) == (1, said)
    assert place.read_text() == "mine"


def test_a_name_that_nobody_has_is_warned_of_where_it_would_be_kept(opsdesk: Run) -> None:
    warning = "nobody is not among the people here: opsdesk list people shows who is.\n"
    assert opsdesk("--as", "nobody", "done", "A-1").stderr == warning
    assert opsdesk("--as", "nobody", "add", "Call back fri").stderr == warning
    assert opsdesk("--as", "nobody", "list", "actions").stderr == ""
    assert opsdesk("--as", "tom", "start", "A-2", "--json").stderr != warning


@pytest.mark.parametrize(
    "argv",
    [
        ("minutes", "{}"), ("show", "{}"), ("done", "{}"), ("{}",), ("list", "{}"),
        ("list", "actions", "--owner", "{}"),
        ("minutes", "-o", "{}.docx"), ("--desk", "/no/{}", "show", "A-1"), ("list", "--{}"), ("give", "A-1", "{}"),
        ("minutes", "--format", "{}"), ("agenda", "show", "{}"), ("agenda", "check", "/no/{}"), ("--{}",),
    ],
)  # fmt: skip
def test_what_is_typed_never_reaches_the_terminal_raw(opsdesk: Run, argv: tuple[str, ...]) -> None:
    told = opsdesk(*(word.format("x\x1b]0;y\x07") for word in argv))
    assert told.exit_code in (1, 2)
    assert not {"\x1b", "\x07"} & set(told.output)


def test_an_interrupted_verb_ends_with_130(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("opsdesk.cli.fields.shape_named", interrupted)
    told = opsdesk("list", "actions")
    assert (told.exit_code, told.output) == (130, "")
