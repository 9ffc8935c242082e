"""What is said of a desk's own files: whether they hold what was written, and what a repair did."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

Told = Callable[[str], None]
"""Is told now and then, in a few words, how far long work has come."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that is not as it should be, in one sentence.

    `place` is a record ("A-12"), an entry ("journal 41"), "journal", "file" or "log"; "format" of a desk that a newer
    OpsDesk wrote, which is no damage. `grave`: something is lost or wrong; else it is a remark.
    """

    place: str
    what: str
    grave: bool = True
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.hint}".strip()


class Repair(msgspec.Struct, frozen=True):
    """`backup`: the folder with the damaged files as they were, empty where nothing had to be repaired.

    `restored`, `cut` and `lost` are a sentence each; what was cut lies byte for byte in the backup's `cut.json`, and
    what is lost, as it could not be brought back, is named there in full. `findings_after`: how the desk is then.
    """

    backup: str = ""
    restored: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    findings_after: tuple[Finding, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is lost or wrong."""
        return not self.lost and not any(finding.grave for finding in self.findings_after)


def silent(told: str) -> None:
    """A Told for whom nobody listens."""
