"""The files of a desk beside its records: settings, time zone, own agendas, as an export brings them back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from opsdesk.core.errors import Invalid, Unavailable
from opsdesk.core.settings import Settings

if TYPE_CHECKING:
    from opsdesk.cli.wiring import Wiring
    from opsdesk.exchange.whole import Whole

ELSEWHERE = "Name another folder: opsdesk --desk FOLDER import FILE."


def refuse_used(wiring: Wiring, whole: Whole) -> None:
    """Raises Invalid where the folder has records, or settings or agendas that would be lost."""
    from opsdesk import agendas
    from opsdesk.config import SETTINGS

    folder = wiring.folder
    if wiring.made and wiring.existing().history(limit=1):
        raise Invalid(f"The desk at {folder} has records already; a whole desk needs an empty one.", ELSEWHERE)
    if (folder / SETTINGS).exists() and wiring.stored() != whole.settings:
        raise Invalid(f"The desk at {folder} has settings of its own.", ELSEWHERE)
    if any(whole.agendas.get(slug) != text for slug, text in agendas.texts(folder).items()):
        raise Invalid(f"The desk at {folder} has agendas of its own.", ELSEWHERE)
    wiring.begins = True


@contextmanager
def placed(folder: Path, whole: Whole) -> Iterator[None]:
    """They are there inside, and stay if all goes well; else everything is as it was before."""
    from opsdesk.config import ZONE

    before: dict[Path, bytes | None] = {}
    stays = False
    try:
        with _spoken(folder):
            for file, text in _files(folder, whole).items():
                before[file] = file.read_bytes() if file.exists() else None
                _write(file, text)
        yield
        if not whole.zone:
            (folder / ZONE).unlink(missing_ok=True)
        stays = True
    finally:
        if not stays:
            for file, old in before.items():
                _write(file, old)


def _write(file: Path, text: bytes | None) -> None:
    from opsdesk.config import write_whole

    if text is None:
        file.unlink(missing_ok=True)
    elif not file.exists() or file.read_bytes() != text:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(file, [text])


@contextmanager
def _spoken(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"{folder} cannot be written: {error.strerror}.", "Name another folder.") from error


def _files(folder: Path, whole: Whole) -> Mapping[Path, bytes]:
    """Settings that are all as they are without a file need none."""
    from opsdesk.config import SETTINGS, ZONE, settings_text

    files = {folder / "agendas" / f"{slug}.toml": text.encode() for slug, text in whole.agendas.items()}
    if whole.settings != Settings():
        files[folder / SETTINGS] = settings_text(whole.settings)
    if whole.zone:
        files[folder / ZONE] = f"{whole.zone}\n".encode()
    return files
