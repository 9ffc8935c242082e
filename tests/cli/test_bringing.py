"""`opsdesk import` of what `opsdesk export` wrote."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opsdesk.cli.group import cli
from opsdesk.cli.wiring import Wiring
from opsdesk.core.kinds import KINDS
from tests.cli.conftest import Run

At = Callable[..., Result]


@pytest.fixture
def at(folder: Path) -> At:
    """One verb on any desk."""

    def run(desk: Path, *argv: str) -> Result:
        return CliRunner().invoke(cli, ["--desk", str(desk), *argv], obj=Wiring())

    return run


@pytest.fixture
def sheet(opsdesk: Run, tmp_path: Path) -> Path:
    """The actions, exported."""
    file = tmp_path / "actions.csv"
    assert opsdesk("export", "--csv", "actions", "-o", str(file)).exit_code == 0
    return file


def edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text("utf-8-sig")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8-sig", newline="")


def actions(opsdesk: Run) -> dict[str, dict[str, object]]:
    return {each["id"]: each for each in json.loads(opsdesk("export", "--json").stdout)["records"]["actions"]}


def commands(opsdesk: Run) -> list[str]:
    return [each["command"] for each in json.loads(opsdesk("export", "--json").stdout)["journal"]]


# Sheets


def test_what_was_not_touched_is_left_alone(opsdesk: Run, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    told = opsdesk("export", "--csv", "all", "-o", str(folder))
    assert (told.exit_code, told.stderr) == (0, f"10 records are in {folder}, a sheet for each kind.\n")
    assert sorted(each.name for each in folder.iterdir()) == sorted(f"{shape.kind}.csv" for shape in KINDS)
    back = opsdesk("import", str(folder))
    assert back.exit_code == 0
    assert "actions: 3 left alone" in back.stdout.splitlines()
    assert "series: no rows" in back.stdout.splitlines()
    assert commands(opsdesk) == ["Fill"]


def test_changed_and_new_rows_are_taken_in_with_one_undo(opsdesk: Run, sheet: Path) -> None:
    before = actions(opsdesk)
    edit(sheet, ("2026-11-20", "2026-11-30"))
    width = sheet.read_text("utf-8-sig").partition("\r\n")[0].count(",")
    with sheet.open("a") as file:
        file.write(',,"\'=1+1, ""new""",tom' + "," * (width - 3) + "\r\n")
    looked = opsdesk("import", str(sheet), "--dry-run")
    counts, changed, added = looked.stdout.splitlines()
    assert counts == "actions: 1 added, 1 changed, 2 left alone"
    assert changed == "  line 3  A-2  due: 2026-11-20 → 2026-11-30, slips: nothing → 1 of them"
    assert added.startswith('  line 5  new  title: =1+1, "new", owner: tom, created: 2026-11-23T15:00:')
    assert commands(opsdesk) == ["Fill"]
    told = opsdesk("import", "actions", str(sheet))
    assert (told.exit_code, told.stdout) == (0, "actions: 1 added, 1 changed, 2 left alone\n")
    assert told.stderr == "opsdesk undo takes all of it back.\n"
    now = actions(opsdesk)
    assert (now["A-2"]["due"], now["A-4"]["title"], now["A-4"]["owner"]) == ("2026-11-30", '=1+1, "new"', "tom")
    opsdesk("undo")
    assert {id: {**each, "rev": 0} for id, each in actions(opsdesk).items()} == {
        id: {**each, "rev": 0} for id, each in before.items()
    }


def test_what_others_did_since_is_merged_and_what_both_did_is_refused(opsdesk: Run, sheet: Path) -> None:
    edit(sheet, ("2026-11-20", "2026-11-30"), ("Renew the monitoring", "Cancel the monitoring"))
    opsdesk("give", "A-2", "sue")
    assert opsdesk("import", str(sheet), "--dry-run").exit_code == 0
    opsdesk("--as", "tom", "redate", "A-2", "2026-12-04", "--why", "later")
    refused = opsdesk("import", str(sheet))
    assert (refused.exit_code, refused.stdout) == (1, "")
    first, last = refused.stderr.splitlines()
    assert first.startswith("actions line 3: A-2: Tom Reyes set Due to 2026-12-04 on 2026-11-23 at 1")
    assert first.endswith("you 2026-11-30.")
    assert last == (
        "opsdesk: Nothing was taken in. Mend these rows or take them out, and import again."
        " --yes leaves them out. --theirs leaves what others have set since, --mine puts the sheet's over it."
    )
    assert actions(opsdesk)["A-3"]["title"] == "Renew the monitoring contract"
    assert opsdesk("import", str(sheet), "--theirs").stdout == "actions: 1 changed, 2 left alone\n"
    assert actions(opsdesk)["A-2"]["due"] == "2026-12-04"
    assert opsdesk("import", str(sheet), "--mine").exit_code == 0
    now = actions(opsdesk)
    assert (now["A-2"]["due"], now["A-2"]["owner"], now["A-3"]["title"]) == (
        "2026-11-30", "sue", "Cancel the monitoring contract",
    )  # fmt: skip


def test_rows_that_are_missing_stay_and_columns_that_are_missing_too(opsdesk: Run) -> None:
    told = opsdesk("import", "actions", "-", input="id;rev;title\nA-2;1;'-5%\n")
    assert told.stdout == "actions: 1 changed\n"
    now = actions(opsdesk)
    assert sorted(now) == ["A-1", "A-2", "A-3"]
    assert (now["A-2"]["title"], now["A-2"]["owner"]) == ("-5%", "tom")


@pytest.mark.parametrize(
    ("kind", "table", "why"),
    [
        ("actions", "id,rev,title\nA-9,1,x\n", "There is no A-9 here. To add the row as a new one, empty its id"),
        ("actions", "id,rev,title\nA-1,,x\n", "Its rev is missing"),
        ("actions", "id,rev,title\nA-1,7,x\n", "A-1 never was at rev 7 here."),
        ("actions", "id,rev,title\nA-1,1,x\nA-1,1,y\n", "actions line 3: It is there twice."),
        ("actions", "id,rev,title\nP-1,1,x\n", "P-1 is no id of actions."),
        ("actions", "id,rev,title\nA-1,1,\n", "title is missing."),
        ("actions", "id,rev,title\n,,\n,,\n,1,\n", "title is missing."),
        ("actions", "id,rev,owner\nA-1,1,eve\n", 'owner: there is no person "eve" here.'),
        ("actions", "id,rev,state\nA-1,1,gone\n", 'state: "gone" is not one of ready, '),
        ("actions", "id,rev,due\nA-1,1,11/27/2026\n", '"11/27/2026" is not a date such as 2026-11-27 or 27/11/2026'),
        ("actions", "id,rev,due\nA-1,1,45988\n", '"45988" is the number that a spreadsheet counts a day by'),
        ("actions", 'id,rev,slips\nA-1,1,"[{""was"":""2026-11-01"",""at"":""2026-11-01T00:00:00""}]"\n', "no offset"),
        ("people", "id,rev,handle,name\nP-1,1,eve,Eve\n", "handle: a handle never changes"),
        ("people", "id,rev,handle,name\n,,sue,Sue\n", 'The handle "sue" is taken.'),
        ("people", "id,rev,handle,name\n,,eve,Eve\n,,eve,Eve\n", 'people line 3: The handle "eve" is taken.'),
        ("people", "id,rev,name,limit\nP-1,1,Sue,1000\n", "limit: \"1000\" is not a whole number from 1 to 100."),
        ("scores", "id,rev,customer,measure,level,at,since\n,,globex,Support,red,2026-11-23T15:00Z,2026-11-23T15:00Z\n",
         "A new row cannot be taken in: a flag is set on the screen or with opsdesk score."),
        ("notes", "id,rev,text,meeting,at\n,,x,M-1,2026-11-23T15:00Z\n", "notes are taken in a meeting."),
        ("actions", "id,rev,state\nA-2,1,done\n", "state: use opsdesk start, wait, done, drop or reopen A-2."),
        ("actions", "id,rev,finished\nA-2,1,2026-11-23T15:00Z\n", "finished: the desk itself keeps it."),
        ("actions", "id,rev,created_by\nA-2,1,tom\n", "created_by: the desk itself keeps it."),
        ("actions", 'id,rev,slips\nA-1,1,"[{""was"":""2026-11-01"",""at"":""2026-11-01T00:00:00Z""}]"\n',
         "actions line 2: slips: dates that were moved stay on record."),
        ("actions", "id,rev,promise\nA-1,1,no\n", "promise: use opsdesk add, with ! in its line."),
        ("actions", "id,rev,why\nA-3,1,\n", "why: a reason goes with what it is the reason of: use opsdesk drop,"),
        ("actions", "id,rev,owner\nA-2,1,\n", "owner: A-2 is handed on, not left to nobody: name whoever has it now."),
        ("actions", "id,rev,owner\nA-3,1,tom\n", "A-3 is dropped already."),
        ("actions", "id,rev,customer\nA-1,1,nippon\n", "A-1 was promised to globex, and that stays."),
        ("actions", "id,rev,due\nA-1,1,30.11.2026\n", "due: A-1 is a promise, whose date is not moved without a reason:"
         " write it into its cell why, or use opsdesk redate A-1 2026-11-30 --why TEXT."),
        ("actions", "id,rev,due\nA-1,1,\n", "A-1 is a promise, and a promise has a date."),
        ("actions", "id,rev,due\nA-2,1,2026-11-21\n", "2026-11-21 is past."),
        ("actions", "id,rev,due\nA-3,1,2026-12-01\n", "A-3 is dropped already."),
        ("actions", 'id,rev,blocked_by\nA-2,1,"[""A-9""]"\n', 'blocked_by: there is no action "A-9" here.'),
        ("actions", 'id,rev,blocked_by\nA-2,1,"[""P-1""]"\n', 'blocked_by: there is no action "P-1" here.'),
        ("actions", 'id,rev,blocked_by\nA-2,1,"[""A-2""]"\n', "blocked_by: A-2 cannot wait for itself."),
        ("actions", "id,rev,title,state,created_by\n,,x,done,tom\n",
         "A new row says nothing of state, created_by: empty these cells."),
        ("actions", "id,rev,title,promise\n,,x,yes\n", "A promise needs a date."),
        ("people", "id,rev,active\nP-1,1,no\n", "active: use opsdesk retire, or retire --back."),
        ("scores", "id,rev,level\nS-1,1,green\n", "level: what was said stays on record"),
        ("scores", "id,rev,comment\nS-1,1,\n", "Red needs one line that says why."),
        ("notes", "id,rev,text\nN-1,1,y\n", "N-1 belongs to M-1, which is not here."),
        ("notes", "id,rev,by\nN-1,1,tom\n", "by: where and when it was said stays on record."),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_by_its_line(opsdesk: Run, kind: str, table: str, why: str) -> None:
    refused = opsdesk("import", kind, "-", input=table)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert why in refused.stderr
    assert "Nothing was taken in. Mend these rows or take them out, and import again." in refused.stderr
    assert commands(opsdesk) == ["Fill"]


def test_what_others_did_in_a_field_that_the_sheet_did_not_touch_stays_also_with_mine(
    opsdesk: Run, sheet: Path
) -> None:
    edit(sheet, ("2026-11-20", "2026-11-30"))
    opsdesk("--as", "tom", "redate", "A-2", "2026-12-04", "--why", "parts are late")
    opsdesk("--as", "tom", "redate", "A-2", "2026-12-11", "--why", "and later")
    assert opsdesk("import", str(sheet), "--mine").exit_code == 0
    now = actions(opsdesk)["A-2"]
    assert now["due"] == "2026-11-30"
    assert [(each["was"], each["why"]) for each in now["slips"]] == [
        ("2026-11-20", "parts are late"), ("2026-12-04", "and later"), ("2026-12-11", ""),
    ]  # fmt: skip
    assert opsdesk("import", str(sheet)).stdout == "actions: 3 left alone\n"


def test_a_promise_is_moved_with_the_reason_that_stands_in_its_row(opsdesk: Run) -> None:
    told = opsdesk("import", "actions", "-", input="id,rev,due,why\nA-1,1,2026-11-30,parts are late\n")
    assert told.stdout == "actions: 1 changed\n"
    now = actions(opsdesk)["A-1"]
    assert (now["due"], now["why"]) == ("2026-11-30", "")
    assert [(each["was"], each["why"]) for each in now["slips"]] == [("2026-11-27", "parts are late")]
    again = opsdesk("import", "actions", "-", input="id,rev,due,why\nA-1,1,2026-11-30,parts are late\n")
    assert again.stdout == "actions: 1 left alone\n"
    table = "id,rev,due,why\nA-1,1,2026-12-01,sooner\n"
    assert "Sue Park set Due to 2026-11-30" in opsdesk("import", "actions", "-", input=table).stderr
    assert opsdesk("import", "actions", "-", "--theirs", input=table).stdout == "actions: 1 left alone\n"
    assert opsdesk("import", "actions", "-", "--mine", input=table).stdout == "actions: 1 changed\n"
    assert [each["why"] for each in actions(opsdesk)["A-1"]["slips"]] == ["parts are late", "sooner"]


def test_a_promise_in_a_new_row_keeps_what_the_customer_was_told(opsdesk: Run) -> None:
    table = "id,rev,title,owner,due,customer,promise\n,,Send the plan,tom,1.12.2026,globex,WAHR\n"
    assert opsdesk("import", "actions", "-", input=table).stdout == "actions: 1 added\n"
    made = actions(opsdesk)["A-4"]
    assert made["told"] == {
        "words": "Send the plan", "by": "tom", "to": "Globex", "on": made["created"], "typed_by": "sue",
        "meeting": "", "due": "2026-12-01",
    }  # fmt: skip


def test_a_command_counts_in_words(opsdesk: Run) -> None:
    opsdesk("import", "actions", "-", input="id,rev,title\nA-2,1,x\n,,y\n")
    opsdesk("import", "people", "-", input="id,rev,handle,name\n,,eve,Eve\n")
    assert commands(opsdesk)[1:] == ["Take in 2 actions", "Take in 1 person"]


def test_a_record_that_was_removed_says_by_whom(opsdesk: Run, sheet: Path) -> None:
    opsdesk("add", "Something new")
    sheet.unlink()
    opsdesk("export", "--csv", "actions", "-o", str(sheet))
    opsdesk("undo")
    assert "line 5: A-4 was removed by Sue Park on 2026-11-23 at 1" in opsdesk("import", str(sheet)).stderr


def test_people_of_the_same_folder_may_be_named(opsdesk: Run, tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "actions.csv").write_text("id,rev,title,owner\n,,Call,eve\n")
    (tmp_path / "two" / "people.csv").write_text("id,rev,handle,name\n,,eve,Eve Adams\n")
    told = opsdesk("import", str(tmp_path / "two"))
    assert told.stdout == "people: 1 added\nactions: 1 added\n"
    assert len(commands(opsdesk)) == 2


def test_the_preview_shows_twenty_lines_and_json_shows_all(opsdesk: Run) -> None:
    table = "id,rev,title\n" + "".join(f",,[x] \u202e日本 \x1b[31m{n}\n" for n in range(30))
    told = opsdesk("import", "actions", "-", "--dry-run", input=table.encode())
    assert told.stdout.count("line ") == 20
    assert told.stdout.endswith("… and 10 more\n")
    assert "\x1b" not in told.stdout
    whole = json.loads(opsdesk("import", "actions", "-", "--dry-run", "--json", input=table.encode()).stdout)
    assert whole["counts"] == {"actions": {"added": 30}}
    assert whole["lines"][0]["fields"][0] == ["title", None, "[x] 日本 [31m0"]
    assert commands(opsdesk) == ["Fill"]


def test_only_so_many_refusals_are_told(opsdesk: Run) -> None:
    refused = opsdesk("import", "actions", "-", input="id,rev,title\n" + "A-9,1,x\n" * 30)
    assert len(refused.stderr.splitlines()) == 22
    assert "… and 10 more" in refused.stderr


def test_a_new_desk_is_made_of_new_rows_only_where_they_are_taken(at: At, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,rev,handle,name\n,,eve,Eve Adams\n,,eve,Again\n")
    assert at(tmp_path / "new", "import", str(tmp_path / "people.csv")).exit_code == 1
    assert not (tmp_path / "new").exists()
    (tmp_path / "people.csv").write_text("id,rev,handle,name\n,,eve,Eve Adams\n")
    assert at(tmp_path / "new", "import", str(tmp_path / "people.csv")).stdout == "people: 1 added\n"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("import",), 2, "Missing argument"),
        (("import", "pets", "x.csv"), 2, "'pets' is no kind"),
        (("import", "a", "b", "c"), 2, "Name one KIND and one FILE."),
        (("import", "nowhere.csv"), 2, "nowhere.csv"),
        (("import", "notes", "{}/plain.csv"), 1, "has no columns id and rev. Take a sheet that"),
        (("import", "{}/plain.csv"), 1, "is nothing that export wrote. For a table of your own"),
        (("import", "{}/empty"), 1, "holds no sheets. They are named by their kinds: actions.csv"),
        (("import", "{}/ids.csv"), 1, "There is no A-77 here"),
        (("import", "{}/headings.csv"), 1, "does not say of what kind its rows are"),
        (("export",), 2, "Say --json for everything, or --csv KIND"),
        (("export", "--json", "--csv", "actions"), 2, "Say --json for everything, or --csv KIND"),
        (("export", "--csv", "pets"), 2, "There is no kind of record called 'pets'."),
        (("export", "--csv", "all"), 2, "Name a folder for the sheets with -o."),
        (("export", "--csv", "all", "-o", "{}"), 1, "is there and not empty. Name a folder that is new or empty."),
        (("export", "--csv", "all", "-o", "{}/no/where"), 1, "cannot be written: No such file or directory."),
    ],
)
def test_what_is_used_wrongly_is_one_sentence(
    opsdesk: Run, tmp_path: Path, argv: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "plain.csv").write_text("text\nhello\n")
    (tmp_path / "ids.csv").write_text("id,rev,title\nA-77,1,x\n")
    (tmp_path / "headings.csv").write_text("id,rev,title\n,,x\n")
    (tmp_path / "empty").mkdir()
    result = opsdesk(*(each.replace("{}", str(tmp_path)) for each in argv))
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert not list(tmp_path.glob(".*"))


def test_a_sheet_that_a_german_excel_opens_and_saves_comes_back(opsdesk: Run, tmp_path: Path) -> None:
    file = tmp_path / "actions.csv"
    told = opsdesk("export", "--csv", "actions", "--separator", ";", "-o", str(file))
    assert (told.exit_code, told.stderr) == (0, f"3 actions are in {file}.\n")
    saved = file.read_text("utf-8-sig").replace("2026-11-20", "20.11.2026").replace("true", "WAHR")
    file.write_text(saved.replace("false", "FALSCH"), "cp1252", errors="replace")
    told = opsdesk("import", "actions", "-", input=file.read_text("cp1252").replace("?" * 9, "荷物のラベルを直す"))
    assert (told.stdout, told.stderr) == ("actions: 3 left alone\n", "")


def test_a_date_that_could_be_another_says_how_it_is_read(opsdesk: Run) -> None:
    table = "id,rev,due\nA-2,1,03/12/2026\n"
    looked = opsdesk("import", "actions", "-", "--dry-run", input=table)
    changed = "  line 2  A-2  due: 2026-11-20 → 2026-12-03, slips: nothing → 1 of them\n"
    assert looked.stdout == f"actions: 1 changed\n{changed}"
    assert looked.stderr == "Dates are read day first, as the settings say: due 03/12/2026 is read as 2026-12-03.\n"


def test_every_kind_can_be_parted_by_tabs(opsdesk: Run, tmp_path: Path) -> None:
    assert opsdesk("export", "--csv", "all", "--separator", "tab", "-o", str(tmp_path / "all")).exit_code == 0
    assert (tmp_path / "all" / "people.csv").read_text("utf-8-sig").startswith("id\trev\thandle\tname\t")
    assert "people: 2 left alone" in opsdesk("import", str(tmp_path / "all")).stdout.splitlines()
    assert opsdesk("export", "--json", "--separator", ";").exit_code == 2


def test_a_sheet_on_standard_output_is_for_scripts(opsdesk: Run, sheet: Path) -> None:
    out = opsdesk("export", "--csv", "action")
    assert out.stdout_bytes == sheet.read_bytes().removeprefix(b"\xef\xbb\xbf")
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert opsdesk("import", "-", input=out.stdout_bytes).stdout == "actions: 3 left alone\n"


# A whole desk


@pytest.fixture
def lived(opsdesk: Run, folder: Path) -> bytes:
    """The export of a desk with settings, an agenda, a removed record, an undo and minutes that left."""
    (folder / "settings.toml").write_text('company = "Nørthwind"\nholidays = [2026-12-25]\n')
    (folder / "zone").write_text("Asia/Tokyo\n")
    opsdesk("agenda", "new", "own")
    (folder / "agendas" / "broken one.toml").write_text("title = \n")
    for argv in (("add", "One more @sue"), ("done", "A-1"), ("undo",), ("redo",), ("undo",), ("add", "x"), ("undo",)):
        assert opsdesk(*argv).exit_code == 0
    return opsdesk("export", "--json").stdout_bytes


def test_export_import_export_is_the_same_byte_for_byte(lived: bytes, at: At, tmp_path: Path) -> None:
    (tmp_path / "desk.json").write_bytes(lived)
    told = at(tmp_path / "new", "import", str(tmp_path / "desk.json"))
    assert (told.exit_code, told.stderr) == (0, "")
    assert "people: 2 brought back" in told.stdout.splitlines()
    assert "journal: 8 brought back" in told.stdout.splitlines()
    assert at(tmp_path / "new", "export", "--json").stdout_bytes == lived
    assert at(tmp_path / "new", "add", "Next").stdout.startswith("A-6")
    assert at(tmp_path / "new", "undo").exit_code == 0


def test_a_desk_that_never_kept_its_zone_comes_back_without_one(opsdesk: Run, at: At, tmp_path: Path) -> None:
    assert opsdesk("export", "--json", "-o", str(tmp_path / "desk.json")).exit_code == 0
    assert at(tmp_path / "new", "import", str(tmp_path / "desk.json")).exit_code == 0
    assert at(tmp_path / "new", "export", "--json").stdout_bytes == (tmp_path / "desk.json").read_bytes()


def test_a_dry_run_makes_no_desk(lived: bytes, at: At, tmp_path: Path) -> None:
    (tmp_path / "desk.json").write_bytes(lived)
    told = at(tmp_path / "new", "import", str(tmp_path / "desk.json"), "--dry-run")
    assert (told.exit_code, "actions: 4 would be brought back" in told.stdout) == (0, True)
    counts = json.loads(at(tmp_path / "new", "import", str(tmp_path / "desk.json"), "--dry-run", "--json").stdout)
    assert counts["counts"]["actions"] == 4
    assert not (tmp_path / "new").exists()


def test_a_desk_with_records_settings_or_agendas_is_left_alone(
    lived: bytes, opsdesk: Run, at: At, tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "desk.json").write_bytes(lived)
    before = {path: path.read_bytes() for path in folder.rglob("*.toml")}
    refused = opsdesk("import", str(tmp_path / "desk.json"))
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "has records already; a whole desk needs an empty one. Name another folder: opsdesk --desk" in refused.stderr
    assert opsdesk("export", "--json").stdout_bytes == lived
    assert {path: path.read_bytes() for path in folder.rglob("*.toml")} == before
    for name, text, said in (
        ("settings.toml", 'company = "Mine"\n', "settings of its own"),
        ("agendas/own.toml", "title = 'Mine'\n", "agendas of its own"),
    ):
        file = tmp_path / said.split()[0] / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
        desk = tmp_path / said.split()[0]
        assert said in at(desk, "import", str(tmp_path / "desk.json")).stderr
        assert file.read_text() == text
        assert not (desk / "desk.db").exists()


def _spoilt(lived: bytes, name: str) -> bytes:
    match name:
        case "cut":
            return lived[: lived.index(b'"A-2"')]
        case "sign":
            return lived.replace(b'"id":"A-2"', b'"id":A-2"', 1)
        case "newer":
            return lived.replace(b'"opsdesk": 1', b'"opsdesk": 2, "records": 5', 1)
        case "foreign":
            return b'{"a": 1}'
        case "title":
            return lived.replace(b"Call back with", b"Call off with", 1)
        case "entry":
            return b"\n".join(line for line in lived.split(b"\n") if not line.startswith(b'{"seq":2'))
        case "kind":
            return lived.replace(b'"actions": [', b'"invoices": [', 1)
        case "slug":
            return lived.replace(b'"own":', b'"../own":', 1)
        case "field":
            return lived.replace(b'"state":"ready"', b'"state":"lost"', 1)
        case "shape":
            return lived.replace(b'"agendas": {', b'"agendas": 1, "x": {', 1)
        case "settings":
            return lived.replace(b'"due_days":7', b'"due_days":-7', 1)
        case _:
            return lived.replace("Nørthwind".encode(), b"N\xff", 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cut", "This file is damaged at line 11, column 7."),
        ("sign", "This file is damaged at line 11, column 7."),
        ("newer", "This export was written by a newer OpsDesk (format 2). Update OpsDesk first."),
        ("foreign", "This is no export of OpsDesk. Take a file that `opsdesk "),
        ("title", "A-1 is not what the journal makes of it. Export the desk again."),
        ("entry", "Entry 2 of the journal is missing."),
        ("kind", 'a kind that is not known here: "invoices"'),
        ("slug", '"../own" cannot name an agenda.'),
        ("field", "In record 1 of actions something is not as it was exported:"),
        ("shape", "This is no whole export of OpsDesk: Expected `object`, got `int` - at `$.agendas`."),
        ("settings", "In the settings something is not as it was exported:"),
        ("bytes", "In the settings something is not as it was exported:"),
    ],
)
def test_what_is_damaged_is_refused_and_makes_nothing(
    lived: bytes, at: At, tmp_path: Path, name: str, said: str
) -> None:
    spoilt = _spoilt(lived, name)
    assert spoilt != lived
    (tmp_path / "desk.json").write_bytes(spoilt)
    refused = at(tmp_path / "new", "import", str(tmp_path / "desk.json"))
    assert (refused.exit_code, refused.stdout, len(refused.stderr.splitlines())) == (1, "", 1), refused.stderr
    assert said in refused.stderr.replace(f" --desk {tmp_path / 'new'}", "")
    assert not (tmp_path / "new").exists()


def test_what_cannot_be_written_leaves_nothing(
    lived: bytes, at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desk.json").write_bytes(lived)
    from opsdesk.desk.bringing import Bringing

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bringing, "whole", stop)
    assert at(tmp_path / "new", "import", str(tmp_path / "desk.json")).exit_code == 130
    assert not (tmp_path / "new" / "settings.toml").exists()
    assert not list((tmp_path / "new").glob("agendas/*"))
    monkeypatch.undo()
    monkeypatch.setenv("OPSDESK_NOW", "2026-11-23T15:00Z")
    assert at(tmp_path / "new", "import", str(tmp_path / "desk.json")).exit_code == 0


@pytest.mark.parametrize("kind", ["scores", "customers"])
def test_a_sheet_of_another_desk_comes_in_as_a_table(scored: Run, tmp_path: Path, kind: str) -> None:
    scored("score", "globex", "support", "g", "they answered")
    other = ("--desk", str(tmp_path / "other"))
    scored(*other, "import", "people", "-", input="name,handle\nSue Park,sue\nTom Reyes,tom\n")
    if kind == "scores":
        handles = "Globex,globex\nAcme,acme\nNippon,nippon\nInitech,initech\n"
        scored(*other, "import", "customers", "-", input=f"name,handle\n{handles}")
    rows = list(csv.DictReader(StringIO(scored("export", "--csv", kind).stdout)))
    refused = scored(*other, "import", kind, "-", input=_table([{**row, "rev": "777"} for row in rows]))
    assert (refused.exit_code, refused.stdout) == (1, "")
    hint = f"take the columns id and rev out: opsdesk --desk {tmp_path / 'other'} import {kind} FILE takes in the rest"
    assert hint in refused.stderr
    without = [{name: cell for name, cell in row.items() if name not in ("id", "rev")} for row in rows]
    taken = scored(*other, "import", kind, "-", "--yes", input=_table(without))
    assert taken.exit_code == 0, taken.stderr
    if kind == "scores":
        assert taken.stdout == "6 flags taken in, 1 line says nothing\n"
        found = {each["measure"]: each for each in json.loads(scored(*other, "list", "scores", "--json").stdout)}
        assert found["Support"]["level"] == "green"


def _table(rows: list[dict[str, str]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
