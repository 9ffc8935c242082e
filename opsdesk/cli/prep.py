"""`opsdesk prep`: what each department has to say before the next look at the score sheet, also as CSV to be filled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.export import SEPARATORS
from opsdesk.cli.out import say, talk, write, write_json
from opsdesk.cli.wiring import Wiring

if TYPE_CHECKING:
    from opsdesk.core.register import Look
    from opsdesk.desk import Desk
    from opsdesk.insight.prep import Owing, Why

SHEET = "scores"  # the board of a section that looks at it
NOBODY = "Nobody's"
COUNTED: Mapping[Why, str] = {
    "stale": "stale",
    "soon": "stale by then",
    "unknown": "not known",
    "owes": "fresh and owing",
}
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
    """Lists what each department has to say before the next meeting over the score sheet.

    Cells that are stale by then or not known, and red flags that owe something. With --csv each is a row: fill in
    "new level" (r, o, g or u) and "new comment", for a red flag owner, exit and plan, and let `opsdesk import scores
    FILE` take the rows in that you filled. The same level again confirms it; owner, exit and plan alone settle what the
    flag owes.
    """
    to_file = output not in (None, "-")
    if as_json and (as_csv or output is not None):
        raise click.UsageError("Say --json or --csv: only one of them can be written.")
    if separator and not (as_csv or output is not None):
        raise click.UsageError("--separator is for CSV: say --csv.")
    desk = wiring.looking()
    until, what = _until(desk)
    found = desk.scores.prep(department, until)
    if as_json:
        write_json([_whole(each, desk, until) for each in found])
    elif as_csv or output is not None:
        _put(desk, found, str(output) if to_file else "", SEPARATORS[separator or ","], force)
    else:
        _list(desk, found, what)


def _look(desk: Desk) -> Look:
    from opsdesk.core.register import Look

    return Look(desk.now(), desk.settings)


def _until(desk: Desk) -> tuple[datetime, str]:
    """When the sheet is looked at next, and what that is, as in "Customer Success on Mon 30 Nov".

    Without a meeting that has a score sheet it is the beginning of next Monday.
    """
    from opsdesk.core.dates import readable

    now, zone, today = desk.now(), desk.settings.zone, desk.today()
    sheets = [slug for slug, each in desk.agendas.items() if any(part.board == SHEET for part in each.sections)]
    ahead = [found for slug in sheets if (found := desk.cadence.next(slug, now)) is not None]
    if ahead:
        first = min(ahead, key=lambda each: each.start)
        return first.start, f"{first.title} on {readable(first.start.astimezone(zone).date(), today)}"
    monday = today + timedelta(days=7 - today.weekday())
    return datetime.combine(monday, time(), zone), readable(monday, today)


def _list(desk: Desk, found: Sequence[Owing], what: str) -> None:
    from opsdesk.cli.columns import aligned, room

    look, person = _look(desk), desk.people.names().people.name
    headers = ["customer", "measure", "now", "said", "owes", "owner", "plan", "exit", "why"]
    say(f"To say before {what}")
    for department, cells in _by_department(found).items():
        for line in ("", f"{department}: {_counted(cells)}"):
            say(line)
        for line in aligned(headers, [_line(each, look, person) for each in cells], room()):
            say(line)
        for line in _meanings(cells, room()):
            say(line)
    talk(FILL if found else _nothing(desk))


def _meanings(cells: Iterable[Owing], limit: int | None) -> list[str]:
    """What red, orange and green mean in each of these measures, as the settings word it."""
    from opsdesk.cli.columns import aligned
    from opsdesk.cli.prep_sheet import meanings
    from opsdesk.cli.scores_text import sign

    measures = {each.measure.name: each.measure for each in cells}.values()
    rows = [[each.name, sign(level), words] for each in measures for level, words in meanings(each) if words]
    return aligned(["measure", "", "means"], rows, limit) if rows else []


def _nothing(desk: Desk) -> str:
    from opsdesk.cli.scores import NO_CUSTOMERS
    from opsdesk.core.customers import Customer

    return "Every cell is fresh until then, and no flag owes anything." if desk.read.live(Customer) else NO_CUSTOMERS


def _counted(cells: Sequence[Owing]) -> str:
    """As in "2 stale, 1 not known"."""
    counts = Counter(each.why for each in cells)
    return ", ".join(f"{counts[why]:,} {words}" for why, words in COUNTED.items() if counts[why])


def _by_department(found: Iterable[Owing]) -> dict[str, list[Owing]]:
    cells: dict[str, list[Owing]] = {}
    for each in found:
        cells.setdefault(each.measure.department or NOBODY, []).append(each)
    return dict(sorted(cells.items()))


def _line(each: Owing, look: Look, person: Callable[[str], str]) -> list[str]:
    from opsdesk.cli.scores_text import OWED, cell_sign, said_on

    score = each.score
    if score is None:
        return [each.customer.name, each.measure.name, cell_sign(None, look), "never", "", "", "", "", ""]
    days = (look.today - said_on(score, look)).days
    return [
        each.customer.name,
        each.measure.name,
        cell_sign(score, look),
        f"{days} d ago" if days else "today",
        ", ".join(OWED[part] for part in each.parts),
        person(score.owner),
        score.plan.isoformat() if score.plan else "",
        score.exit,
        score.comment,
    ]


def _whole(each: Owing, desk: Desk, until: datetime) -> dict[str, Any]:
    """`days`: since it was last said, None where it never was. `until`: when the sheet is looked at next."""
    from opsdesk.cli.prep_sheet import meanings
    from opsdesk.cli.scores_text import said_on

    look, score = _look(desk), each.score
    said = said_on(score, look) if score else None
    return {
        "department": each.measure.department,
        "customer": each.customer.handle,
        "name": each.customer.name,
        "measure": each.measure.name,
        "means": dict(meanings(each.measure)),
        "level": each.level,
        "said": said,
        "days": (look.today - said).days if said else None,
        "until": until,
        "why": each.why,
        "owes": each.parts,
        "score": score,
    }


def _put(desk: Desk, found: Sequence[Owing], output: str, separator: str, over: bool) -> None:
    from opsdesk.cli.prep_sheet import to_fill
    from opsdesk.exchange.sheets import MARK, text_rows

    rows = text_rows(to_fill(found, desk), separator)
    if not output:
        write(b"".join(rows))
        return
    from opsdesk.cli.files import keep, place_named

    place = place_named(output)
    keep(place, [MARK, *rows], over=over)
    talk(f"{len(found):,} cell{' is' if len(found) == 1 else 's are'} in {place}: fill in its new levels, then")
    talk(f"opsdesk import scores {place} takes them in.")
