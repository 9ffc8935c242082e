"""The printed page line by line, as it prints: headings stand out, signs of flags have their colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from opsdesk.core.minutes import MinutesRecord
from opsdesk.minutes import FORMATS
from opsdesk.ui.ink import Ink, shorten
from opsdesk.ui.widgets.columns import Row

SIGNS = {"▲ R": "red", "◆ O": "orange", "● G": "green"}
SIGN = re.compile("(▲ R|◆ O|● G)")
ID = re.compile(r"( +)((?:[ADST]-\d+)|\d+\.)( .*)")
RULES = frozenset("=-")
LOUD = ("DRAFT", "SKIPPED", "ADJOURNED")
MARGIN = "  "
LEAD = "DRAFT  "
ROOM = 72 - len(LEAD)  # cells, as wide as the page


def page_rows(record: MinutesRecord, owed: Sequence[str] | None = None) -> list[Row]:
    """The page; of a draft with what it still `owed` on top, in sentences."""
    top = [] if owed is None else draft_rows(owed, len(record.minutes.owed))
    lines = FORMATS["txt"].render(record.minutes).splitlines()
    return [*top, *(Row(across=(Ink(MARGIN), *pieces)) for pieces in painted(lines))]


def draft_rows(owed: Sequence[str], at_closing: int) -> list[Row]:
    """`at_closing`: how many points were owed then, as the page itself says."""
    were = "1 point was" if at_closing == 1 else f"{at_closing} points were"
    first = f"{were} owed at closing; still owed: {owed[0] if owed else 'nothing.'}"
    more = f"and {len(owed) - 1} more · " if len(owed) > 1 else ""
    below = (Ink(more), Ink("=", "bright!"), Ink(" settles what is owed: then they are final", "dim"))
    indent, said = " " * len(LEAD), wrap(first, ROOM)
    return [
        Row(across=(Ink(MARGIN + LEAD, "orange!"), Ink(shorten(said[0], ROOM)))),
        *(Row(across=(Ink(MARGIN + indent), Ink(shorten(text, ROOM)))) for text in said[1:2]),
        Row(across=(Ink(MARGIN + indent), *below)),
        Row(),
    ]


def painted(lines: Sequence[str]) -> Iterator[Sequence[Ink]]:
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else ""
        yield _line(line, place, chapter=_is_rule(after))


def _line(line: str, place: int, *, chapter: bool) -> Sequence[Ink]:
    if _is_rule(line):
        return (Ink(line, "rule"),)
    if line.startswith(LOUD):
        return (Ink(line, "orange!"),)
    if not line.startswith(" "):
        subtitle = chapter and place > 0 and not line.isupper()
        return (Ink(line, "dim" if subtitle else "bright!"),)
    found = ID.fullmatch(line)
    lead = (Ink(found[1]), Ink(found[2], "bright")) if found else ()
    return (*lead, *_signs(found[3] if found else line))


def _signs(text: str) -> Iterator[Ink]:
    if text.strip() == "None":
        yield Ink(text, "dim")
        return
    for piece in SIGN.split(text):
        yield Ink(piece, SIGNS.get(piece, "ink"))


def _is_rule(line: str) -> bool:
    return len(line) > 1 and len(set(line)) == 1 and line[0] in RULES
