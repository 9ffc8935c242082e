"""What `opsdesk import` brings back of an export: sheets of records, or a whole desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from opsdesk.cli.bringing_text import counted, told
from opsdesk.cli.consent import NOTHING, Consent
from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.pace import paced
from opsdesk.cli.wiring import Wiring
from opsdesk.core.columns import COLUMNS
from opsdesk.core.counting import called
from opsdesk.core.errors import Invalid
from opsdesk.core.kinds import OWN, shapes
from opsdesk.core.record import Record
from opsdesk.core.settings import Settings
from opsdesk.core.spreadsheets import ORDERS
from opsdesk.exchange.sheets import Sheet, ignored, read_sheet, rows

if TYPE_CHECKING:
    from opsdesk.core.brought import Brought as Row
    from opsdesk.desk import Desk
    from opsdesk.desk.bringing import Preview
    from opsdesk.desk.comparing import Choice

SHOWN = 20


class Brought(msgspec.Struct, frozen=True):
    """The sheets that were named, each with its kind."""

    sheets: tuple[tuple[type[Record], Sheet], ...]


def found(kind: str, name: str) -> Brought | bytes:
    """The sheets in the file or folder of this name; else the bytes of what is a table of the kind, or a document.

    Raises Invalid for what is neither, click's usage error where it cannot be opened.
    """
    from opsdesk.exchange.whole import is_document

    if name != "-" and Path(name).is_dir():
        return Brought(_in_folder(Path(name), kind))
    data = _bytes(name)
    if not kind and is_document(data):
        return data
    sheet = read_sheet(data)
    if sheet is not None:
        return Brought(((shapes()[kind] if kind else _shape(name, sheet), sheet),))
    if kind in COLUMNS:
        return data
    if kind:
        raise Invalid(f"{name} has no columns id and rev.", f"Take a sheet that `opsdesk export --csv {kind}` wrote.")
    raise Invalid(f"{name} is nothing that export wrote.", "For a table of your own say of what: import people FILE.")


def _bytes(name: str) -> bytes:
    with click.File("rb").convert(name, None, click.get_current_context()) as file:
        data: bytes = file.read()
    return data


def _in_folder(folder: Path, kind: str) -> tuple[tuple[type[Record], Sheet], ...]:
    names = [kind] if kind else list(shapes())
    files = {name: folder / f"{name}.csv" for name in names}
    sheets = {name: read_sheet(_bytes(str(file))) for name, file in files.items() if file.is_file()}
    missing = next((name for name, sheet in sheets.items() if sheet is None), "")
    if missing:
        raise Invalid(f"{files[missing]} has no columns id and rev.", "Take sheets that `opsdesk export --csv` wrote.")
    if not sheets:
        raise Invalid(f"{folder} holds no sheets.", f"They are named by their kinds: {files[names[0]].name} and so on.")
    return tuple((shapes()[name], sheet) for name, sheet in sheets.items() if sheet is not None)


def _shape(name: str, sheet: Sheet) -> type[Record]:
    """The kind that the file is named by, else that of the first id in it."""
    from opsdesk.cli.fields import shape_of

    named = shapes().get(Path(name).stem.lower())
    first = next((row.id for row in rows(sheet, OWN[0], Settings()) if row.id), "")
    if named is None and not first:
        raise Invalid(f"{name} does not say of what kind its rows are.", "Say it: opsdesk import KIND FILE.")
    return named or shape_of(first)


def bring_sheets(
    wiring: Wiring, brought: Brought, choice: Choice, consent: Consent, dry_run: bool, as_json: bool
) -> None:
    for shape, sheet in brought.sheets:
        unused = ignored(sheet, shape)
        if unused:
            talk(f"Not used: {', '.join(unused)}. The fields of {shape.kind} are {', '.join(shape.__struct_fields__)}.")
    if dry_run:
        preview = _preview(wiring.looking(), brought, choice)
        _show(preview, as_json, done=False)
        if preview.refused:
            _tell_refused(preview)
            raise Invalid(NOTHING, _hint(preview, choice))
        return
    preview = wiring.change(lambda desk: _taken(desk, brought, choice, consent, as_json))
    with kept("It was taken in", "opsdesk undo takes it back."):
        _show(preview, as_json, done=True)
    if preview.records:
        talk("opsdesk undo takes all of it back.")


def _preview(desk: Desk, brought: Brought, choice: Choice) -> Preview:
    guessed: list[str] = []
    read = [
        (shape, paced(_noting(rows(sheet, shape, desk.settings), guessed), f"rows of {called(shape.kind, 2)}"))
        for shape, sheet in brought.sheets
    ]
    preview = desk.bringing.preview(read, choice)
    if guessed:
        talk(f"Dates are read {ORDERS[desk.settings.date_order]}, as the settings say: {guessed[0]}.")
    return preview


def _noting(found: Iterable[Row], guessed: list[str]) -> Iterator[Row]:
    """The same rows; the first date that could be another one is noted."""
    for row in found:
        if row.guessed and not guessed:
            guessed.append(row.guessed)
        yield row


def _taken(desk: Desk, brought: Brought, choice: Choice, consent: Consent, as_json: bool) -> Preview:
    """Raises Invalid where nothing may be taken in."""
    preview = _preview(desk, brought, choice)
    try:
        consent.need(
            lambda asking: _propose(preview, asking),
            good=len(preview.records),
            refused=len(preview.refused),
            words="Take this in",
            hint=(_hint(preview, choice), _hint(preview, choice)),
        )
    except Invalid:
        if as_json:
            _show(preview, as_json, done=False)
        raise
    desk.bringing.take(preview, lambda records: paced(records, "records"), leave_out=True)
    return preview


def _propose(preview: Preview, asking: bool) -> None:
    """What is asked about, and which rows are refused; nothing of it is data yet."""
    if asking:
        for kind, counts in preview.counts.items():
            talk(f"{kind}: {counted(counts)}")
        _tell(talk, [told(line) for line in preview.lines if line.becomes != "refused"])
    _tell_refused(preview)


def _show(preview: Preview, as_json: bool, *, done: bool) -> None:
    if as_json:
        write_json({"taken": done, "counts": preview.counts, "lines": preview.lines})
        return
    for kind, counts in preview.counts.items():
        say(f"{kind}: {counted(counts)}")
    kept_lines = [line for line in preview.lines if line.becomes != "refused"] if not done else []
    _tell(say, [told(line) for line in kept_lines])


def _tell(tell: Callable[[str], None], lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        tell(line)
    if len(lines) > SHOWN:
        tell(f"… and {len(lines) - SHOWN:,} more")


def _tell_refused(preview: Preview) -> None:
    _tell(talk, [f"{line.kind} line {line.line}: {line.why}" for line in preview.refused])


def _hint(preview: Preview, choice: Choice) -> str:
    """What to do with rows that cannot be taken in."""
    fought = any(line.conflict for line in preview.refused) and not choice
    left_out = " --yes leaves them out." if preview.records else ""
    options = " --theirs leaves what others have set since, --mine puts the sheet's over it." if fought else ""
    return f"Mend these rows or take them out, and import again.{left_out}{options}{_elsewhere(preview)}"


def _elsewhere(preview: Preview) -> str:
    """Where no row was made from a record of this desk, what brings them in all the same."""
    kinds = {line.kind for line in preview.refused if line.kind in COLUMNS}
    if preview.records or len(kinds) != 1 or not all(line.foreign for line in preview.refused):
        return ""
    return (
        " If they were exported from another desk, take the columns id and rev out:"
        f" opsdesk import {kinds.pop()} FILE takes in the rest as a table."
    )


def bring_whole(wiring: Wiring, data: bytes, dry_run: bool, as_json: bool) -> None:
    """Everything of a desk into a folder that holds none yet, or an empty one."""
    from opsdesk.cli.placing import placed, refuse_used
    from opsdesk.exchange.whole import read_whole
    from opsdesk.store.memory import MemoryStore

    whole = read_whole(data)
    refuse_used(wiring, whole)
    MemoryStore().take_over(paced(whole.journal(), "entries of the journal"), whole.records())
    if not dry_run:
        with placed(wiring.folder, whole):
            wiring.desk().bringing.whole(paced(whole.journal(), "entries of the journal"), whole.records())
    if as_json:
        write_json({"taken": not dry_run, "counts": whole.counts})
        return
    done = "would be brought back" if dry_run else "brought back"
    for kind, many in whole.counts.items():
        say(f"{kind}: {many:,} {done}")
