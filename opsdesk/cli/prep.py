"""`opsdesk prep`: what each department has to say before the next look at the score sheet, also as CSV to be filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.export import SEPARATORS
from opsdesk.cli.out import say, talk, write, write_json
from opsdesk.cli.wiring import Wiring

if TYPE_CHECKING:
    from opsdesk.core.names import Directory
    from opsdesk.core.register import Look
    from opsdesk.desk import Desk
    from opsdesk.insight.prep import Owing

HEADINGS = (
    "customer",
    "measure",
    "level (now)",
    "said",
    "comment (now)",
    "new level",
    "new comment",
    "owner",
    "exit",
    "plan",
)
TO_FILL = ("",) * 5
NOBODY = "Nobody's"
FILL = "opsdesk prep --department NAME -o FILE writes them to be filled, opsdesk import scores FILE takes them in."


@click.command()
@click.option("--department", default="", metavar="NAME", help="Only what this department keeps fresh.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV to be filled; opsdesk import scores takes it in.")
@click.option("-o", "--output", metavar="FILE", help="The CSV into FILE instead of standard output.")
@click.option("--force", is_flag=True, help="Also over a file that is there.")
@click.option(
    "--separator",
    type=click.Choice(list(SEPARATORS)),
    metavar="SIGN",
    help="What parts the cells of the CSV: , or ; or tab. A German or French Excel wants ;",
)
@click.option("--json", "as_json", is_flag=True, help="As one JSON array.")
@click.pass_obj
def prep(
    wiring: Wiring,
    department: str,
    as_csv: bool,
    output: str | None,
    force: bool,
    separator: str | None,
    as_json: bool,
) -> None:
    """Lists the cells of the score sheet that are stale or not known, by the department that keeps them fresh.

    With --csv each is a row: fill in "new level" (r, o, g or u) and "new comment", for a red flag owner, exit and plan
    too, and let `opsdesk import scores FILE` take the rows in that you filled. The same level again confirms it.
    """
    to_file = output not in (None, "-")
    if as_json and (as_csv or output is not None):
        raise click.UsageError("Say --json or --csv: only one of them can be written.")
    if separator and not (as_csv or output is not None):
        raise click.UsageError("--separator is for CSV: say --csv.")
    desk = wiring.looking()
    found = desk.scores.prep(department)
    if as_json:
        write_json([_whole(each, desk) for each in found])
    elif as_csv or output is not None:
        _put(desk, found, str(output) if to_file else "", SEPARATORS[separator or ","], force)
    else:
        _list(desk, found)


def _look(desk: Desk) -> Look:
    from opsdesk.core.register import Look

    return Look(desk.now(), desk.settings)


def _list(desk: Desk, found: Sequence[Owing]) -> None:
    from opsdesk.cli.columns import aligned, room

    look, headers = _look(desk), ["customer", "measure", "now", "said", "why"]
    for place, (department, cells) in enumerate(_by_department(found).items()):
        if place:
            say("")
        say(f"{department}: {_counted(cells)}")
        for line in aligned(headers, [_line(each, look) for each in cells], room()):
            say(line)
    talk(FILL if found else _nothing(desk))


def _nothing(desk: Desk) -> str:
    from opsdesk.cli.scores import NO_CUSTOMERS
    from opsdesk.core.customers import Customer

    return "Every cell is fresh." if desk.read.live(Customer) else NO_CUSTOMERS


def _counted(cells: Sequence[Owing]) -> str:
    """As in "2 stale, 1 not known"."""
    stale = sum(each.level != "unknown" for each in cells)
    counts = ((stale, "stale"), (len(cells) - stale, "not known"))
    return ", ".join(f"{many:,} {what}" for many, what in counts if many)


def _by_department(found: Iterable[Owing]) -> dict[str, list[Owing]]:
    cells: dict[str, list[Owing]] = {}
    for each in found:
        cells.setdefault(each.measure.department or NOBODY, []).append(each)
    return dict(sorted(cells.items()))


def _line(each: Owing, look: Look) -> list[str]:
    from opsdesk.cli.scores_text import cell_sign, said_on

    if each.score is None:
        return [each.customer.name, each.measure.name, cell_sign(None, look), "never", ""]
    days = (look.today - said_on(each.score, look)).days
    sign = cell_sign(each.score, look)
    return [each.customer.name, each.measure.name, sign, f"{days} d ago", each.score.comment]


def _whole(each: Owing, desk: Desk) -> dict[str, Any]:
    """`days`: since it was last said, None where it never was."""
    from opsdesk.cli.scores_text import said_on

    look, score = _look(desk), each.score
    said = said_on(score, look) if score else None
    return {
        "department": each.measure.department,
        "customer": each.customer.handle,
        "name": each.customer.name,
        "measure": each.measure.name,
        "level": each.level,
        "said": said,
        "days": (look.today - said).days if said else None,
        "score": score,
    }


def _put(desk: Desk, found: Sequence[Owing], output: str, separator: str, over: bool) -> None:
    from opsdesk.exchange.sheets import MARK, text_rows

    rows = text_rows([HEADINGS, *_to_fill(found, desk)], separator)
    if not output:
        write(b"".join(rows))
        return
    from opsdesk.cli.files import keep, place_named

    place = place_named(output)
    keep(place, [MARK, *rows], over=over)
    talk(f"{len(found):,} cell{' is' if len(found) == 1 else 's are'} in {place}: fill in its new levels, then")
    talk(f"opsdesk import scores {place} takes them in.")


def _to_fill(found: Iterable[Owing], desk: Desk) -> Iterator[Sequence[str]]:
    from opsdesk.cli.scores_text import said_on

    look, names = _look(desk), desk.people.names().customers
    for each in found:
        said = said_on(each.score, look).isoformat() if each.score else ""
        comment = each.score.comment if each.score else ""
        yield (_named(each.customer.handle, names), each.measure.name, each.level, said, comment, *TO_FILL)


def _named(handle: str, names: Directory) -> str:
    """The name, where a table brings it back as this customer; else the handle."""
    from opsdesk.exchange.cells import guarded

    name = names.name(handle)
    return name if names.find(name) == (handle,) and guarded(name) == name and name.strip("#") == name else handle
