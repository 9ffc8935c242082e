"""The journal read from its beginning: what the records must be."""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.core.errors import Invalid
from opsdesk.core.journal import Change, Fields, Transaction

Key = tuple[str, str]
"""Kind and id of a record."""


def after(now: Fields | None, change: Change, seq: int) -> Fields | None:
    """The fields after one change. Raises Invalid where they were not as the change says it found them.

    What is not among them was declared later than the record was made.
    """
    before = change.before
    if (
        (before is None) != (now is None)
        or before is change.after is None
        or (before and now and _differs(now, before))
    ):
        raise Invalid(f"Entry {seq} of the journal does not follow from those before it: {change.id}.")
    return None if change.after is None else {**(now or {}), **change.after, "rev": seq}


def _differs(now: Fields, before: Fields) -> bool:
    return any(now.get(name, value) != value for name, value in before.items() if name != "rev")


class Replay:
    """A journal told from its beginning; one that may lack entries as far as it goes, unless `strict`.

    `fields` of every record ever made, None where it was removed, whose number is never given again; `rev` in them is
    the seq that last touched it, as is `touched`. `torn`: the seq of the first entry that did not find it as it says
    it did, because something before it is missing; `seqs`: of all entries. Raises Invalid where strict.
    """

    def __init__(self, history: Iterable[Transaction] = (), *, strict: bool = False) -> None:
        self.strict = strict
        self.fields: dict[Key, Fields | None] = {}
        self.touched: dict[Key, int] = {}
        self.torn: dict[Key, int] = {}
        self.seqs: set[int] = set()
        for entry in history:
            self.take(entry)

    def take(self, entry: Transaction) -> None:
        """The next entry; they come in the order of their seq. Raises Invalid where strict."""
        self.seqs.add(entry.seq)
        for change in entry.changes:
            key = change.kind, change.id
            now = self.fields.get(key)
            try:
                self.fields[key] = after(now, change, entry.seq)
            except Invalid:
                if self.strict:
                    raise
                self.torn.setdefault(key, entry.seq)
                self.fields[key] = None if change.after is None else {**(now or {}), **change.after, "rev": entry.seq}
            self.touched[key] = entry.seq
