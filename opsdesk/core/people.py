"""The people of the company."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text


class Person(Record, frozen=True, kw_only=True):
    """Named everywhere by `handle`, which never changes. `limit`: started items they can carry at once (WIP limit)."""

    kind: ClassVar[str] = "people"
    prefix: ClassVar[str] = "P"
    by_hand: ClassVar[tuple[str, ...]] = ("name", "department", "limit", "email")
    instead: ClassVar[Mapping[str, str]] = {
        "handle": "a handle never changes: everything names it",
        "active": "use opsdesk retire, or retire --back",
    }
    handle: Annotated[Handle, Meta(title="Handle", min_length=1)]
    name: Annotated[Text, Meta(title="Name", min_length=1)]
    department: Annotated[Text, Meta(title="Department")] = ""
    limit: Annotated[int, Meta(title="WIP limit", ge=1, le=100)] = 3
    email: Annotated[Text, Meta(title="Mail")] = ""
    active: Annotated[bool, Meta(title="Active")] = True

    @property
    def live(self) -> bool:
        return self.active
