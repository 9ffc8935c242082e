"""What holds for every verb: options, exit codes, one sentence for what fails, nothing slow loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from opsdesk.cli.group import VERBS, cli
from opsdesk.cli.wiring import Wiring
from tests.cli.conftest import NOW, Run


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
    assert "  tom  Done A-2" in trail


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
    assert told.stderr.startswith(f"opsdesk: {folder}/settings.toml: due_days: Expected `int`, got `str`.")


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
    child.wait()
    child.stderr.close()


def test_an_interrupted_verb_ends_with_130(opsdesk: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("opsdesk.cli.fields.shape_named", interrupted)
    told = opsdesk("list", "actions")
    assert (told.exit_code, told.output) == (130, "")
