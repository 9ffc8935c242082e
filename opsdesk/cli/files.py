"""What a verb is told to write into a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from opsdesk.core.errors import Invalid, Unavailable


def place_named(typed: str) -> Path:
    """Where the words lead. Raises Invalid where they name nothing, or a folder that is not there; Unavailable."""
    if not typed.strip():
        raise Invalid("An empty name is no file.", "Name a file to write into.")
    place = Path(typed)
    _refuse_nowhere(place)
    if typed.endswith((os.sep, os.altsep or os.sep)) and not place.is_dir():
        raise Invalid(f"There is no folder {typed}.", "Make it, or name a file.")
    return place


def file_or_folder(typed: str) -> Path:
    """As place_named, for what may be a folder: the name of a disk that is not there is not taken for that of a file.

    Raises Invalid for - too: what is made has to be checked where it is.
    """
    place = place_named(typed)
    if typed == "-":
        raise Invalid("A backup is a file that can be checked.", "Name one, such as desk-copy.db.")
    if not place.suffix and not os.path.lexists(place):
        raise Invalid(f"There is no folder {place}.", f"Name one that is there, or a file with an ending: {place}.db.")
    return place


def _refuse_nowhere(place: Path) -> None:
    """Raises Unavailable for a name that is told from a folder which is gone."""
    try:
        place.absolute()
    except FileNotFoundError:
        what = f"The folder that you are in was removed, so {place} is nowhere."
        raise Unavailable(what, "Go to another folder, or name the whole path.") from None


def keep(file: Path, pieces: Iterable[bytes], *, over: bool) -> None:
    """Whole or not at all, readable by its owner only unless it was there.

    Raises Invalid for what is no file, for one that belongs to a desk, and for one that is there unless `over`;
    Unavailable where it cannot be written.
    """
    from opsdesk.config import write_whole
    from opsdesk.store.guard.copying import tidy

    refuse(file)
    if file.exists() and not file.is_file():
        raise Invalid(f"{file} is not a file.", "Name a file to write into.")
    if os.path.lexists(file) and not over:
        raise Invalid(f"{file} is there already.", "Add --force to replace it, or name another file.")
    try:
        tidy(file.parent)
        write_whole(file, pieces)
    except OSError as error:
        raise Unavailable(f"{file} cannot be written: {error.strerror}.", "Name another place.") from error


def refuse(place: Path) -> None:
    """Raises Invalid for what belongs to a desk, Unavailable where that cannot be seen."""
    from opsdesk.store.faults import Spoken
    from opsdesk.store.guard.belonging import refuse_belonging

    with Spoken(str(place)):
        refuse_belonging(place)
