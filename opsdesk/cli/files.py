"""What a verb is told to write into a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from opsdesk.core.errors import Invalid, Unavailable


def keep(file: Path, pieces: Iterable[bytes], *, over: bool) -> None:
    """Whole or not at all, readable by its owner only unless it was there.

    Raises Invalid for what is no file, and for one that is there unless `over`; Unavailable where it cannot be written.
    """
    from opsdesk.config import write_whole

    if file.exists() and not file.is_file():
        raise Invalid(f"{file} is not a file.", "Name a file to write into.")
    if file.exists() and not over:
        raise Invalid(f"{file} is there already.", "Add --force to replace it, or name another file.")
    try:
        write_whole(file, pieces)
    except OSError as error:
        raise Unavailable(f"{file} cannot be written: {error.strerror}.", "Name another place.") from error
