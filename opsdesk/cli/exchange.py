"""`opsdesk import`: tables, sheets and whole desks in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.columns import COLUMNS
from opsdesk.core.errors import Invalid

if TYPE_CHECKING:
    from opsdesk.desk import Desk
    from opsdesk.desk.comparing import Choice
    from opsdesk.desk.intake import Preview, Sheet


@click.command("import")
@click.argument("words", nargs=-1, required=True, metavar="[KIND] FILE")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken in.")
@click.option("--theirs", is_flag=True, help="What others changed since the export stays theirs.")
@click.option("--mine", is_flag=True, help="What was changed in the sheet counts, also where others changed the same.")
@click.option("--json", "as_json", is_flag=True, help="What becomes of each row, as JSON.")
@click.pass_obj
def take(wiring: Wiring, words: tuple[str, ...], dry_run: bool, theirs: bool, mine: bool, as_json: bool) -> None:
    """Takes in people, customers or actions from a table; or what export wrote.

    FILE is a table of people, customers or actions (CSV with , ; or tab), then KIND says which; or a sheet of any KIND
    that `opsdesk export --csv` wrote, or a folder of them: rows that differ change their records, rows without an id
    are new, records without a row stay; or the document of `opsdesk export --json`, into an empty desk. - reads
    standard input. All of it is taken in, or nothing.
    """
    from opsdesk.cli.bringing import Brought, bring_sheets, bring_whole, found

    choice = _chosen(theirs, mine)
    kind, name = _named(words)
    what = found(kind, name)
    if isinstance(what, Brought):
        bring_sheets(wiring, what, choice, dry_run, as_json)
    elif kind:
        _take_table(wiring, kind, what, dry_run, as_json)
    else:
        bring_whole(wiring, what, dry_run, as_json)


def _chosen(theirs: bool, mine: bool) -> Choice:
    if theirs and mine:
        raise click.UsageError("Say --theirs or --mine: only one of them can count.")
    return "theirs" if theirs else "mine" if mine else ""


def _named(words: tuple[str, ...]) -> tuple[str, str]:
    from opsdesk.core.kinds import shapes

    if len(words) > 2:
        raise click.UsageError("Name one KIND and one FILE.")
    kind = words[0].lower() if len(words) == 2 else ""
    kinds = list(shapes())
    if kind and kind not in kinds:
        raise click.UsageError(f"{words[0]!r} is no kind; there are {', '.join(kinds)}.")
    return kind, words[-1]


def _take_table(wiring: Wiring, kind: str, data: bytes, dry_run: bool, as_json: bool) -> None:
    from opsdesk.core.counting import counted
    from opsdesk.exchange.tables import read_table

    table = read_table(data)
    if dry_run:
        preview = _previewed(wiring.looking(), kind, table, as_json)
        _show(preview, f"{counted(kind, len(preview.records))} would be taken in", as_json, rows=True)
        return
    preview = wiring.change(lambda desk: _taken(desk, kind, table, as_json))
    taken = f"{counted(kind, len(preview.records))} taken in"
    with kept(taken, f"opsdesk list {kind} shows what is there."):
        _show(preview, taken, as_json, rows=False)


def _show(preview: Preview, words: str, as_json: bool, *, rows: bool) -> None:
    from opsdesk.cli.table_text import first_rows, whole

    _tell_reading(preview)
    if as_json:
        write_json(whole(preview))
        return
    say(words)
    for line in first_rows(preview) if rows else ():
        say(line)


def _taken(desk: Desk, kind: str, table: Sheet, as_json: bool) -> Preview:
    preview = _previewed(desk, kind, table, as_json)
    desk.intake.take(preview)
    return preview


def _previewed(desk: Desk, kind: str, table: Sheet, as_json: bool) -> Preview:
    """Raises Invalid where a line cannot be taken in, and tells each of them."""
    preview = desk.intake.preview(kind, table)
    if not preview.problems:
        return preview
    if as_json:
        from opsdesk.cli.table_text import whole

        write_json(whole(preview))
    for line, problem in preview.problems:
        talk(f"line {line}: {problem}")
    _tell_reading(preview)
    raise Invalid("Nothing was taken in.", "Mend these lines and import again.")


def _tell_reading(preview: Preview) -> None:
    """What was made of the first line, where that may not be what was meant."""
    known = ", ".join(COLUMNS[preview.kind])
    if preview.ignored:
        talk(f"Not used: {', '.join(preview.ignored)}. Known columns are {known}.")
    if preview.taken_for:
        talk(f"No column is known: each line is taken for {preview.taken_for}. Known columns are {known}.")
