"""The boards of the registers: the most harmful first, each line with its reason, conflicts named where they hit."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.boards.clauses import Clause, brief_of, length
from opsdesk.boards.words import BRIEF
from opsdesk.core.actions import Slip
from opsdesk.core.register import Look
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.announcements import Announcement
from opsdesk.core.registers.bugs import Bug
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident, Informed
from opsdesk.core.registers.known_issues import KnownIssue
from opsdesk.core.registers.maintenance import REGISTER as MAINTENANCE
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.registers.requirements import Requirement
from opsdesk.core.settings import RAW, STANDARD, Policy, Settings
from tests.boards.company import action, at, day, item, lines, run, shown
from tests.clock import START

LOGIN = Component(id="K-1", handle="login", name="Login", owner="sue")


def ago(**parts: float) -> Any:
    return START - timedelta(**parts)


def ahead(**parts: float) -> Any:
    return START + timedelta(**parts)


def incident(id: str, **more: Any) -> Incident:
    fields = {
        "title": f"Incident {id}",
        "started": ago(minutes=70),
        "detected": ago(minutes=70),
        "owner": "tom",
        **more,
    }
    return Incident(id=id, **fields)


def window(id: str, **more: Any) -> Maintenance:
    fields = {"title": f"Window {id}", "starts": ahead(hours=18), "ends": ahead(hours=20), "announced": START, **more}
    return Maintenance(id=id, **fields)


def delivery(id: str, **more: Any) -> Delivery:
    return Delivery(id=id, **{"title": f"Delivery {id}", "customer": "globex", "owner": "tom", **more})


def away(id: str, person: str, starts: int, ends: int, **more: Any) -> Absence:
    return Absence(id=id, person=person, starts=day(starts), ends=day(ends), **more)


def test_outages_stand_with_how_long_and_when_the_next_update_was_due_the_worst_first() -> None:
    found = lines(
        "outages",
        incident("I-1", sev=4, state="identified", acknowledged=ago(minutes=60)),
        incident("I-2", sev=2, next_update=ago(minutes=20), informed=(Informed(who="Sales", at=START),)),
        incident("I-3", sev=1, owner="", customers=("globex", "initech"), next_update=ahead(minutes=10)),
    )
    assert shown(found) == [
        (
            "I-3",
            "nobody told yet, investigating, SEV-1 for 1 h 10 min, next update 15:10, nobody owns it, hits 2 customers",
        ),
        (
            "I-2",
            "Program Management and Support not told, investigating, SEV-2 for 1 h 10 min, next update was due 14:40",
        ),
        ("I-1", "nobody told yet, identified, SEV-4 for 1 h 10 min"),
    ]
    assert [line.brief for line in found] == [
        "nobody told yet, SEV-1",
        "2 not told, investigating",
        "nobody told yet, SEV-4",
    ]
    assert [(line.weight, line.owner, line.customer) for line in found] == [
        ("red", "", "Globex +1"),
        ("red", "Tom Reyes", ""),
        ("orange", "Tom Reyes", ""),
    ]


def test_the_section_of_outages_says_who_has_not_been_told() -> None:
    told = tuple(Informed(who=who, at=START) for who in ("Support", "Program Management"))
    sales = Informed(who="Sales", at=START)
    state: dict[str, Any] = {"sev": 2, "state": "identified", "acknowledged": START}
    hits = ("globex", "initech", "hooli", "umbrella")
    found = lines(
        "outages",
        incident("I-1", informed=told, customers=hits, **state),
        incident("I-2", informed=(*told, sales), **state),
    )
    assert [line.brief for line in found] == ["Sales not told, identified", "all told, identified"]
    assert [line.customer for line in found] == ["Globex +3", ""]
    assert found[0].reason == "Sales not told, identified, SEV-2 for 1 h 10 min, hits 4 customers"
    (burning,) = lines("burning", incident("I-1", informed=told, **state))
    assert burning.reason == "SEV-2 for 1 h 10 min, identified"


def test_of_one_severity_what_nobody_has_taken_up_stands_first() -> None:
    taken: dict[str, Any] = {"sev": 1, "state": "identified", "acknowledged": START, "customers": ("globex", "initech")}
    found = lines("outages", incident("I-1", **taken), incident("I-2", sev=1, owner=""), incident("I-3", sev=1))
    assert [line.id for line in found] == ["I-2", "I-3", "I-1"]


def test_many_customers_of_long_names_are_counted() -> None:
    (line,) = lines("outages", incident("I-1", customers=("logistics", "globex", "initech")))
    assert line.customer == "3 customers"


def test_outages_resolved_since_the_last_run_stand_last_and_older_ones_not() -> None:
    over = {"state": "resolved", "acknowledged": at(-2), "mitigated": at(-2)}
    found = lines(
        "outages",
        run("M-1", 41, -3),
        incident("I-1", started=at(-4), detected=at(-4), resolved=at(-2, 14), **over),
        incident("I-2", started=at(-9), detected=at(-9), resolved=at(-8), **over),
        incident("I-3", sev=3),
    )
    assert [(line.id, line.weight) for line in found] == [("I-3", "orange"), ("I-1", "green")]
    assert found[1].reason == "resolved Sat 14:00, SEV-2 for 2 days"


def test_maintenance_says_when_and_who_is_not_told() -> None:
    found = lines(
        "maintenance",
        window("W-1", customers=("a", "b", "c", "d", "e"), told=("a", "b", "c")),
        window("W-2", starts=ago(hours=3), ends=ago(minutes=40), state="running"),
        window("W-3", starts=None, ends=None, announced=None),
        window("W-4", starts=ago(minutes=5), ends=ahead(hours=1), risk="high"),
        window("W-5", state="done", ended=START),
        window("W-6", starts=ahead(hours=49), ends=ahead(hours=50), customers=("a", "b"), told=("a",)),
    )
    assert shown(found) == [
        ("W-2", "past its window by 40 min"),
        ("W-1", "maintenance in 18 h, 2 of 5 customers not told"),
        ("W-4", "should have begun 5 min ago, high risk"),
        ("W-6", "maintenance in 2 days, 1 of 2 customers not told"),
        ("W-3", "no window yet, not announced"),
    ]
    assert found[1].brief == "in 18 h, 2 of 5 not told"
    assert [line.weight for line in found] == ["red", "red", "orange", "orange", "none"]


def test_maintenance_that_was_moved_says_that_nobody_knows_yet() -> None:
    found = lines(
        "maintenance",
        window("W-1", customers=("a", "b"), announced=None, moved=START),
        window("W-2", announced=None, moved=START),
    )
    assert shown(found) == [
        ("W-1", "maintenance in 18 h, moved, 2 of 2 customers not told again"),
        ("W-2", "maintenance in 18 h, moved, not announced again"),
    ]


def test_who_is_not_told_of_maintenance_is_red_within_the_notice_that_a_policy_asks_for() -> None:
    near = window("W-1", starts=ahead(hours=48), ends=ahead(hours=49), customers=("a",))
    weigh = partial(MAINTENANCE.weight, near)
    short, counts = Policy(name="short", notice_hours=24), Policy(name="all", maintenance="counts", notice_hours=72)
    for sla, weight in (
        ((STANDARD,), "red"),
        ((short, STANDARD), "red"),
        ((short, counts), "orange"),
        ((RAW,), "orange"),
    ):
        assert weigh(Look(START, Settings(sla=sla))) == weight
    assert MAINTENANCE.weight(replace(near, told=("a",)), Look(START, Settings())) == "none"


def test_a_conflict_is_named_on_the_line_of_the_window_and_on_what_it_runs_into() -> None:
    records = (
        window("W-1", components=("login",)),
        incident("I-1", sev=1, components=("login",), informed=(Informed(who="Sales", at=START),)),
        Release(id="RL-1", version="2.4", planned=day(1)),
        away("AB-1", "sue", 1, 2),
        LOGIN,
    )
    (held,) = lines("maintenance", *records)
    assert held.reason.startswith("maintenance in 18 h, I-1 (SEV-1) is open on login, ")
    assert "Sue Park, who owns Login, is away from Tue 24 Nov to Wed 25 Nov, and nobody covers" in held.reason
    assert "release 2.4 is planned for Tue 24 Nov" in held.reason
    assert (held.weight, held.brief) == ("red", "in 18 h, conflict: I-1")
    (hit,) = lines("outages", *records)
    assert (
        hit.reason
        == "Program Management and Support not told, investigating, SEV-1 for 1 h 10 min, conflicts with W-1 Window W-1"
    )
    (out,) = lines("releases", *records)
    assert out.reason == "planned for tomorrow, conflicts with W-1 Window W-1"
    assert (out.weight, out.brief) == ("orange", "tomorrow, conflict: W-1")
    assert "conflicts with W-1 Window W-1" in lines("staffing", *records)[0].reason


def test_before_the_company_a_conflict_names_no_person() -> None:
    records = (window("W-1", components=("login",)), away("AB-1", "sue", 1, 2), LOGIN)
    (held,) = lines("maintenance", *records, audience="company")
    assert held.reason == "maintenance in 18 h"


def test_delays_say_how_far_past_the_promise_and_whether_the_customer_knows() -> None:
    soon = {"promised": day(5), "planned": day(5)}
    found = lines(
        "delays",
        delivery("DL-1", **soon, forecast=day(9)),
        delivery("DL-2", **soon, forecast=day(9), told=day(9), slips=(Slip(was=day(5), at=START),)),
        delivery("DL-3", promised=day(-3)),
        delivery("DL-4", promised=day(-3), forecast=day(4), owner=""),
        delivery("DL-5", promised=day(1)),
        delivery("DL-6", promised=day(20)),
        action("A-1", -9, customer="globex"),
    )
    assert shown(found) == [
        ("DL-4", "promise broken Fri 20 Nov, forecast Fri 27 Nov, the customer does not know, nobody owns it"),
        ("DL-3", "promise broken Fri 20 Nov, no new date"),
        ("A-1", "overdue 9 d"),
        ("DL-1", "forecast 4 days after the promise, the customer does not know"),
        ("DL-2", "forecast 4 days after the promise, the customer knows, moved 1×"),
        ("DL-5", "promised for tomorrow"),
    ]
    assert [found[0].brief, found[3].brief] == ["broken Fri, now 27 Nov", "4 d past promise, not told"]


def test_what_burns_begins_with_major_incidents_and_has_the_deliveries_past_their_promise() -> None:
    found = lines(
        "burning",
        incident("I-1", sev=2),
        incident("I-2", sev=3),
        delivery("DL-1", promised=day(-3)),
        delivery("DL-2", promised=day(1)),
        action("A-1", -1, promise=True),
        action("A-2", -9),
    )
    assert [line.id for line in found] == ["I-1", "DL-1", "A-1", "A-2"]


def test_staffing_says_who_is_away_and_what_nobody_covers_beside_the_load() -> None:
    found = lines(
        "staffing",
        away("AB-1", "tom", -1, 4),
        away("AB-2", "ana", 2, 3, cover="sue"),
        away("AB-3", "sue", 20, 25),
        away("AB-4", "tom", -2, 0, what="on call"),
        incident("I-1", owner="tom"),
        Component(id="K-1", handle="mail", name="Mail", owner="tom"),
        *(action(f"A-{n}", 1, owner="sue", state="started", started=at(-n)) for n in range(1, 6)),
    )
    assert [(line.id, line.text, line.weight) for line in found] == [
        ("AB-1", "Tom Reyes away", "red"),
        ("AB-4", "Tom Reyes on call", "red"),
        ("P-1", "Sue Park", "red"),
        ("AB-2", "Ana Lima away", "none"),
        ("P-3", "Ana Lima", "none"),
    ]
    reasons = {line.id: line.reason for line in found}
    assert reasons["AB-1"] == (
        "away until Fri, on call today and nobody else is, I-1 is theirs, nobody covers: component Mail"
    )
    assert reasons["AB-4"] == "on call today, but away, nobody is on call today and 6 more days"
    assert reasons["AB-2"] == "away from Wed to Thu, Sue Park covers"
    briefs = {line.id: line.brief for line in found}
    assert (briefs["AB-1"], briefs["AB-4"]) == ("until Fri, none on call", "today, none on call today")
    assert {line.owner for line in found} == {""}  # the line itself begins with the name


def test_who_stands_in_has_the_duty_too_and_a_gap_stands_on_the_duty_before_it() -> None:
    found = lines(
        "staffing",
        away("AB-1", "tom", 0, 1, cover="sue"),
        away("AB-2", "tom", -2, 2, what="on call"),
        away("AB-3", "ana", 3, 3),
    )
    reasons = {line.id: (line.reason, line.weight) for line in found if line.id.startswith("AB")}
    assert reasons == {
        "AB-1": ("away until tomorrow, Sue Park covers", "none"),
        "AB-2": ("on call until Wed, nobody is on call Thu and 3 more days", "orange"),
        "AB-3": ("away Thu, nobody covers", "orange"),
    }


def test_what_nobody_covers_is_said_in_the_order_of_harm() -> None:
    line, *_ = lines(
        "staffing",
        away("AB-1", "tom", 0, 4),
        action("A-1", 2, owner="tom", promise=True),
        action("A-2", 2, owner="tom"),
        action("A-3", 9, owner="tom", promise=True),
        delivery("DL-1", promised=day(4)),
        Component(id="K-1", handle="mail", name="Mail", owner="tom"),
        Environment(id="E-1", name="staging", holder="tom"),
        Environment(id="E-2", name="load test", holder="sue"),
    )
    assert line.reason == "away until Fri, nobody covers: 2 promises due, component Mail, environment staging"
    assert (line.brief, line.weight) == ("until Fri, 2 promises due", "orange")


def test_several_incidents_of_one_who_is_away_are_theirs() -> None:
    line, *_ = lines("staffing", away("AB-1", "tom", 0, 0), *(incident(f"I-{n}") for n in (1, 2, 3)))
    assert line.reason == "away today, I-1, I-2 and I-3 are theirs, nobody covers"
    assert (line.weight, line.id) == ("red", "AB-1")


def test_where_nobody_is_ever_on_call_nobody_misses_it() -> None:
    line, *_ = lines("staffing", away("AB-1", "tom", 0, 0))
    assert (line.reason, line.weight) == ("away today, nobody covers", "orange")


def test_who_is_away_is_for_the_team_alone() -> None:
    records = (away("AB-1", "tom", 0, 4), away("AB-2", "sue", 0, 4, what="on call"))
    assert lines("staffing", *records, audience="company") == []
    assert lines("staffing", *records, audience="customer", customer="globex") == []


def test_requirements_say_when_they_are_due_and_who_lacks() -> None:
    found = lines(
        "requirements",
        Requirement(id="RQ-1", title="Logs", due=day(4), owner="tom", state="started"),
        Requirement(id="RQ-2", title="Alarms", due=day(-3)),
        Requirement(id="RQ-3", title="Access", state="met"),
        Requirement(id="RQ-4", title="Backups", owner="sue", state="agreed"),
    )
    assert shown(found) == [
        ("RQ-2", "overdue 3 d, nobody owns it, not agreed yet"),
        ("RQ-1", "due Fri 27 Nov, started"),
        ("RQ-4", "no date, agreed, not started"),
    ]


def test_releases_that_were_taken_back_or_missed_their_day_come_first() -> None:
    found = lines(
        "releases",
        Release(id="RL-1", version="2.5", planned=day(1)),
        Release(id="RL-2", version="2.4", planned=day(-3), slips=(Slip(was=day(-9), at=START),)),
        Release(id="RL-3", version="2.3", actual=day(-1), state="taken back", why="login broke"),
        Release(id="RL-4", version="2.2", actual=day(-9), state="released"),
    )
    assert shown(found) == [
        ("RL-3", "taken back: login broke"),
        ("RL-2", "was planned for Fri 20 Nov, moved 1×"),
        ("RL-1", "planned for tomorrow"),
    ]


def test_known_issues_without_a_workaround_come_first() -> None:
    found = lines(
        "known-issues",
        KnownIssue(id="KI-1", title="Umlauts", workaround="type ae", customers=("globex",), fix="RL-1"),
        KnownIssue(id="KI-2", title="Slow", customers=("globex", "initech")),
    )
    assert [line.brief for line in found] == ["hits 2, no workaround", "hits 1, workaround"]
    assert shown(found) == [
        ("KI-2", "hits 2 customers, no workaround, no fix scheduled"),
        ("KI-1", "hits 1 customer, there is a workaround, fix comes with RL-1"),
    ]


def test_bugs_say_how_bad_and_what_came_back() -> None:
    found = lines(
        "bugs",
        Bug(id="B-1", title="Total", severity=3),
        Bug(id="B-2", title="Login", severity=2, reopened=2, found_by="customer"),
    )
    assert shown(found) == [
        ("B-2", "severity 2, came back 2×, found by a customer in production, open"),
        ("B-1", "severity 3, found in production, open"),
    ]
    assert found[0].brief == "sev 2, came back 2×, open"
    (fixed,) = lines("bugs", Bug(id="B-3", title="Tax", severity=2, state="fixed"))
    assert fixed.reason == "fixed, severity 2, found in production, not closed yet"
    assert fixed.brief == "fixed, sev 2"


def test_environments_say_who_holds_them_since_when_and_how_far_past_their_time() -> None:
    found = lines(
        "environments",
        Environment(id="E-1", name="dev"),
        Environment(id="E-2", name="staging", holder="tom", since=day(-7), until=day(-1)),
        Environment(id="E-3", name="test", state="broken", why="disk full"),
        Environment(id="E-4", name="demo", holder="ana", since=day(-1), until=day(2)),
    )
    assert shown(found) == [
        ("E-3", "broken: disk full, nobody holds it"),
        ("E-2", "held by Tom Reyes since 16 Nov, 1 day past Sun 22 Nov"),
        ("E-4", "held by Ana Lima since Sun, until Wed 25 Nov"),
        ("E-1", "free"),
    ]
    (held,) = lines("environments", *_held(), audience="company")
    assert (held.reason, held.owner) == ("held since Sun, until Wed 25 Nov", "")


def _held() -> tuple[Environment, ...]:
    return (Environment(id="E-4", name="demo", holder="ana", since=day(-1), until=day(2)),)


def test_a_kind_without_words_of_its_own_says_what_its_register_says() -> None:
    (line,) = lines("announcements", Announcement(id="AN-1", text="Party", until=day(1), state="published"))
    assert line.reason == "published, for the company, until tomorrow"


@pytest.mark.parametrize("board", ["outages", "maintenance", "requirements", "releases", "known-issues", "bugs"])
def test_a_register_board_keeps_what_its_section_asked_for_and_carried_over(board: str) -> None:
    here = {"agenda": "daily-operations-sync", "section": "Burning issues"}
    found = lines(board, action("A-1", -2, **here), item("T-1"))
    assert [line.id for line in found] == ["A-1", "T-1"]


def test_a_brief_holds_as_many_clauses_as_fit_and_is_cut_where_none_does() -> None:
    assert brief_of([Clause("x" * 20), Clause("y" * 20), Clause("zz")]) == f"{'x' * 20}, zz"
    assert brief_of([Clause("x" * 90)]) == f"{'x' * (BRIEF - 1)}…"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (59, "59 min"), (60, "1 h"), (70, "1 h 10 min"), (400, "6 h"), (2879, "47 h"), (2880, "2 days")],
)
def test_how_long_it_lasts(minutes: int, said: str) -> None:
    assert length(ago(minutes=minutes), START) == said
