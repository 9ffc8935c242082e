"""What check, backup and restore say."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.cli.wiring import Wiring
from opsdesk.core.consistency import REPAIR
from opsdesk.core.errors import OpsDeskError

if TYPE_CHECKING:
    from opsdesk.core.copies import Copy, Exchange, Last
    from opsdesk.core.guard import Finding, Repair

NEWER = "format"
UNITS = ("bytes", "kB", "MB", "GB")
ALONE = "Settings, time zone and agendas are files of their own and were left alone."


def zone(wiring: Wiring) -> tzinfo:
    """The company's; UTC where its settings cannot be read, as a damaged desk is told of all the same."""
    from zoneinfo import ZoneInfo

    try:
        return wiring.settings().zone
    except OpsDeskError:
        return ZoneInfo("UTC")


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def amount(copy: Copy) -> str:
    return f"{counted(copy.records, 'record')} and {counted(copy.transactions, 'transaction')}"


def contents(copy: Copy, zone: tzinfo) -> str:
    if copy.problem:
        return copy.problem.rstrip(".")
    return f"{amount(copy)}{f', the last {happened(copy.last, zone)}' if copy.last else ''}"


def happened(last: Last, zone: tzinfo) -> str:
    return f"on {last.at.astimezone(zone):%Y-%m-%d at %H:%M} by {last.by} ({last.command})"


def size(number: int) -> str:
    """In the unit in which it has one to three digits before the point."""
    amount, unit = float(number), 0
    while amount >= 999.5 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:.0f} {UNITS[unit]}" if amount >= 10 or not unit else f"{amount:.1f} {UNITS[unit]}"


# check


def findings(found: Sequence[Finding]) -> Iterator[str]:
    """One line each; what is grave is told by a word, not by a colour. `cure` says once that a repair may help."""
    for finding in found:
        word = "newer" if finding.place == NEWER else "damage" if finding.grave else "remark"
        yield f"{word}  {replace(finding, hint='') if finding.hint == REPAIR else finding}"


def all_is_well(looked: Copy, found: Sequence[Finding]) -> str:
    return f"{amount(looked)}: {'nothing is lost or wrong' if found else 'all is well'}."


def cure(found: Sequence[Finding]) -> Iterator[str]:
    """What mends it, where anything does: each finding that needs something else says so itself."""
    if any(finding.hint == REPAIR for finding in found if finding.grave):
        yield "The desk is damaged: `opsdesk check --repair` keeps the files as they are and mends what can be mended."


def repaired(done: Repair, dry_run: bool) -> Iterator[str]:
    changed = bool(done.restored or done.cut or done.lost)
    if done.backup:
        yield f"The files as they were are in {done.backup}."
    elif dry_run and changed:
        yield "Nothing was changed. A repair would do this, after a copy of the files as they are:"
    yield from (f"restored  {each}" for each in done.restored)
    yield from (f"cut  {each}" for each in done.cut)
    yield from (f"lost  {each}" for each in done.lost)
    yield from (f"{'remains' if each.grave else 'remark'}  {each}" for each in done.findings_after)
    if done.lost and done.backup:
        yield f"What is known to be lost is named in {Path(done.backup) / 'cut.json'}."
    if changed or done.backup:
        yield _state(done, "would be" if dry_run else "is")


def _state(done: Repair, verb: str) -> str:
    if done.whole:
        return f"The desk {verb} whole then."
    if any(finding.grave for finding in done.findings_after):
        return f"The desk {verb} not whole then."
    return f"The desk {verb} sound then, but not whole: what is lost could not be brought back."


# restore


def table(copies: Sequence[Copy], zone: tzinfo) -> list[str]:
    from opsdesk.cli.columns import aligned, room

    headers = ("Name", "Made", "Size", "Records", "Transactions", "The last of them")
    return aligned(headers, [_row(copy, zone) for copy in copies], room())


def _row(copy: Copy, zone: tzinfo) -> list[str]:
    made = f"{copy.made.astimezone(zone):%Y-%m-%d %H:%M}" if copy.made else ""
    if copy.problem:
        return [Path(copy.file).name, made, size(copy.size), "", "", copy.problem]
    last = f"{copy.last.at.astimezone(zone):%Y-%m-%d %H:%M} {copy.last.by}: {copy.last.command}" if copy.last else ""
    return [Path(copy.file).name, made, size(copy.size), f"{copy.records:,}", f"{copy.transactions:,}", last]


def preview(would: Exchange, zone: tzinfo) -> Iterator[str]:
    yield f"{would.back.file}: {contents(would.back, zone)}."
    yield _lost(would, zone)


def _lost(would: Exchange, zone: tzinfo) -> str:
    present = would.present
    if present is None:
        return "There is no desk here now."
    if present.problem:
        return f"{present.problem} What is there would be kept as it is."
    if not would.lost:
        more = f"; {counted(would.gained, 'transaction')} would come back" if would.gained else ""
        return f"Nothing that is in the desk would be lost{more}."
    last = f", the last {happened(present.last, zone)}" if present.last else ""
    more = f"; {would.gained:,} would come back" if would.gained else ""
    return f"The desk would lose {counted(would.lost, 'transaction')} made since{last}{more}. It would be kept first."


def no_copies(*, demo: bool) -> str:
    if demo:
        return "There are no backups here: a demo desk keeps no daily ones. `opsdesk backup FILE` makes one."
    return "There are no backups here yet: one is made on every day on which something is written."


def restored(done: Exchange, zone: tzinfo, seen: Copy | None) -> Iterator[str]:
    """`seen`: the desk that was there when it was asked."""
    yield f"Restored: {contents(done.back, zone)}."
    if done.returns:
        lost = f", with {counted(done.lost, 'transaction')} that the copy lacks," if done.lost else ""
        command = f"opsdesk restore {shlex.quote(done.returns)} --yes"
        yield f"The desk as it was{lost} is kept: `{command}` brings it back."
    elif done.kept:
        yield f"The files that were there are kept in {done.kept}."
    elif seen is not None:
        yield "The desk that was here before was gone by then, so nothing of it could be kept."
    yield ALONE
