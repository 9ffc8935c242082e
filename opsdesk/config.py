"""Settings of a company, preferences of a person: TOML files read into values, written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.settings import Settings

SETTINGS = "settings.toml"
PREFERENCES = "preferences.toml"
MARKER = "demo.toml"


def read_settings(folder: Path) -> Settings:
    """The company's settings; the defaults where no file is.

    Raises Invalid, naming file, place and what is allowed; Unavailable where the file cannot be read.
    """
    file = folder / SETTINGS
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise Invalid(f"{file}: is not written in UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    except OSError as error:
        raise Unavailable(f"{file}: {error.strerror}.") from error
    return _settings(file, text)


def write_settings(folder: Path, settings: Settings) -> None:
    """Replaces the file in one step, readable by its owner only. Raises Unavailable."""
    _write(folder / SETTINGS, msgspec.to_builtins(settings, builtin_types=(date,)))


def read_preferences() -> Mapping[str, Any]:
    """What one person chose on this machine (theme, me …). A missing or damaged file counts as empty."""
    return _plain(preferences_file())


def remember(key: str, value: str | int | float | bool) -> None:
    """Keeps one preference. Raises Unavailable where the file cannot be written."""
    file = preferences_file()
    _write(file, {**_plain(file), key: value})


def read_marker(folder: Path) -> Mapping[str, Any]:
    """What a demo desk says of itself: seed, day, and `me`, who sits at it. Empty for a desk of one's own."""
    return _plain(folder / MARKER)


def write_marker(folder: Path, marker: Mapping[str, str | int]) -> None:
    """Marks the folder as a demo desk. Raises Unavailable."""
    _write(folder / MARKER, marker)


def preferences_file() -> Path:
    return _folder("config", "XDG_CONFIG_HOME", ".config") / PREFERENCES


def data_folder() -> Path:
    """Where this system keeps what one person's programs have written."""
    return _folder("data", "XDG_DATA_HOME", ".local/share")


def _folder(purpose: str, variable: str, usual: str) -> Path:
    """As platformdirs says; it is only asked on other systems, because it takes longer to load than a verb may."""
    if sys.platform.startswith("linux"):
        named = os.environ.get(variable, "").strip()
        return Path(named or os.path.expanduser(f"~/{usual}")) / "opsdesk"
    import platformdirs

    find = {"config": platformdirs.user_config_path, "data": platformdirs.user_data_path}[purpose]
    return find("opsdesk", appauthor=False)


def _settings(file: Path, text: str) -> Settings:
    import tomllib

    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"{file}: {error}.", "Mend that line, or remove the file to begin with the defaults.") from error
    try:
        settings = msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise Invalid(f"{file}: {_located(error)}.", f"Known are {', '.join(Settings.__struct_fields__)}.") from error
    _known_zone(file, settings)
    return settings


def _located(error: msgspec.ValidationError) -> str:
    """msgspec's sentence with the TOML key in front: "due_days: Expected `int`, got `str`"."""
    said, _, path = str(error).partition(" - at `$")
    place = path.rstrip("`").lstrip(".")
    return f"{place}: {said}" if place else said


def _known_zone(file: Path, settings: Settings) -> None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(settings.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        wrong = f"{file}: time_zone: {settings.time_zone!r} is no time zone."
        raise Invalid(wrong, 'Write one such as "Europe/Berlin".') from error


def _plain(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _write(file: Path, values: Mapping[str, Any]) -> None:
    import tomli_w

    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            tomli_w.dump(values, out)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Unavailable(f"{file}: {error.strerror}.", "Nothing was changed in it.") from error
