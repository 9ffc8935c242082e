"""`opsdesk check`, `opsdesk backup` and `opsdesk restore`: a desk's own files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from opsdesk.cli import guard_text as text
from opsdesk.cli.addressing import here
from opsdesk.cli.files import file_or_folder
from opsdesk.cli.guarding import guard, is_demo, on_network
from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.pace import progress
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.text import clean

if TYPE_CHECKING:
    from opsdesk.core.copies import Exchange
    from opsdesk.core.guard import Finding, Repair

FILE = click.Path(path_type=Path, readable=False)


@click.command()
@click.option("--repair", is_flag=True, help="Bring back what can be brought back, after a copy of everything.")
@click.option("--dry-run", is_flag=True, help="With --repair: only say what it would do.")
@click.option("--json", "as_json", is_flag=True, help="What was found, or was done, as JSON.")
@click.pass_obj
def check(wiring: Wiring, repair: bool, dry_run: bool, as_json: bool) -> None:
    """Looks through the desk's files for damage; exit 1 if anything is lost or wrong.

    Checksums, the journal against the records, and what they refer to. Desks may stay open.
    """
    if dry_run and not repair:
        raise click.UsageError("--dry-run goes with --repair: a check alone changes nothing.")
    _need(wiring)
    _warn_of_network(wiring)
    if repair:
        _repair(wiring, dry_run, as_json)
    else:
        _check(wiring, as_json)


def _check(wiring: Wiring, as_json: bool) -> None:
    with progress() as told:
        found = guard(wiring).check(told)
    looked = guard(wiring).look()
    if as_json:
        write_json({"desk": str(wiring.folder), "looked_at": looked, "whole": _whole(found), "findings": found})
    else:
        _say(text.findings(found))
        if _whole(found):
            say(text.all_is_well(looked, found))
    if not _whole(found):
        for line in text.cure(found):
            talk(line)
        sys.exit(1)


def _repair(wiring: Wiring, dry_run: bool, as_json: bool) -> None:
    with progress() as told:
        done = guard(wiring).rehearse(told) if dry_run else guard(wiring).repair(told)
    told_so = f"The files as they were are in {done.backup}" if done.backup else "Nothing was changed"
    with kept(told_so, "`opsdesk check` shows how the desk is now."):
        if as_json:
            write_json(done)
        else:
            _tell_repair(wiring, done, dry_run)
    if not done.whole:
        sys.exit(1)


def _tell_repair(wiring: Wiring, done: Repair, dry_run: bool) -> None:
    _say(text.repaired(done, dry_run))
    if not (done.backup or done.restored or done.cut or done.findings_after):
        say(text.all_is_well(guard(wiring).look(), ()))


def _whole(found: Sequence[Finding]) -> bool:
    return not any(finding.grave for finding in found)


@click.command()
@click.argument("name", metavar="FILE")
@click.option("--force", is_flag=True, help="Replace the file that is there.")
@click.option("--json", "as_json", is_flag=True, help="What is in the copy, as JSON.")
@click.pass_obj
def backup(wiring: Wiring, name: str, force: bool, as_json: bool) -> None:
    """Copies the desk into one file, also while desks are open, and checks the copy before it counts.

    Where FILE is a folder the copy gets a name with the time in it.
    """
    _need(wiring)
    file = file_or_folder(name)
    with progress() as told:
        made = guard(wiring).backup(file, over=force, told=told)
    with kept(f"The copy is {made.file}", "`opsdesk restore` with its name shows what is in it."):
        if as_json:
            write_json(made)
        else:
            _say([f"{made.file}: {text.contents(made, text.zone(wiring))}."])


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--yes", is_flag=True, help="Do it without asking, as a script must.")
@click.option("--json", "as_json", is_flag=True, help="The list, or what is exchanged, as JSON.")
@click.pass_obj
def restore(wiring: Wiring, file: Path | None, yes: bool, as_json: bool) -> None:
    """Puts a backup in the place of the desk; the desk as it is now is kept. Without FILE: lists what there is.

    FILE is a copy that backup made, or the name of one in the list.
    """
    if file is None:
        _list(wiring, as_json)
        return
    source = _found(wiring, file)
    seen = None if yes else _ask(wiring, source, as_json).present
    with progress() as told:
        done = guard(wiring).restore(source, told)
    with kept("The desk is restored", "`opsdesk restore` lists what was there before."):
        if as_json:
            write_json(done)
        else:
            for line in text.restored(done, text.zone(wiring), seen):
                talk(line)


def _list(wiring: Wiring, as_json: bool) -> None:
    with progress() as told:
        found = guard(wiring).copies(told)
    if as_json:
        write_json(found)
    elif found:
        _say(text.table(found, text.zone(wiring)))
        talk(f"They are in {wiring.engine.backups}. opsdesk restore NAME shows what one would bring back, and asks.")
    else:
        talk(text.no_copies(demo=is_demo(wiring)))


def _found(wiring: Wiring, file: Path) -> Path:
    """The file that is named; else, for a bare name, the one in the list."""
    listed = wiring.engine.backups / file.name
    return listed if not file.exists() and file.name == str(file) and listed.is_file() else file


def _ask(wiring: Wiring, source: Path, as_json: bool) -> Exchange:
    """What was agreed to. Raises Invalid where the answer is no, or nobody is there to give one."""
    with progress() as told:
        would = guard(wiring).compare(source, told)
    if as_json:
        write_json(would)
    else:
        for line in text.preview(would, text.zone(wiring)):
            talk(line)
    if as_json or not _somebody_is_there():
        raise Invalid("Nothing was restored.", "Add --yes to do it.")
    if not click.confirm("Restore it?", err=True):
        raise Invalid("Nothing was restored.")
    return would


def _say(lines: Iterable[str]) -> None:
    """What a damaged file or a copy from elsewhere holds may be anything."""
    for line in lines:
        say(clean(here(line)))


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _need(wiring: Wiring) -> None:
    if not wiring.made:
        option = f" --desk {wiring.chosen}" if wiring.chosen else ""
        hint = f"opsdesk{option} restore FILE puts a backup there."
        raise NotFound(f"There is no desk at {wiring.folder}.", hint)


def _warn_of_network(wiring: Wiring) -> None:
    warning = on_network(wiring)
    if warning:
        talk(warning)
