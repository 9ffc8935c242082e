"""A desk's files exchanged for others as they are, where SQLite can no longer write into them."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from opsdesk.core.copies import Exchange
from opsdesk.core.errors import Unavailable
from opsdesk.store.descriptors import in_use
from opsdesk.store.files import NAME
from opsdesk.store.guard.copying import bytes_of, part, put
from opsdesk.store.guard.differing import difference
from opsdesk.store.guard.hold import held, shut
from opsdesk.store.guard.places import FILES, backups, free
from opsdesk.store.guard.reading import reading
from opsdesk.store.keeping import PRIVATE, sync


def replaced(folder: Path, beside: Path, source: Path, at: str) -> Exchange:
    """What is there is kept byte for byte; its log goes before the new file comes, as the two must never meet."""
    with reading(beside / NAME) as new:
        made = difference(folder / NAME, new, source)
    file, kept = folder / NAME, free(backups(folder) / f"before-restore-{at}")
    with in_use(file), held(folder), part(backups(folder) / "double") as place:
        there = _aside(folder, kept)
        double = _double(place / NAME, kept / NAME)
        with shut(double):
            _take_place(double, file, over=(kept / NAME).exists())
            for name in FILES[1:]:
                (folder / name).unlink(missing_ok=True)
            sync(folder)
            put(beside / NAME, file, over=True)
    return replace(made, kept=there)


def _double(place: Path, old: Path) -> Path:
    """What stands in the place of the old file until its log is gone: the same to see, or empty where there was none.

    It is shut, so that nobody who comes in between begins a log, or makes a desk.
    """
    place.write_bytes(old.read_bytes() if old.exists() else b"")
    place.chmod(PRIVATE)
    sync(place)
    return place


def _take_place(double: Path, file: Path, *, over: bool) -> None:
    try:
        put(double, file, over=over)
    except FileExistsError:
        what = f"A desk was made meanwhile: {file.parent}."
        raise Unavailable(what, "Nothing was changed; try again.") from None


def _aside(folder: Path, kept: Path) -> str:
    """Where the files are now; empty where there were none."""
    with part(kept) as beside:
        if not bytes_of(folder, beside):
            return ""
        beside.rename(kept)
    sync(kept.parent)
    return str(kept)
