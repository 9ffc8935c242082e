"""Minutes on paper: one renderer a file, each a line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from opsdesk.core.minutes import Minutes
from opsdesk.minutes.json_ import as_json
from opsdesk.minutes.markdown import as_markdown
from opsdesk.minutes.text import as_text


class Format(msgspec.Struct, frozen=True):
    """Its name on the command line, the ending of its files, and minutes as that text: always the same bytes."""

    name: str
    suffix: str
    render: Callable[[Minutes], str]


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (Format("md", ".md", as_markdown), Format("txt", ".txt", as_text), Format("json", ".json", as_json))
}
