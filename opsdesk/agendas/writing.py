"""A new agenda file in a desk's folder, to be edited."""

from __future__ import annotations

import os
import re
from pathlib import Path

from opsdesk.core.errors import Invalid, Unavailable

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEMPLATE = Path(__file__).with_name("template.toml")


def new(folder: Path, slug: str, shipped: Path | None = None) -> Path:
    """Writes <folder>/agendas/<slug>.toml, readable by its owner only: a commented template, or a shipped file's text.

    Raises Invalid where the slug is none or the file is there already; Unavailable where it cannot be written.
    """
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        raise Invalid(f"{slug!r} cannot name an agenda.", "Use small letters, digits and dashes, as in company-friday.")
    text = shipped.read_text("utf-8") if shipped else _template(slug)
    path = folder / "agendas" / f"{slug}.toml"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(path, "x", encoding="utf-8", opener=_for_owner) as file:
            file.write(text)
    except FileExistsError:
        raise Invalid(f"{path} is there already.", "Edit it, or move it away first.") from None
    except OSError as error:
        raise Unavailable(f"{path}: {error.strerror}.", "See that the folder can be written to.") from error
    return path


def _template(slug: str) -> str:
    title = slug.replace("-", " ").capitalize()
    return _TEMPLATE.read_text("utf-8").replace("TITLE", title).replace("SLUG", slug)


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
