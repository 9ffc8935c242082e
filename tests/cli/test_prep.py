"""`opsdesk prep`, and what was filled in coming back by `opsdesk import scores`."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from opsdesk.cli.prep_sheet import HEADINGS
from tests.cli.conftest import HOSTILE, Run
from tests.cli.golden import same


def levels(opsdesk: Run) -> dict[tuple[str, str], str]:
    rows = json.loads(opsdesk("scores", "--json").stdout)["customers"]
    return {(row["customer"], cell["measure"]): cell["level"] for row in rows for cell in row["cells"]}


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def filled(rows: list[dict[str, str]], *said: tuple[str, str, str, str]) -> str:
    """The table with new level and comment of (customer, measure)."""
    found = {(customer, measure): (level, comment) for customer, measure, level, comment in said}
    out = StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    for row in rows:
        row["new level"], row["new comment"] = found.get((row["customer"], row["measure"]), ("", ""))
        writer.writerow(row)
    return out.getvalue()


def test_each_department_has_its_own_cells(scored: Run) -> None:
    told = scored("prep")
    assert told.exit_code == 0
    assert told.stderr.startswith("opsdesk prep --department NAME -o FILE writes them to be filled")
    same("prep.txt", told.stdout)


def test_as_csv_to_be_filled(scored: Run) -> None:
    told = scored("prep", "--department", "r&d", "--csv")
    assert (told.exit_code, told.stderr) == (0, "")
    same("prep.csv", told.stdout)
    assert tuple(table(told.stdout)[0]) == HEADINGS


def test_as_json(scored: Run) -> None:
    told = json.loads(scored("prep", "--department", "R&D", "--json").stdout)
    assert [(each["customer"], each["level"], each["said"], each["days"]) for each in told] == [
        ("acme", "unknown", None, None),
        ("globex", "green", "2026-09-23", 61),
        ("nippon", "red", "2026-11-08", 15),
    ]


def test_nothing_filled_is_nothing_to_do(scored: Run, tmp_path: Path) -> None:
    file = tmp_path / "prep.csv"
    assert scored("prep", "-o", str(file), "--separator", ";").stdout == ""
    assert file.read_bytes().startswith(b"\xef\xbb\xbfcustomer;measure;")
    told = scored("import", "scores", str(file))
    assert (told.exit_code, told.stdout, told.stderr) == (0, "0 flags taken in, 13 lines say nothing\n", "")
    assert scored("prep", "-o", str(file)).exit_code == 1
    assert scored("prep", "-o", str(file), "--force").exit_code == 0


def test_what_was_filled_comes_back_in_one_step(scored: Run) -> None:
    rows = table(scored("prep", "--csv").stdout)
    text = filled(
        rows,
        ("Globex", "Product", "g", ""),
        ("[EMEA] 日本物流", "Product", "o", "=they scan again"),
        ("Acme", "Delivery", "R", "late\nagain"),
    )
    before = levels(scored)
    told = scored("import", "scores", "-", input="\ufeff" + text.replace("\r\n", "\n"))
    assert (told.exit_code, told.stdout, told.stderr) == (0, "3 flags taken in, 10 lines say nothing\n", "")
    assert levels(scored) == before | {
        ("nippon", "Product"): "orange",
        ("acme", "Delivery"): "red",
    }
    kept = json.loads(scored("list", "scores", "--json").stdout)
    assert {each["comment"] for each in kept[-3:]} == {"", "=they scan again", "late again"}
    assert ("globex", "Product") not in {(each["customer"], each["measure"]) for each in prep_of(scored)}
    assert json.loads(scored("undo", "--json").stdout)["command"] == "Take in 3 flags"
    assert levels(scored) == before


def prep_of(opsdesk: Run) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(opsdesk("prep", "--json").stdout)
    return found


@pytest.mark.parametrize("name", ["=1+1", "'quoted", "Acme", "#5", "@home", HOSTILE, "a;=b", "-", "日本"])
def test_every_name_comes_back_as_the_same_customer_and_none_is_a_formula(scored: Run, name: str) -> None:
    wanted = StringIO()
    csv.writer(wanted).writerows([("Name", "Handle"), (name, "zz")])
    scored("import", "customers", "-", "--yes", input=wanted.getvalue())
    assert "zz" in {each["customer"] for each in prep_of(scored)}
    text = scored("prep", "--department", "Sales", "--csv").stdout
    rows = table(text)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t")]
    text = filled(rows, *((row["customer"], row["measure"], "g", "") for row in rows))
    told = scored("import", "scores", "-", input=text)
    assert (told.exit_code, told.stderr) == (0, ""), told.stderr
    assert prep_of(scored) == [each for each in prep_of(scored) if each["department"] != "Sales"]


def test_a_measure_that_looks_like_a_formula_comes_back_too(scored: Run, folder: Path) -> None:
    (folder / "settings.toml").write_text('[[measures]]\nname = "=Sum"\n')
    text = scored("prep", "--csv").stdout
    assert {row["measure"] for row in table(text)} == {"'=Sum"}
    text = filled(table(text), ("Acme", "'=Sum", "g", ""))
    assert scored("import", "scores", "-", input=text).stdout == "1 flag taken in, 2 lines say nothing\n"


def test_what_others_said_meanwhile_is_not_written_over(scored: Run) -> None:
    rows = table(scored("prep", "--csv").stdout)
    scored("score", "globex", "product", "r", "it lost data")
    text = filled(rows, ("Globex", "Product", "o", "slow"), ("Acme", "Product", "g", ""))
    refused = scored("import", "scores", "-", input=text)
    assert (refused.exit_code, refused.stdout) == (1, "")
    line, last = refused.stderr.splitlines()
    assert line.endswith("Product of Globex is red since, by Sue Park: it lost data.")
    assert last == "opsdesk: Nothing was taken in. Mend these lines and import again, or leave them out with --yes."
    taken = scored("import", "scores", "-", "--yes", input=text)
    assert (taken.exit_code, taken.stdout) == (0, "1 flag taken in, 11 lines say nothing\n")
    assert levels(scored)["globex", "Product"] == "red"


def test_an_unchanged_export_is_nothing_to_do(scored: Run) -> None:
    for kind in ("scores", "customers"):
        sheet = scored("export", "--csv", kind).stdout
        told = scored("import", kind, "-", input=sheet)
        assert told.stdout.endswith(" left alone\n")
        assert "changed" not in told.stdout


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("--department", "Suport"), 1, 'No measure is kept by "Suport". There are R&D, Support,'),
        (("--csv", "--json"), 2, "Say --json or --csv"),
        (("--separator", ";"), 2, "--separator is for CSV"),
        (("-o", "/no/where/x.csv"), 1, "/no/where/x.csv"),
    ],
)
def test_what_cannot_be_written(scored: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    told = scored("prep", *argv)
    assert (told.exit_code, told.stdout) == (code, "")
    assert said in told.stderr


def test_where_all_is_fresh_there_is_nothing_to_prepare(scored: Run, tmp_path: Path) -> None:
    scored("score", "acme", "support", "g")
    scored("score", "globex", "support", "g")
    told = scored("prep", "--department", "Support")
    assert (told.exit_code, told.stdout) == (0, "To say before Customer Success on Mon 30 Nov\n")
    assert told.stderr == "Every cell is fresh until then, and no flag owes anything.\n"
    nobody = scored("--desk", str(tmp_path / "none"), "prep")
    assert "There are no customers yet" in nobody.stderr


def test_what_is_fresh_today_and_stale_at_the_next_meeting_is_listed(
    scored: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Globex Delivery was said orange on Friday 20 November: fresh up to and with 4 December."""
    for now, why in (("2026-11-27", []), ("2026-12-04", ["soon"]), ("2026-12-05", ["stale"])):
        monkeypatch.setenv("OPSDESK_NOW", f"{now}T12:00:00+00:00")
        found = [each for each in prep_of(scored) if (each["customer"], each["measure"]) == ("globex", "Delivery")]
        assert [each["why"] for each in found] == why, now
    assert {each["until"] for each in prep_of(scored)} == {"2026-12-07T09:30:00Z"}


def test_without_such_a_meeting_it_is_next_monday(scored: Run) -> None:
    assert scored("agenda", "off", "customer-success").exit_code == 0
    assert scored("prep").stdout.startswith("To say before Mon 30 Nov\n")


def test_a_skipped_meeting_is_not_the_next_one(scored: Run) -> None:
    scored("cadence", "skip", "customer-success", "2026-11-30", "--why", "all are away")
    assert scored("prep").stdout.startswith("To say before Customer Success on Mon 7 Dec\n")


def test_a_fresh_red_that_owes_is_listed_with_what_it_has(scored: Run) -> None:
    scored("score", "globex", "support", "r", "--owner", "tom", "--exit", "they say so")
    (row,) = [each for each in table(scored("prep", "--csv").stdout) if each["measure"] == "Support" and each["owes"]]
    assert {name: row[name] for name in ("owner (now)", "exit (now)", "plan (now)", "owes", "red means")} == {
        "owner (now)": "Tom Reyes",
        "exit (now)": "they say so",
        "plan (now)": "",
        "owes": "plan",
        "red means": "They wait for us, and have said so to somebody's boss.",
    }
    scored("score", "globex", "support", "r", "--plan", "fri")
    assert not [each for each in prep_of(scored) if (each["customer"], each["measure"]) == ("globex", "Support")]


@pytest.mark.parametrize(("typed", "kept"), [("supp", "Support"), ("manag", "Program Management"), ("R&", "R&D")])
def test_a_department_is_known_by_a_part_of_its_name(scored: Run, typed: str, kept: str) -> None:
    told = json.loads(scored("prep", "--department", typed, "--json").stdout)
    assert {each["department"] for each in told} == {kept}


def test_a_part_of_several_departments_is_none(scored: Run) -> None:
    told = scored("prep", "--department", "s")
    assert (told.exit_code, told.stdout) == (1, "")
    assert '"s" may be Support or Sales. There are R&D, Support,' in told.stderr
