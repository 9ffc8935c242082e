"""Progress: what works now that did not at the last call."""

from __future__ import annotations

from opsdesk.boards.table import Line
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.known_issues import KnownIssue
from opsdesk.core.registers.requirements import Requirement
from tests.boards.company import action, at, day, lines, run, shown

CALL = "customer-status-call"
BOTH = ("initech", "globex")


def incident(id: str, on: int, customers: tuple[str, ...], **more: object) -> Incident:
    moments = {"started": at(on, 9), "detected": at(on, 9), "resolved": at(on)}
    return Incident(id=id, title=f"Outage {id}", sev=2, customers=customers, state="resolved", **moments, **more)


def progress(*, audience: str = "customer") -> list[Line]:
    return lines(
        "progress",
        run("M-1", 3, -7, agenda=CALL, customer="globex"),
        action("A-1", -2, customer="globex", state="done", finished=at(-1), owner="tom"),
        action("A-2", -9, customer="globex", state="done", finished=at(-8)),
        action("A-3", -2, customer="initech", state="done", finished=at(-1)),
        action("A-4", -2, customer="globex", state="dropped", finished=at(-1)),
        Delivery(id="DL-1", title="Go-live", customer="globex", state="delivered", delivered=day(-3)),
        Delivery(id="DL-2", title="Theirs", customer="initech", state="delivered", delivered=day(-3)),
        Requirement(id="RQ-1", title="Pick lists by aisle", customer="globex", state="met", met=day(-2), why="secret"),
        Requirement(id="RQ-2", title="Old", customer="globex", state="met", met=day(-20)),
        Requirement(id="RQ-3", title="Before days were kept", customer="globex", state="met"),
        KnownIssue(id="KI-1", title="Slow", customers=BOTH, state="fixed", fixed=day(-1), why="secret"),
        incident("I-1", -1, BOTH, why="secret"),
        incident("I-2", -1, ("initech",)),
        incident("I-3", -9, ("globex",)),
        agenda=CALL, section="Progress", audience=audience, customer="globex",
    )  # fmt: skip


def test_it_is_what_ended_well_for_this_customer_since_the_last_call() -> None:
    assert shown(progress()) == [
        ("DL-1", "delivered Fri 20 Nov"),
        ("RQ-1", "met Sat 21 Nov"),
        ("KI-1", "fixed Sun 22 Nov"),
        ("I-1", "resolved Sun 22 Nov"),
        ("A-1", "done Sun 22 Nov"),
    ]
    assert {line.weight for line in progress()} == {"green"}


def test_neither_who_else_was_hit_nor_an_inner_reason_stands_on_it() -> None:
    told = repr(progress())
    assert "secret" not in told
    assert "nitech" not in told
    assert "+1" not in told
