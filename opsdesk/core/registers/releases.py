"""Releases: what comes out when, and what had to be taken back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta
from msgspec.structs import replace

from opsdesk.core.actions import Slip
from opsdesk.core.record import Text
from opsdesk.core.register import Look, Register, Registered, Verb, Weight, Who, give
from opsdesk.core.slips import explained
from opsdesk.core.spans import away, named

State = Literal["planned", "released", "taken back", "cancelled"]
COMING = ("planned", "taken back")


class Release(Registered, frozen=True, kw_only=True):
    """`slips`: the dates it was planned for before."""

    kind: ClassVar[str] = "releases"
    prefix: ClassVar[str] = "RL"
    states: ClassVar = {"planned": (), "released": ("actual",), "taken back": ("actual",), "cancelled": ()}
    closed: ClassVar = ("released", "cancelled")
    together: ClassVar = (("state", "why", "actual"), ("planned", "slips"))
    version: Annotated[Text, Meta(title="Version", min_length=1)]
    planned: Annotated[date | None, Meta(title="Planned")] = None
    actual: Annotated[date | None, Meta(title="Released")] = None
    contents: Annotated[Text, Meta(title="Contents")] = ""
    owner: Annotated[Who, Meta(title="Owner")] = ""
    slips: Annotated[tuple[Slip, ...], Meta(title="Slips")] = ()
    state: Annotated[State, Meta(title="State")] = "planned"


def slipped(before: Release, after: Release, look: Look, by: str) -> Release:
    """The date before stays on record; the same date again says why the last one did not stay."""
    if before.planned == after.planned and after.slips and after.why not in ("", before.why):
        return replace(after, slips=explained(after.slips, after.why), why=before.why)
    if before.planned is None or before.planned == after.planned:
        return after
    return replace(after, slips=(*after.slips, Slip(was=before.planned, at=look.now, why=after.why)), why=before.why)


def order(release: Release, look: Look) -> tuple[Any, ...]:
    when = release.actual or release.planned
    day = when.toordinal() if when else date.max.toordinal()
    return (not release.live, release.state != "taken back", day if release.live else -day)


def reason(release: Release, look: Look) -> str:
    """As in "planned for yesterday · moved 2 ×"."""
    moved = f"moved {len(release.slips)} ×" if release.slips else ""
    if release.state == "planned":
        when = f"planned for {named(release.planned, look.today)}" if release.planned else "no date"
        return " · ".join(filter(None, [when, moved]))
    since = f" {away(release.actual, look.today)}" if release.actual and release.state == "released" else ""
    return " · ".join(filter(None, [f"{release.state}{since}", release.why]))


def weight(release: Release, look: Look) -> Weight:
    if release.state == "taken back":
        return "red"
    missed = release.state == "planned" and release.planned is not None and release.planned < look.today
    return "orange" if missed else "none"


REGISTER = Register(
    shape=Release,
    one="release",
    title="Releases",
    text="version",
    owner="owner",
    day="planned",
    columns=("version", "state", "planned", "actual", "owner", "contents"),
    kept=("state", "why", "planned", "slips"),
    ahead=("planned",),
    verbs=(
        Verb(
            id="release",
            label="Released",
            key="x",
            frm=("planned",),
            to="released",
            stamps=("actual",),
            asks=("why", "actual"),
        ),
        Verb(
            id="move",
            label="Move",
            key="t",
            frm=("planned",),
            asks=("why", "planned"),
            needs=("planned",),
            then=slipped,
        ),
        Verb(
            id="plan",
            label="Plan again",
            key="t",
            frm=("taken back",),
            to="planned",
            clears=("actual",),
            asks=("why", "planned"),
            needs=("planned",),
            then=slipped,
        ),
        Verb(
            id="take-back",
            label="Take back",
            key="delete",
            frm=("released",),
            to="taken back",
            asks=("why",),
            needs=("why",),
        ),
        Verb(id="cancel", label="Cancel", key="delete", frm=COMING, to="cancelled", asks=("why",), needs=("why",)),
        Verb(
            id="reopen",
            label="Plan again",
            frm=("released", "taken back", "cancelled"),
            to="planned",
            clears=("actual",),
        ),
        give(frm=COMING),
    ),
    means_nothing={
        "start": "A release is out or it is not: x says that it is.",
        "wait": "A release waits for nobody: t moves it.",
    },
    order=order,
    reason=reason,
    weight=weight,
    open_to="company",
)
