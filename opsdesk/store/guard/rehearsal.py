"""What a repair would do: all of it, but into a folder that goes again."""

from __future__ import annotations

from pathlib import Path

from opsdesk.core.guard import Repair, Told, silent
from opsdesk.store.faults import Spoken
from opsdesk.store.guard.aside import aside, scratch
from opsdesk.store.guard.check import begun, everything
from opsdesk.store.guard.look import Look
from opsdesk.store.guard.mend import Mended
from opsdesk.store.guard.places import unfinished
from opsdesk.store.guard.repair import need_folder, refuse, refuse_nothing, unmended, written
from opsdesk.store.guard.salvage import Salvage


def rehearse(folder: Path, told: Told = silent) -> Repair:
    """From the same files and the same copies as the repair itself. Writes nothing into the desk's folder.

    Names no folder with the files as they were. Raises as repair.
    """
    need_folder(folder)
    with Spoken(str(folder)), aside(folder) as place:
        looked = Look(place, told, keep=True)
        found = (*begun(folder), *everything(looked, told))
        if not any(finding.grave for finding in found):
            return Repair(findings_after=found)
        refuse(folder, looked)
        mended = Mended(Salvage(looked, folder, unfinished(folder), told))
        refuse_nothing(folder, mended)
        if mended.same():
            return unmended(found)
        with scratch(folder) as made:
            return written(made, mended, folder, "", told)
