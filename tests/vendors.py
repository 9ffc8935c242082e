"""One more register, as anybody may add one: one file, and nothing else."""

from __future__ import annotations

VENDORS = '''
"""Third-party tools: who looks after them, and what they cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from opsdesk.core.record import Text
from opsdesk.core.register import Register, Registered, Verb, Who


class Vendor(Registered, frozen=True, kw_only=True):
    kind: ClassVar[str] = "vendors"
    prefix: ClassVar[str] = "VD"
    states: ClassVar = {"used": (), "ended": ("ended",)}
    closed: ClassVar = ("ended",)
    together: ClassVar = (("state", "why", "ended"),)
    name: Annotated[Text, Meta(title="Name", min_length=1)]
    owner: Annotated[Who, Meta(title="Owner")] = ""
    renewal: Annotated[date | None, Meta(title="Renewal")] = None
    cost: Annotated[float, Meta(title="Cost", ge=0)] = 0
    ended: Annotated[date | None, Meta(title="Ended")] = None
    state: Annotated[Literal["used", "ended"], Meta(title="State")] = "used"


REGISTER = Register(
    shape=Vendor,
    one="vendor",
    title="Vendors",
    text="name",
    owner="owner",
    day="renewal",
    columns=("name", "state", "owner", "renewal", "cost"),
    kept=("state", "why"),
    verbs=(Verb(id="end", label="End", frm=("used",), to="ended", stamps=("ended",), asks=("why",), needs=("why",)),),
)
'''
