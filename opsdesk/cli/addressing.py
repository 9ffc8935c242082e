"""Commands that are named to a person, each with the desk it is meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


def addressed(text: str, folder: Path | None) -> str:
    """The text with `--desk` in every command that it names: typed as it stands, it reaches this folder's desk.

    Without a folder, as it is: then the command means the same desk as the one that speaks.
    """
    if folder is None or "opsdesk " not in text:
        return text
    import re
    import shlex

    from opsdesk.cli.group import VERBS

    command = rf"(?<![\w./-])opsdesk (?=(?:{'|'.join(VERBS)})\b)"
    option = f"opsdesk --desk {shlex.quote(str(folder))} "
    return re.sub(command, lambda _: option, text)


def here(text: str) -> str:
    """As `addressed`, for the desk that the verb which runs now was told of."""
    from opsdesk.cli.wiring import Wiring

    context = click.get_current_context(silent=True)
    wiring = context.find_object(Wiring) if context is not None else None
    return text if wiring is None else addressed(text, wiring.chosen)
