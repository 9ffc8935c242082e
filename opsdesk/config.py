"""Settings of a company and preferences of a person, read from TOML files; and files written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from stat import S_IMODE, S_ISREG
from typing import Any

import msgspec

from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.rules import is_zone
from opsdesk.core.settings import Settings
from opsdesk.core.text import cleaned

SETTINGS = "settings.toml"
PREFERENCES = "preferences.toml"
MARKER = "demo.toml"
ZONE = "zone"
LARGEST = 1_000_000
PRIVATE = 0o600


def read_settings(folder: Path) -> Settings:
    """The company's settings; the defaults where no file is.

    Raises Invalid, naming the file and each place in it with what is allowed; Unavailable where it cannot be read.
    """
    file = folder / SETTINGS
    try:
        text = _small(file)
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise Invalid(f"{file}: is not written in UTF-8 (byte {error.start}).", "Save it as UTF-8.") from error
    except OSError as error:
        raise Unavailable(f"{file}: {error.strerror}.") from error
    return _settings(file, text)


def read_zone(folder: Path) -> str:
    """The time zone the desk was made in, so that everybody reads its days alike; empty where nobody kept it."""
    try:
        zone = (folder / ZONE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return zone if is_zone(zone) else ""


def keep_zone(folder: Path, zone: str) -> None:
    """Writes down the time zone a desk was made in; one that is written already stays. Raises Unavailable."""
    if not (folder / ZONE).exists():
        _kept(folder / ZONE, [f"{zone}\n".encode()])


def write_settings(folder: Path, settings: Settings) -> None:
    """Replaces the file in one step, readable by its owner only. Raises Unavailable."""
    _kept(folder / SETTINGS, [settings_text(settings)])


def settings_text(settings: Settings) -> bytes:
    """As its file holds them."""
    import tomli_w

    return tomli_w.dumps(msgspec.to_builtins(settings, builtin_types=(date,))).encode()


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


def _small(file: Path) -> str:
    """What is no file, such as a device, may never end. Raises OSError."""
    found = file.stat()
    if not S_ISREG(found.st_mode) or found.st_size > LARGEST:
        raise OSError(0, "is no file of settings")
    return file.read_text(encoding="utf-8")


def _settings(file: Path, text: str) -> Settings:
    import tomllib

    from opsdesk.core.settingmistakes import beyond_shape

    try:
        values = cleaned(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Invalid(f"{file}: {error}.", "Mend that line, or remove the file to begin with the defaults.") from error
    try:
        settings = msgspec.convert(values, Settings)
    except msgspec.ValidationError:
        raise _refused(file, values) from None
    if any(beyond_shape(values)):
        raise _refused(file, values)
    return settings


def _refused(file: Path, values: Mapping[str, Any]) -> Invalid:
    """Every mistake in the file, each in one sentence."""
    from opsdesk.core.settingmistakes import sentences

    return Invalid(f"{file}: {' '.join(sentences(values))}")


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

    _kept(file, [tomli_w.dumps(values).encode()])


def _kept(file: Path, pieces: Iterable[bytes]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(file, pieces)
    except OSError as error:
        hint = "It is as it was, or as it shall be: look at the disk, then do it again."
        raise Unavailable(f"{file}: {error.strerror}.", hint) from error


def write_whole(file: Path, pieces: Iterable[bytes]) -> None:
    """Replaces the file in one step and for good, or leaves what was there. Raises OSError.

    A new file is readable by its owner only; one that is there keeps its mode, and where it is a link, what it leads
    to is replaced.
    """
    from opsdesk.core.parts import part_name

    place = Path(os.path.realpath(file))
    mode = S_IMODE(place.stat().st_mode) if place.exists() else PRIVATE
    beside = place.with_name(part_name(place.name))
    opened = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, PRIVATE)
    try:
        with os.fdopen(opened, "wb") as out:
            out.writelines(pieces)
            out.flush()
            os.fchmod(out.fileno(), mode)
            os.fsync(out.fileno())
        os.replace(beside, place)
    except BaseException:
        os.unlink(beside)
        raise
    _sync(place.parent)


def _sync(folder: Path) -> None:
    """So that a power cut does not bring back the old name; where the system opens no folders it keeps names itself."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
