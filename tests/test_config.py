"""Settings and preferences on disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import platformdirs
import pytest

from opsdesk import config
from opsdesk.cli import scores_sheet
from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.settings import MEASURES, RAW, SHEET_COLUMNS, STANDARD, Policy, Settings
from opsdesk.insight.rollup import HARM, ORANGE_FROM, RED_FROM


def refused(folder: Path, text: str) -> str:
    (folder / "settings.toml").write_text(text)
    with pytest.raises(Invalid) as caught:
        config.read_settings(folder)
    return caught.value.message


@pytest.fixture
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return config.preferences_file()


def test_without_a_file_the_settings_are_the_defaults(tmp_path: Path) -> None:
    assert config.read_settings(tmp_path) == Settings()


def test_what_is_written_is_read_back_whole(tmp_path: Path) -> None:
    settings = Settings(
        company='Nørthwind "日本"',
        time_zone="Europe/Berlin",
        holidays=(date(2026, 12, 25),),
        working_days=("mon", "sat"),
    )
    config.write_settings(tmp_path / "new", settings)
    assert config.read_settings(tmp_path / "new") == settings


def test_settings_are_readable_by_their_owner_only_and_leave_nothing_beside(tmp_path: Path) -> None:
    config.write_settings(tmp_path, Settings())
    config.write_settings(tmp_path, Settings(company="Acme"))
    assert [(f.name, oct(f.stat().st_mode & 0o777)) for f in tmp_path.iterdir()] == [("settings.toml", "0o600")]


def test_settings_that_cannot_be_written_leave_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_settings(tmp_path, Settings(company="Before"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        config.write_settings(tmp_path, Settings(company="After"))
    assert config.read_settings(tmp_path).company == "Before"
    assert [f.name for f in tmp_path.iterdir()] == ["settings.toml"]


def test_a_wrong_value_is_named_with_its_file_and_key(tmp_path: Path) -> None:
    message = refused(tmp_path, 'due_days = "seven"')
    assert message == f'{tmp_path}/settings.toml: due_days: found "seven"; allowed: a whole number from 0 to 365.'


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    wrong = 'compny = "Acme"\nworking_days = ["mon", "tues"]\nholidays = ["xmas"]\ntime_zone = "Mars/Base"\ncompany = 5'
    message = refused(tmp_path, wrong).removeprefix(f"{tmp_path}/settings.toml: ")
    assert message == (
        "compny: found an unknown key; allowed: 'company' was probably meant. "
        "company: found 5; allowed: a text. "
        'working_days 2: found "tues"; allowed: one of "fri", "mon", "sat", "sun", "thu", "tue", "wed"; '
        '"tue" was probably meant. '
        'holidays 1: found "xmas"; allowed: a date such as 2026-12-25. '
        'time_zone: found "Mars/Base"; allowed: a time zone such as "Europe/Berlin".'
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("due_days = -1", "-1"),
        ("due_days = 366", "366"),
        ("due_days = true", "true"),
        ("working_days = []", "an empty list"),
        ("holidays = [2026-12-25T10:00:00]", "2026-12-25 10:00:00"),
        ('date_order = "ymd"', '"ymd"'),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, written: str, found: str) -> None:
    assert f": found {found}; allowed: " in refused(tmp_path, written)


@pytest.mark.parametrize("written", ["due_days = 0", "due_days = 365", "holidays = [2026-12-25]"])
def test_what_makes_sense_is_taken(tmp_path: Path, written: str) -> None:
    (tmp_path / "settings.toml").write_text(written)
    assert config.read_settings(tmp_path) != Settings()


def test_a_device_is_no_file_of_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").symlink_to("/dev/zero")
    with pytest.raises(Unavailable, match=r"settings\.toml: is no file of settings"):
        config.read_settings(tmp_path)


def test_the_zone_a_desk_was_made_in_is_kept_once(tmp_path: Path) -> None:
    assert config.read_zone(tmp_path) == ""
    config.keep_zone(tmp_path, "Asia/Tokyo")
    config.keep_zone(tmp_path, "Europe/Berlin")
    assert config.read_zone(tmp_path) == "Asia/Tokyo"
    assert stat.S_IMODE((tmp_path / "zone").stat().st_mode) == 0o600


@pytest.mark.parametrize("written", [b"", b"Mars/Base", b"../../etc", b"\xff\xfe", b"x" * 10_000])
def test_a_zone_that_is_none_counts_as_not_kept(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "zone").write_bytes(written)
    assert config.read_zone(tmp_path) == ""


def test_a_file_that_is_written_whole_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    config.write_whole(file, [b"one"])
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    link.symlink_to(file)
    config.write_whole(link, [b"t", b"wo"])
    assert (link.is_symlink(), file.read_bytes(), file.stat().st_mode & 0o777) == (True, b"two", 0o644)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "link"]


def test_pieces_that_fail_leave_the_file_as_it_was(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    config.write_whole(tmp_path / "file", [b"whole"])
    with pytest.raises(ZeroDivisionError):
        config.write_whole(tmp_path / "file", pieces())
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("file", b"whole")]


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    assert "line 2" in refused(tmp_path, 'company = "Acme"\ndue_days = = 3')


def test_a_time_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert 'time_zone: found "Mars/Base"' in refused(tmp_path, 'time_zone = "Mars/Base"')


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "a\\u0000b"])
def test_a_time_zone_is_never_a_path(tmp_path: Path, zone: str) -> None:
    assert "allowed: a time zone" in refused(tmp_path, f'time_zone = "{zone}"')


def test_settings_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b'company = "K\xf6nig"')
    with pytest.raises(Invalid, match="UTF-8"):
        config.read_settings(tmp_path)


def test_settings_that_are_a_folder_are_said_to_be_unreachable(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(Unavailable, match=r"settings\.toml"):
        config.read_settings(tmp_path)


def test_preferences_are_remembered_one_by_one(own_preferences: Path) -> None:
    config.remember("theme", "light")
    config.remember("me", "sue")
    config.remember("theme", "dark")
    assert config.read_preferences() == {"theme": "dark", "me": "sue"}
    assert own_preferences.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", [b"theme = ", b"\xff\xfe", b""])
def test_damaged_preferences_stop_nothing(own_preferences: Path, damage: bytes) -> None:
    own_preferences.parent.mkdir(parents=True, exist_ok=True)
    own_preferences.write_bytes(damage)
    assert config.read_preferences() == {}
    config.remember("theme", "dark")
    assert config.read_preferences() == {"theme": "dark"}


def test_a_folder_without_a_marker_is_no_demo(tmp_path: Path) -> None:
    assert config.read_marker(tmp_path) == {}
    config.write_marker(tmp_path, {"me": "sue", "seed": 7})
    assert config.read_marker(tmp_path) == {"me": "sue", "seed": 7}


@pytest.mark.parametrize("named", ["", " ", "/somewhere/else"])
def test_the_folders_are_those_platformdirs_names(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", named)
    monkeypatch.setenv("XDG_DATA_HOME", named)
    assert config.preferences_file().parent == platformdirs.user_config_path("opsdesk", appauthor=False)
    assert config.data_folder() == platformdirs.user_data_path("opsdesk", appauthor=False)


def test_other_systems_are_asked_through_platformdirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path)
    assert config.data_folder() == tmp_path


def test_two_policies_stand_side_by_side_where_none_is_named(tmp_path: Path) -> None:
    assert [policy.name for policy in config.read_settings(tmp_path).policies] == ["raw", "standard"]


def test_a_policy_of_ones_own_stands_beside_what_truly_was(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[[sla]]\nname = "gold"\nslo = 99\nseverities = [1, 2]')
    assert config.read_settings(tmp_path).policies == (RAW, Policy(name="gold", slo=99.0, severities=(1, 2)))


def test_an_own_rule_for_raw_takes_the_place_of_the_default(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[[sla]]\nname = "raw"\nslo = 99.5')
    assert [(policy.name, policy.slo) for policy in config.read_settings(tmp_path).policies] == [("raw", 99.5)]


def test_what_is_written_whole_is_there_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are on the disk before they have their name, and the name is before it is said."""
    synced: list[tuple[bool, bool]] = []
    file = tmp_path / "file"
    monkeypatch.setattr(
        "os.fsync", lambda opened: synced.append((stat.S_ISDIR(os.fstat(opened).st_mode), file.exists()))
    )
    config.write_whole(file, [b"one"])
    assert synced == [(False, False), (True, True)]


def test_policies_are_written_and_read_back_whole(tmp_path: Path) -> None:
    settings = Settings(sla=(Policy(name='gold "日本"', slo=99.95, partial=0.25, notice_hours=120, severities=(1,)),))
    config.write_settings(tmp_path, settings)
    assert config.read_settings(tmp_path) == settings


def test_every_mistake_in_a_policy_is_named_with_its_place(tmp_path: Path) -> None:
    wrong = '[[sla]]\nname = "a"\n[[sla]]\nname = "a"\nslo = nan\npartial = 2\nseverities = [1, 9]\nnotice = 3'
    message = refused(tmp_path, wrong).removeprefix(f"{tmp_path}/settings.toml: ")
    assert message == (
        "sla 2 (a), notice: found an unknown key; allowed: 'notice_hours' was probably meant. "
        "sla 2 (a), slo: found nan; allowed: a per cent from 0 to 100. "
        "sla 2 (a), partial: found 2; allowed: a number from 0 to 1. "
        "sla 2 (a), severities 2: found 9; allowed: a whole number from 1 to 5. "
        'sla 2 (a), name: found "a"; allowed: a name that no policy before it has.'
    )


@pytest.mark.parametrize("written", ["sla = 3", "sla = [3]", "[[sla]]\nslo = 99", "[[sla]]\nname = ''"])
def test_what_is_no_policy_is_refused(tmp_path: Path, written: str) -> None:
    assert "sla" in refused(tmp_path, written)


def test_two_policies_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "sla 2 (a), name" in refused(tmp_path, '[[sla]]\nname = "a"\n[[sla]]\nname = "a"')


def test_the_policy_that_the_readme_shows_is_the_default_one(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("    [[sla]]\n")[2].partition("\n\n")[0]
    (tmp_path / "settings.toml").write_text(f"[[sla]]\n{dedent(shown)}\n")
    assert config.read_settings(tmp_path).sla == (STANDARD,)


def test_the_measure_that_the_readme_shows_is_one_of_the_default_ones(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("    [[measures]]\n")[2].partition("\n\n")[0]
    (tmp_path / "settings.toml").write_text(f"[[measures]]\n{dedent(shown)}\n")
    assert config.read_settings(tmp_path).measures == (MEASURES[1],)
    names = ", ".join(each.name for each in MEASURES).replace(", Commercial", " and Commercial")
    assert names in " ".join(readme.split())


def test_the_roll_up_that_the_readme_tells_is_the_one_that_is_reckoned(tmp_path: Path) -> None:
    readme = " ".join((Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8").split())
    assert f"from {RED_FROM} on red, from {ORANGE_FROM} on orange, else green" in readme
    assert f'`roll_up = "{Settings().roll_up}"`, as it is unless the settings say otherwise' in readme
    assert "red counting 2, orange 1, green 0" in readme
    assert HARM == {"red": 2, "orange": 1, "green": 0}
    (tmp_path / "settings.toml").write_text('roll_up = "weighted"\n[[measures]]\nname = "Trust"\n')
    assert config.read_settings(tmp_path).roll_up == "weighted"


def test_the_measures_of_the_sheet_are_the_companys(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[[measures]]\nname = "Trust"\nweight = 2\nred = "They call a lawyer."')
    (trust,) = config.read_settings(tmp_path).measures
    assert (trust.name, trust.weight, trust.red, trust.green) == ("Trust", 2, "They call a lawyer.", "")


def test_two_measures_of_one_name_are_refused(tmp_path: Path) -> None:
    written = '[[measures]]\nname = "Trust"\n[[measures]]\nname = "trust"'
    assert "measures 2 (trust), name" in refused(tmp_path, written)
    assert "measures" in refused(tmp_path, "measures = []")


@pytest.mark.parametrize("name", SHEET_COLUMNS)
def test_no_measure_is_called_as_a_column_of_the_sheet(tmp_path: Path, name: str) -> None:
    told = refused(tmp_path, f'[[measures]]\nname = "{name.title()}"')
    assert f"measures 1 ({name.title()}), name: found" in told
    assert "which are columns of the sheet already" in told


def test_the_columns_of_the_sheet_are_known() -> None:
    assert set(scores_sheet.HEADINGS) <= set(SHEET_COLUMNS)


@pytest.mark.parametrize(
    "written", ["measures = 3", "[[measures]]", "[[measures]]\nname = 3", '[[measures]]\nweight = "x"']
)
def test_what_is_no_measure_is_refused_by_its_number(tmp_path: Path, written: str) -> None:
    assert "measures" in refused(tmp_path, written)
