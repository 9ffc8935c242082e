"""Brings back what can be brought back, after a copy of everything."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import json
from msgspec.structs import replace

from opsdesk.core.consistency import REPAIR
from opsdesk.core.errors import NotFound, Unavailable
from opsdesk.core.guard import Finding, Repair, Told, silent
from opsdesk.store import connections, schema
from opsdesk.store.days import BACKUPS
from opsdesk.store.engine import DOC, ENTRY
from opsdesk.store.faults import Spoken
from opsdesk.store.files import NAME
from opsdesk.store.guard.aside import TRIES, State, aside, at_one_moment, state
from opsdesk.store.guard.check import begun, everything
from opsdesk.store.guard.copying import put
from opsdesk.store.guard.hold import held, shut
from opsdesk.store.guard.log import applied
from opsdesk.store.guard.look import Look
from opsdesk.store.guard.losses import in_full, sentences
from opsdesk.store.guard.mend import Mended
from opsdesk.store.guard.places import CUT, FILES, alone, backups, stamp, unfinished
from opsdesk.store.guard.salvage import Salvage
from opsdesk.store.keeping import PRIVATE, sync

WORK = ".repair-"


def repair(folder: Path, told: Told = silent) -> Repair:
    """Touches nothing where nothing is amiss, or nothing of it can be mended.

    Killed at any instant it leaves the desk as it was or as it will be. Raises NotFound; Unavailable where a newer
    desk or no desk at all is there, a disk fails or is full, desks write or another repair runs: the desk is then as
    it was.
    """
    need_folder(folder)
    with Spoken(str(folder), writes=True):
        with aside(folder) as place:
            looked = Look(place, silent)
            found = (*begun(folder), *everything(looked, told))
        if not any(finding.grave for finding in found):
            return Repair(findings_after=found)
        refuse(folder, looked)
        with alone(folder):
            return _repaired(folder, found, told)


def need_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise NotFound(f"There is no desk at {folder}.", "Name its folder with --desk.")


def refuse(folder: Path, looked: Look) -> None:
    if looked.refused:
        worst = next(each for each in looked.findings if each.place in ("file", "format"))
        raise Unavailable(f"{folder / NAME}: {worst.what}", worst.hint)


def _repaired(folder: Path, found: tuple[Finding, ...], told: Told) -> Repair:
    for left in folder.glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
    earlier = unfinished(folder)
    for _ in range(TRIES):
        kept, seen = _keep(folder)
        job = Job(folder, kept, seen, earlier, told)
        try:
            with held(folder):
                if state(folder) == seen:
                    return job.done() or unmended(found)
        finally:
            if not job.began:
                shutil.rmtree(kept, ignore_errors=True)
    raise _written_meanwhile(folder)


def _written_meanwhile(folder: Path) -> Unavailable:
    return Unavailable(f"The desk was written to during its repair: {folder}.", "Nothing was changed; try again.")


class Job:
    """One repair, while nobody writes: from the copy in `kept` of files that were as `seen`."""

    def __init__(self, folder: Path, kept: Path, seen: State, earlier: Sequence[Path], told: Told) -> None:
        self.folder, self.kept, self.seen, self.earlier, self.told = folder, kept, seen, earlier, told
        self.began = False

    def done(self) -> Repair | None:
        """None where nothing can be mended."""
        looked = Look(self.kept, self.told, keep=True)
        mended = Mended(Salvage(looked, self.folder, self.earlier, self.told))
        refuse_nothing(self.folder, mended)
        if mended.same():
            return None
        with tempfile.TemporaryDirectory(dir=self.folder, prefix=WORK) as name:
            made = written(Path(name), mended, self.folder, str(self.kept), self.told)
            _keep_cut(self.kept, mended, made)
            if state(self.folder) != self.seen:
                raise _written_meanwhile(self.folder)
            self.began = True
            try:
                _exchange(self.folder, Path(name) / NAME, looked)
            except FileExistsError:
                self.began = False
                raise _written_meanwhile(self.folder) from None
        _finish(self.kept, self.earlier)
        return made


def _keep(folder: Path) -> tuple[Path, State]:
    """The files byte for byte, complete on the disk before anything is changed; and what they were like."""
    name = f"before-repair-{stamp()}"
    taken = len(list(backups(folder).glob(f"{name}*")))
    place = folder / BACKUPS / (f"{name}-{taken + 1}" if taken else name)
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        part.mkdir(mode=0o700)
        seen = at_one_moment(folder, part)
        if seen is None:
            raise _written_meanwhile(folder)
        for file in part.iterdir():
            file.chmod(PRIVATE)
            sync(file)
        sync(part)
        part.rename(place)
        sync(place.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return place, seen


def refuse_nothing(folder: Path, mended: Mended) -> None:
    if not mended.entries and not mended.docs:
        what = f"Nothing of a desk is found in {folder}, not even in its backups."
        raise Unavailable(what, "Nothing was changed; put a copy in its place with `opsdesk restore FILE`.")


def written(place: Path, mended: Mended, folder: Path, kept: str, told: Told) -> Repair:
    """The new file, on the disk, and what is told of it. `folder`: of the desk; `kept`: where the old files are."""
    told("writing the desk anew")
    file = place / NAME
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))
    with closing(connections.connect(str(file))) as db:
        db.execute("pragma journal_mode=off")
        db.execute("pragma synchronous=off")
        schema.make(db)
        db.execute("begin")
        db.executemany(DOC, mended.docs.values())
        db.executemany(ENTRY, mended.entries.values())
        db.executemany("insert or replace into migrated values(?,?)", mended.salvage.migrated)
        db.execute("commit")
    sync(file)
    looked = Look(place, told)
    if not looked.whole or looked.spoiled:
        raise Unavailable(f"The desk could not be written anew: {folder}.", "Nothing was changed; check the disk.")
    after = (*unmended(everything(looked, told)).findings_after, *_uncertain(mended))
    cut = tuple(f"{each.what}: {each.why}" for each in mended.cut)
    return Repair(kept, mended.sentences(), cut, after, tuple(sentences(mended)))


def unmended(found: Sequence[Finding]) -> Repair:
    """What no repair mends, and so does not say that one would."""
    return Repair(findings_after=tuple(replace(each, hint="") if each.hint == REPAIR else each for each in found))


def _keep_cut(kept: Path, mended: Mended, done: Repair) -> None:
    """Beside the copy, all that is not in the new file."""
    part = kept / f".{CUT}"
    told = {"cut": [each._asdict() for each in mended.cut], "lost": in_full(mended), "repair": done}
    part.write_bytes(json.format(json.encode(told)))
    part.chmod(PRIVATE)
    sync(part)


def _uncertain(mended: Mended) -> tuple[Finding, ...]:
    """That the end of the journal may be gone: nothing tells how long it was."""
    if not mended.salvage.open_end:
        return ()
    last = f"entry {mended.last}" if mended.last else "none"
    if mended.history:
        newest = mended.history[-1]
        last += f" ({newest.command} by {newest.by} on {newest.at:%Y-%m-%d} at {newest.at:%H:%M} UTC)"
    what = f"The newest entry that was found is {last}; whether there were later ones cannot be told."
    return (Finding("journal", what, grave=False),)


def _exchange(folder: Path, new: Path, looked: Look) -> None:
    """A log must never meet a file it is not of.

    So what counts in it goes into the old file first: with the log or without, that shows the same. Then the log goes,
    then the new file comes. Whoever comes in between finds a file that is shut, and so begins no log of its own: an
    empty one where there was none. Raises FileExistsError where a desk has been made there meanwhile.
    """
    file, before, whole = folder / NAME, looked.place / NAME, new.with_name("whole.db")
    old = before.read_bytes() if before.exists() else b""
    whole.write_bytes(applied(old, looked.log) if old else b"")
    whole.chmod(PRIVATE)
    sync(whole)
    with shut(whole):
        put(whole, file, over=before.exists())
        for name in FILES[1:]:
            (folder / name).unlink(missing_ok=True)
        sync(folder)
        put(new, file, over=True)


def _finish(kept: Path, earlier: Sequence[Path]) -> None:
    """Marks this repair, and those it has taken up, as ended."""
    (kept / f".{CUT}").rename(kept / CUT)
    sync(kept)
    for place in earlier:
        (place / CUT).write_bytes(json.encode({"continued": kept.name}))
