"""Registers on the command line: the shipped ones, and one that a test adds by a single file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from opsdesk.core.audience import Before
from opsdesk.insight.find import find
from opsdesk.store.sqlite import SqliteStore
from tests.cli.conftest import HOSTILE, Run

FIXTURES = Path(__file__).parents[1] / "store" / "fixtures"


@pytest.mark.usefixtures("vendors")
def test_a_register_added_by_one_file_is_on_the_command_line(opsdesk: Run, tmp_path: Path) -> None:
    made = opsdesk("add", "--kind", "vendor", "Pager @sue cost:1200 4 dec")
    assert (made.exit_code, made.stdout) == (0, "VD-1  Pager\n"), made.stderr
    listed = opsdesk("list", "vendors").stdout.splitlines()
    assert listed[0].split() == ["Id", "Name", "State", "Owner", "Renewal", "Cost"]
    assert listed[1].split() == ["VD-1", "Pager", "used", "sue", "2026-12-04", "1200"]
    assert opsdesk("set", "VD-1", "cost=900", "renewal=fri").exit_code == 0
    assert opsdesk("do", "VD-1", "end", "too loud").exit_code == 0
    shown = opsdesk("show", "VD-1", "--trail").stdout
    assert shown.startswith("VD-1  vendor\n")
    for line in ("Renewal: 2026-12-04 → 2026-11-27", "Cost: 1200.0 → 900.0", "State: used → ended", "Add Pager"):
        assert line in shown
    assert "VD" not in opsdesk("check").stdout
    assert "vendors" in opsdesk("do", "--help").stdout
    assert opsdesk("list", "vendors", "--open").stdout == ""
    assert "vendors" in opsdesk("list", "invoices").stderr
    fresh = ("--desk", str(tmp_path / "fresh"))
    opsdesk(*fresh, "add", "--kind", "vendor", "Pager")
    assert opsdesk(*fresh, "check").stdout.endswith("all is well.\n")


@pytest.mark.usefixtures("vendors")
def test_a_register_added_by_one_file_is_exported_imported_and_found(
    opsdesk: Run, folder: Path, tmp_path: Path
) -> None:
    opsdesk("add", "--kind", "vendor", f"Pager {HOSTILE} @sue")
    whole, sheets = tmp_path / "desk.json", tmp_path / "sheets"
    assert opsdesk("export", "--json", "-o", str(whole)).exit_code == 0
    assert [each["owner"] for each in json.loads(whole.read_bytes())["records"]["vendors"]] == ["sue"]
    assert opsdesk("--desk", str(tmp_path / "new"), "import", str(whole)).exit_code == 0
    assert "Pager" in opsdesk("--desk", str(tmp_path / "new"), "list", "vendors").stdout
    assert opsdesk("export", "--csv", "all", "-o", str(sheets)).exit_code == 0
    sheet = sheets / "vendors.csv"
    sheet.write_text(",tom,".join(sheet.read_text("utf-8-sig").rsplit(",sue,", 1)), "utf-8-sig")
    taken = opsdesk("import", "vendors", str(sheet))
    assert "vendors: 1 changed" in taken.stdout, taken.stderr
    sheet.write_text(sheet.read_text("utf-8-sig").replace(",tom,", ",bob,"), "utf-8-sig")
    assert 'owner: there is no person "bob" here.' in opsdesk("import", "vendors", str(sheet), "--mine").stderr
    store = SqliteStore(folder)
    assert [hit.id for hit in find(store, "pager", Before())] == ["VD-1"]
    store.close()
    assert opsdesk("undo").exit_code == 0
    assert json.loads(opsdesk("show", "VD-1", "--json").stdout)["owner"] == "sue"


def test_a_register_whose_file_is_gone_is_said_to_be_unknown(opsdesk: Run) -> None:
    told = opsdesk("add", "--kind", "vendor", "Pager")
    assert told.exit_code == 2
    assert "There is no kind of record called 'vendor'. There are actions, " in told.stderr


def test_an_action_is_added_without_looking_for_registers(folder: Path) -> None:
    code = (
        "import sys; from opsdesk.cli.wiring import Wiring; from opsdesk.cli.group import cli;"
        "cli(sys.argv[1:], obj=Wiring(), standalone_mode=False);"
        "sys.exit([name for name in sys.modules if name.startswith('opsdesk.core.registers.')] != [])"
    )
    for verb in (["add", "Call @sue fri"], ["list", "actions"], ["done", "A-1"]):
        ran = subprocess.run(
            [sys.executable, "-c", code, "--desk", str(folder), *verb], check=False, capture_output=True
        )
        assert ran.returncode == 0, (verb, ran.stderr)


@pytest.mark.parametrize(
    "word", ["incident", "INCIDENTS", "known issue", "known-issues", "knownissue", "maintenance window", "maintenance"]
)
def test_a_kind_is_known_in_singular_and_plural(opsdesk: Run, word: str) -> None:
    made = opsdesk("add", "--kind", word, "Words")
    assert made.exit_code == 0, made.stderr
    assert "Words" in opsdesk("list", word).stdout


def test_a_person_and_a_customer_are_added_too_and_what_is_said_in_meetings_is_not(opsdesk: Run) -> None:
    assert opsdesk("add", "--kind", "person", "Ann Lee").stdout == "P-3  ann  Ann Lee\n"
    assert opsdesk("add", "--kind", "customers", "Acme").stdout == "C-3  acme  Acme\n"
    assert opsdesk("add", "--kind", "action", "Call @sue").stdout.startswith("A-4  Call")
    told = opsdesk("add", "--kind", "note", "x")
    assert (told.exit_code, told.stdout) == (2, "")
    assert "Notes are not added so. They are made in a meeting" in told.stderr


def test_a_dry_run_tells_what_would_be_made(opsdesk: Run) -> None:
    told = opsdesk("add", "--kind", "incident", "--dry-run", "Login slow @sue #globex sev:2 @bob")
    assert told.stdout.splitlines() == [
        "  Owner  Sue Park",
        "  Customers  Globex",
        "  SEV  2",
        "  What  Login slow @bob",
    ]
    assert told.stderr == "@bob is no person here.\n"
    assert opsdesk("list", "incidents").stdout == ""
    looked = json.loads(opsdesk("add", "--kind", "incident", "--dry-run", "--json", "Login sev:2").stdout)
    assert looked == {"sev": 2, "title": "Login"}


def test_the_most_harmful_come_first_and_lists_are_narrowed(opsdesk: Run) -> None:
    opsdesk("add", "--kind", "incident", "Small sev:4 #globex @tom")
    opsdesk("add", "--kind", "incident", "Large sev:1 #globex #nippon @sue")
    opsdesk("add", "--kind", "incident", "Over sev:1 @sue")
    opsdesk("do", "I-3", "resolve", "gone")

    def ids(*options: str) -> list[str]:
        return [each["id"] for each in json.loads(opsdesk("list", "incidents", "--json", *options).stdout)]

    assert ids() == ["I-2", "I-1", "I-3"]
    assert ids("--open") == ["I-2", "I-1"]
    assert ids("--customer", "nippon") == ["I-2"]
    assert ids("--owner", "me") == ["I-2", "I-3"]
    told = opsdesk("list", "known-issues", "--owner", "sue")
    assert (told.exit_code, "Known-issues have no owner" in told.stderr) == (2, True)


def test_several_are_set_and_done_at_once(opsdesk: Run) -> None:
    for text in ("one", "two"):
        opsdesk("add", "--kind", "bug", text)
    told = opsdesk("set", "B-1", "b-2", "severity=1", "owner=tom", "--json")
    assert [(each["severity"], each["owner"]) for each in json.loads(told.stdout)] == [(1, "tom")] * 2
    assert opsdesk("do", "B-1", "B-2", "fix", "new parser").stdout.splitlines() == [
        "B-1  one  severity 1 · fixed · found in production",
        "B-2  two  severity 1 · fixed · found in production",
    ]
    assert opsdesk("undo").exit_code == 0
    assert [each["state"] for each in json.loads(opsdesk("list", "bugs", "--json").stdout)] == ["open", "open"]


def test_people_and_customers_are_set_by_their_handles(opsdesk: Run) -> None:
    assert opsdesk("set", "@sue", "department=Support").stdout == "P-1  Sue Park\n"
    assert opsdesk("set", "#globex", "owner=tom", "revenue=5").stdout == "C-1  Globex\n"
    assert opsdesk("set", "A-1", "owner=tom").stdout == "A-1  Call back with the workaround\n"


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("set", "I-1"), 2, "Say what to set: FIELD=VALUE, as in sev=1."),
        (("set", "sev=1"), 2, "Say the ids first and then FIELD=VALUE, a value of several words in quotes."),
        (("set", "I-1", "workaround=use", "the", "app"), 2, "Say the ids first"),
        (("set", "I-1", "state=resolved"), 1, "I-1: State is set by a verb. opsdesk do I-1 identify | mitigate | "),
        (("set", "I-1", "sev=9"), 1, 'SEV: "9" is no whole number from 1 to 5.'),
        (("set", "I-9", "sev=1"), 1, "There is no I-9."),
        (("set", "Q-1", "sev=1"), 1, "'Q-1' is not the id of a record."),
        (("set", "I-1", "A-1", "title=x", "--rev", "2"), 2, "--rev is of one record."),
        (("do", "I-1"), 2, "Say what to do with I-1: acknowledge, identify, mitigate, resolve, update, give, "),
        (("do", "resolve"), 2, "Say with which record: 'resolve' is not the id or the name of one."),
        (("do", "A-1"), 2, "A-1 is in no register: verbs such as done, start and drop stand alone."),
        (("do", "I-1", "fly"), 1, '"fly" is no verb of incidents. There are acknowledge, identify, '),
        (("do", "I-1", "reopen"), 1, "I-1 is investigating: reopen is for what is monitoring or resolved."),
        (("do", "I-1", "give", "bob"), 1, 'Owner: "bob" names no known person (known: sue, tom).'),
        (("add", "--kind", "incident", "x", "impact:q"), 1, 'Impact: "q" is none of down, partial.'),
    ],
)
def test_what_is_refused_says_what_is_allowed(opsdesk: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    opsdesk("add", "--kind", "incident", "Login")
    told = opsdesk(*argv)
    assert (told.exit_code, told.stdout) == (code, "")
    assert said in told.stderr


def test_what_was_read_at_a_rev_is_merged_with_what_others_did_since(opsdesk: Run) -> None:
    rev = str(json.loads(opsdesk("add", "--kind", "incident", "Login", "--json").stdout)["rev"])
    opsdesk("--as", "tom", "set", "I-1", "sev=1")
    assert opsdesk("set", "I-1", "workaround=app", "--rev", rev).exit_code == 0
    told = opsdesk("set", "I-1", "sev=3", "--rev", rev)
    assert (told.exit_code, "Tom Reyes set SEV to 1" in told.stderr) == (1, True)


def test_a_component_is_shown_by_its_handle(opsdesk: Run) -> None:
    opsdesk("add", "--kind", "component", "Login API slo:99.95")
    assert opsdesk("show", "login").stdout.startswith("K-1  component\n  Handle      login\n")
    assert opsdesk("show", "nothing").exit_code == 1


def test_sheets_of_registers_hold_what_their_rules_hold(opsdesk: Run, tmp_path: Path) -> None:
    opsdesk("add", "--kind", "incident", "Login #globex")
    file = tmp_path / "incidents.csv"
    opsdesk("export", "--csv", "incidents", "-o", str(file))
    file.write_text(file.read_text("utf-8-sig").replace(",investigating,", ",resolved,"), "utf-8-sig")
    told = opsdesk("import", str(file))
    assert told.exit_code == 1
    assert "I-1: State is set by a verb. opsdesk do I-1 identify | mitigate | resolve | reopen." in told.stderr
    refused = opsdesk("import", "incidents", "-", input="id,rev,title,state\n,,Old,resolved\n")
    assert "It is resolved, and nobody says when: Resolved is missing." in refused.stderr
    early = "id,rev,title,mitigated\n,,Old,2027-01-01T00:00Z\n"
    assert "Mitigated lies in the future" in opsdesk("import", "incidents", "-", input=early).stderr
    table = "id,rev,title,detected,created_by\n,,Old,2026-11-20T10:00Z,tom\n"
    assert "created_by: Created by is kept by" in opsdesk("import", "incidents", "-", input=table).stderr
    made = opsdesk("import", "incidents", "-", input="id;rev;title;detected\n;;Old;20.11.2026 10:00\n")
    assert made.stdout == "incidents: 1 added\n"
    assert json.loads(opsdesk("show", "I-2", "--json").stdout)["detected"] == "2026-11-20T10:00:00Z"


@pytest.mark.parametrize("version", [1, 2])
def test_a_desk_made_before_there_were_registers_takes_them(opsdesk: Run, tmp_path: Path, version: int) -> None:
    old = ("--desk", str(tmp_path / "old"))
    (tmp_path / "old").mkdir()
    shutil.copy(FIXTURES / f"format-{version}.db", tmp_path / "old" / "desk.db")
    assert opsdesk(*old, "list", "incidents").stdout == ""
    assert opsdesk(*old, "add", "--kind", "incident", "Login slow").exit_code == 0
    assert [each["id"] for each in json.loads(opsdesk(*old, "list", "incidents", "--json").stdout)] == ["I-1"]
    assert "I-1" not in opsdesk(*old, "check").stdout


def test_hostile_text_is_data(opsdesk: Run) -> None:
    for text in (HOSTILE, "x" * 9_000, "%s {0} \\n", "a=b=c"):
        made = opsdesk("add", "--kind", "incident", text)
        assert made.exit_code == 0, made.stderr
    told = opsdesk("list", "incidents")
    assert "\x1b" not in told.stdout
    assert "\u202e" not in told.stdout
    assert len(told.stdout.splitlines()) == 5


def test_what_a_record_runs_into_is_said_beside_its_line(opsdesk: Run) -> None:
    opsdesk("add", "--kind", "release", "2.4 2026-11-25")
    made = opsdesk("add", "--kind", "maintenance", "New disks 2026-11-25 22:00")
    assert made.stdout.startswith("W-1  New disks")
    assert made.stderr == "W-1: release 2.4 is planned for Wed 25 Nov.\n"
    assert opsdesk("do", "RL-1", "move", "2026-11-27").stderr == ""


def test_why_a_record_is_here_stands_in_the_list_and_with_itself(opsdesk: Run) -> None:
    opsdesk("add", "--kind", "components", "Database handle:db")
    opsdesk("add", "--kind", "components", "Login handle:login depends:db")
    opsdesk("add", "--kind", "incident", "Login slow components:login sev:2 @sue")
    opsdesk("add", "--kind", "maintenance", "New disks components:db 2026-11-24 22:00")
    conflict = "I-1 (SEV-2) is open on login, which depends on db"
    (line,) = [each for each in opsdesk("list", "maintenance").stdout.splitlines() if each.startswith("W-1")]
    assert line.endswith(conflict)
    for told in (
        json.loads(opsdesk("list", "maintenance", "--json").stdout)[0],
        json.loads(opsdesk("show", "W-1", "--json").stdout),
    ):
        assert (told["conflicts"][0], told["weight"]) == (conflict, "red")
        assert "not announced" in told["reason"]
    shown = opsdesk("show", "W-1").stdout
    assert f"Conflict  {conflict}" in shown
    assert "not announced" in shown


def test_who_was_told_is_read_in_words(opsdesk: Run) -> None:
    opsdesk("add", "--kind", "maintenance", "New disks #globex 2026-11-26 22:00")
    assert opsdesk("do", "W-1", "announce", "#globex").exit_code == 0
    shown = opsdesk("show", "W-1").stdout
    assert "Globex told 2026-11-23 " in shown
    assert "who " not in shown
