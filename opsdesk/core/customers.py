"""The customers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar

from msgspec import Meta

from opsdesk.core.record import Handle, Record, Text


class Customer(Record, frozen=True, kw_only=True):
    """Named everywhere by `handle`, which never changes. `revenue`: per year, in the company's currency."""

    kind: ClassVar[str] = "customers"
    prefix: ClassVar[str] = "C"
    by_hand: ClassVar[tuple[str, ...]] = ("name", "owner", "since", "onboarding", "revenue")
    instead: ClassVar[Mapping[str, str]] = {
        "handle": "a handle never changes: everything names it",
        "active": "use opsdesk retire, or retire --back",
        "left": "use opsdesk retire, or retire --back",
    }
    handle: Annotated[Handle, Meta(title="Handle", min_length=1)]
    name: Annotated[Text, Meta(title="Name", min_length=1)]
    owner: Annotated[Handle, Meta(title="Owner")] = ""
    since: Annotated[date | None, Meta(title="Customer since")] = None
    onboarding: Annotated[bool, Meta(title="Onboarding")] = False
    revenue: Annotated[float, Meta(title="Revenue", ge=0)] = 0
    active: Annotated[bool, Meta(title="Active")] = True
    left: Annotated[date | None, Meta(title="Customer until")] = None

    @property
    def live(self) -> bool:
        return self.active
