"""`opsdesk import`: tables, sheets and whole desks in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opsdesk.cli.consent import Consent
from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.columns import COLUMNS
from opsdesk.core.errors import Invalid

if TYPE_CHECKING:
    from opsdesk.desk import Desk
    from opsdesk.desk.comparing import Choice
    from opsdesk.desk.intake import Preview, Sheet


PREPARED = "opsdesk prep -o FILE writes a table of scores to be filled"


@click.command("import")
@click.argument("words", nargs=-1, required=True, metavar="[KIND] FILE")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken in.")
@click.option("--yes", is_flag=True, help="Ask nothing: take in what can be, and leave out the lines that cannot.")
@click.option("--theirs", is_flag=True, help="What others changed since the export stays theirs.")
@click.option("--mine", is_flag=True, help="What was changed in the sheet counts, also where others changed the same.")
@click.option("--json", "as_json", is_flag=True, help="What becomes of each row, as JSON.")
@click.pass_obj
def take(
    wiring: Wiring, words: tuple[str, ...], dry_run: bool, yes: bool, theirs: bool, mine: bool, as_json: bool
) -> None:
    """Takes in people, customers, actions or scores from a table; or what export wrote.

    FILE is a table of people, customers, actions or scores (CSV with , ; or tab), such as `opsdesk prep --csv` writes,
    then KIND says which; or a sheet of any KIND that `opsdesk export --csv` wrote, or a folder of them: rows that
    differ change their records, rows without an id are new, records without a row stay; or the document of `opsdesk
    export --json`, into an empty desk. - reads standard input.

    On a terminal it shows what would be taken in, and asks. Elsewhere all of it is taken in, or nothing; with --yes
    lines that cannot be read are named and left out. One `opsdesk undo` takes all of it back.
    """
    from opsdesk.cli.bringing import Brought, bring_sheets, bring_whole, found

    choice = _chosen(theirs, mine)
    kind, name = _named(words)
    what = found(kind, name)
    consent = Consent(yes, asks=not as_json)
    if isinstance(what, Brought):
        bring_sheets(wiring, what, choice, consent, dry_run, as_json)
    elif kind:
        _take_table(wiring, kind, what, consent, dry_run, as_json)
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


def _take_table(wiring: Wiring, kind: str, data: bytes, consent: Consent, dry_run: bool, as_json: bool) -> None:
    from opsdesk.core.counting import counted
    from opsdesk.exchange.tables import read_table

    table = read_table(data)
    if dry_run:
        _try(wiring.looking().intake.preview(kind, table), as_json)
        return
    preview = wiring.change(lambda desk: _taken(desk, kind, table, consent, as_json))
    taken = f"{counted(kind, len(preview.records))} taken in"
    with kept(taken, f"opsdesk list {kind} shows what is there."):
        if not consent.told:
            _tell_reading(preview)
        _show(preview, taken, as_json, done=True)


def _try(preview: Preview, as_json: bool) -> None:
    """Raises Invalid where lines cannot be taken in."""
    from opsdesk.core.counting import counted

    _tell_problems(preview)
    _tell_reading(preview)
    _show(preview, f"{counted(preview.kind, len(preview.records))} would be taken in", as_json, done=False)
    if preview.problems:
        raise Invalid("Some lines cannot be taken in.", "Mend these lines, or leave them out with --yes.")


def _show(preview: Preview, words: str, as_json: bool, *, done: bool) -> None:
    from opsdesk.cli.table_text import first_rows, unsaid, whole

    if as_json:
        write_json(whole(preview, done))
        return
    say(f"{words}{unsaid(preview)}")
    for line in () if done else first_rows(preview):
        say(line)


def _taken(desk: Desk, kind: str, table: Sheet, consent: Consent, as_json: bool) -> Preview:
    """Raises Invalid where nothing may be taken in."""
    from opsdesk.cli.table_text import whole
    from opsdesk.core.counting import counted

    preview = desk.intake.preview(kind, table)
    many = counted(kind, len(preview.records))
    try:
        consent.need(
            lambda asking: _propose(preview, f"{many} would be taken in" if asking else ""),
            good=len(preview.records),
            refused=len(preview.problems),
            words=f"Take in {many}",
        )
    except Invalid:
        if as_json:
            write_json(whole(preview, False))
        raise
    desk.intake.take(preview, leave_out=True)
    return preview


def _propose(preview: Preview, words: str) -> None:
    """What is asked about, in these words, and which lines are refused; nothing of it is data yet."""
    from opsdesk.cli.table_text import first_rows, unsaid

    _tell_reading(preview)
    if words:
        talk(f"{words}{unsaid(preview)}")
    for line in first_rows(preview) if words else ():
        talk(line)
    _tell_problems(preview)


def _tell_problems(preview: Preview) -> None:
    for line, problem in preview.problems:
        talk(f"line {line}: {problem}")


def _tell_reading(preview: Preview) -> None:
    """What was made of the first line, where that may not be what was meant."""
    known = ", ".join(COLUMNS[preview.kind])
    if preview.ignored:
        talk(f"Not used: {', '.join(preview.ignored)}. Known columns are {known}.")
    if not (preview.records or preview.problems or preview.unsaid or preview.again):
        what = PREPARED if preview.kind == "scores" else f"a table of {preview.kind} has a line of headings, of {known}"
        talk(f"There is nothing in it: {what}; opsdesk import --help says what else comes in.")
    if preview.taken_for:
        talk(f"No column is known: each line is taken for {preview.taken_for}. Known columns are {known}.")
