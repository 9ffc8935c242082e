"""The customer page as a value: what stands on it, in which order, and who may read what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import json

from opsdesk.core.audience import Before
from opsdesk.core.customerpage import NONE, TITLES, CustomerPage, PageLine, PartName
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.register import Look
from opsdesk.desk import Desk
from opsdesk.insight.customer_page import customer_page
from tests.clock import Clock
from tests.ui import secrets
from tests.ui.desks import company

TEAM, COMPANY = Before(), Before(audience="company")
CALL = Before(audience="customer", customer="globex")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    return company(clock)


def page(desk: Desk, room: Before = TEAM, handle: str = "globex") -> CustomerPage:
    (customer,) = desk.read.where(Customer, handle=handle)
    return customer_page(desk.read, customer, Look(desk.now(), desk.settings), room)


def lines(found: CustomerPage, name: PartName) -> list[tuple[str, str, str]]:
    """(id, weight, reason) of each."""
    return [(line.id, line.weight, line.reason) for line in found.part(name).lines]


def only(found: CustomerPage, name: PartName) -> PageLine:
    (line,) = found.part(name).lines
    return line


def fill(desk: Desk, clock: Clock) -> None:
    """Something in every part."""
    add = desk.registers.add
    clock.forward(days=-20)
    desk.scores.set("globex", "Support", "red", "two answers came late", owner="ana")
    add("incidents", "Import stopped #globex sev:3 started:yesterday resolved:today")
    desk.actions.done(desk.actions.capture("Send the export @tom #globex +7d !").id)
    late = desk.actions.capture("Fix the labels @tom #globex +2d !")
    desk.actions.redate(late.id, desk.today() + timedelta(days=30), "the test data came late")
    clock.forward(days=20)
    desk.actions.capture("Update the contract @sue #globex fri")
    add("incidents", "Login slow #globex #acme sev:2", workaround="Use the app")
    add("deliveries", "New dashboard #globex @ed tomorrow")
    add("escalations", "Their CIO wrote #globex @sue", exit="two quiet weeks", risk=40_000)
    add("problems", "Labels print twice #globex @tom", workaround="print them one by one")
    add("known-issues", "Search is slow #globex", workaround="search by number")
    add("tickets", "Cannot print #globex @ana number:4711")
    add("contacts", "Lena Ortiz #globex role:CIO phone:+49-30-1 last:yesterday")
    add("side-channel", "when is it ready #globex @tom 2h chat")
    add("requirements", "Export to PDF #globex @ed")


def test_everything_that_any_department_knows_stands_on_it_in_the_order_of_use(desk: Desk, clock: Clock) -> None:
    fill(desk, clock)
    found = page(desk)
    assert [part.name for part in found.parts] == list(TITLES)
    empty = [part.name for part in found.parts if part.empty]
    assert empty == ["discussed"]
    assert found.nothing == "Never discussed."
    assert only(found, "now").id == "I-2"
    assert only(found, "people").text == "Lena Ortiz  +49-30-1"
    assert only(found, "people").reason == "CIO · spoken with yesterday"
    assert only(found, "tickets").text == "4711 Cannot print"
    assert only(found, "problems").said == ("workaround: print them one by one",)
    assert only(found, "issues").said == ("workaround: search by number",)
    assert only(found, "escalations").said == ("over when two quiet weeks · 40,000 a year at risk",)
    assert only(found, "requests").owner == "Tom Reyes"
    assert found.part("requests").summary == "2 h in 30 days"
    assert only(found, "requirements").reason == "asked"
    assert only(found, "actions").reason == "due Fri 27 Nov"
    assert only(found, "deliveries").weight == "orange"


def test_what_hits_them_now_comes_with_what_may_be_said_once_it_is_approved(desk: Desk) -> None:
    desk.registers.add("incidents", "Login slow #globex sev:2", workaround="Use the app")
    line = only(page(desk), "now")
    assert line.reason == "SEV-2 investigating · since 15:00 (0 min) · next update in 30 min"
    assert line.said == ("nothing is approved to be said of it yet", "workaround: Use the app")
    desk.incidents.talk("I-1", {"known": "yes", "affected": "the EU", "doing": "rolling back"})
    assert "rolling back" not in " ".join(only(page(desk), "now").said)
    desk.incidents.approve("I-1")
    said = only(page(desk), "now").said
    assert said[0] == "Do we know of it: yes"
    assert "Next update at: 15:30" in said
    assert said[-1].startswith("Do not say: no time by which it is mended")


def test_an_outage_that_names_nobody_hits_everybody_and_that_of_another_does_not(desk: Desk) -> None:
    desk.registers.add("incidents", "All is down sev:1")
    desk.registers.add("incidents", "Theirs #acme sev:1")
    assert [line.id for line in page(desk).part("now").lines] == ["I-1"]


def test_flags_tell_dwell_reviews_why_exit_plan_and_owner(desk: Desk, clock: Clock) -> None:
    clock.forward(days=-12)
    desk.scores.set("globex", "Delivery", "orange", "a date is in danger")
    clock.forward(days=2)
    desk.scores.set("globex", "Delivery", "red", "the date is broken", owner="tom", exit="shipped")
    desk.scores.set("globex", "Product", "green")
    clock.forward(days=10)
    found = page(desk)
    line = only(found, "flags")
    assert line.text == "Delivery: the date is broken"
    assert line.reason == "red 10 d, open 12 d, not discussed yet"
    assert (line.owner, line.weight) == ("Tom Reyes", "red")
    assert line.said == ("over when shipped · owes a plan",)
    assert found.part("flags").summary == "green Product · unknown Support, Relationship, Commercial"
    assert (found.level, found.computed, found.override) == ("red", "red", None)
    assert found.share == pytest.approx(0.4)
    assert found.trend[-1] == 2
    assert len(found.trend) == 12


def test_what_is_owed_of_a_new_red_flag_says_by_when(desk: Desk) -> None:
    desk.scores.set("globex", "Delivery", "red", "the date is broken")
    assert only(page(desk), "flags").said == ("owes an owner, an exit criterion, a plan by Wed 25 Nov",)


def test_a_customer_that_nobody_has_scored_says_so(desk: Desk) -> None:
    found = page(desk)
    assert (found.level, found.trend) == ("unknown", ())
    assert found.part("flags").summary == "nobody has scored it yet"


def test_an_override_stands_beside_the_computed_level_until_its_last_day(desk: Desk, clock: Clock) -> None:
    desk.scores.set("globex", "Delivery", "red", "the date is broken")
    desk.scores.override("globex", "green", "they signed", date(2026, 11, 27))
    found = page(desk)
    assert (found.level, found.computed) == ("green", "red")
    assert found.override is not None
    assert (found.override.by, found.override.why, found.override.until) == (
        "Sue Park",
        "they signed",
        date(2026, 11, 27),
    )
    clock.forward(days=4)
    assert page(desk).override is not None
    clock.forward(days=1)
    assert (page(desk).level, page(desk).override) == ("red", None)


def test_promises_are_broken_by_their_first_date_and_kept_ones_are_counted(desk: Desk, clock: Clock) -> None:
    clock.forward(days=-20)
    kept = desk.actions.capture("Kept @tom #globex +7d !")
    late = desk.actions.capture("Broken @tom #globex +2d !")
    desk.actions.done(kept.id)
    desk.actions.redate(late.id, desk.today() + timedelta(days=21), "the test data came late")
    clock.forward(days=20)
    today = desk.actions.capture("Due now @tom #globex today !")
    found = page(desk)
    assert lines(found, "promises") == [
        (late.id, "red", "promise broken Thu 5 Nov, now tomorrow"),
        (today.id, "orange", "promised for today"),
    ]
    assert found.part("promises").summary == "kept 1 of 2 in 8 weeks (50 %); late: the test data came late (1)"


def test_open_actions_tell_who_is_waited_for_and_that_nobody_may_be_late(desk: Desk, clock: Clock) -> None:
    clock.forward(days=-9)
    first = desk.actions.capture("Overdue @tom #globex +2d")
    clock.forward(days=9)
    second = desk.actions.capture("Waits @sue #globex fri")
    desk.actions.wait(second.id, "ana")
    assert lines(page(desk), "actions") == [
        (first.id, "red", "overdue 7 days"),
        (second.id, "none", "due Fri 27 Nov · waits on Ana Lima"),
    ]


def test_incidents_of_90_days_stand_with_their_uptime(desk: Desk) -> None:
    desk.registers.add("incidents", "Import stopped #globex sev:3 started:2026-11-20T10:00 resolved:2026-11-20T12:00")
    desk.registers.add("incidents", "Long ago #globex sev:3 started:2026-08-01T10:00 resolved:2026-08-01T12:00")
    found = page(desk)
    assert lines(found, "incidents") == [("I-1", "none", "SEV-3 down for 2 h · 3 days ago")]
    assert found.part("incidents").summary == "up 99.907 % raw, 99.907 % standard"


def test_when_it_was_discussed_last_and_for_how_long(desk: Desk, clock: Clock) -> None:
    call = desk.meetings.start("customer-status-call", customer="globex")
    clock.forward(minutes=12)
    desk.meetings.close(call.id)
    clock.forward(days=3)
    assert page(desk).part("discussed").summary == "3 days ago · 12 min in 12 weeks"
    assert page(desk, handle="acme").nothing.endswith("never discussed, no requirements.")


def test_empty_parts_fold_into_one_line(desk: Desk) -> None:
    found = page(desk)
    folded = [NONE[part.name] for part in found.parts if part.empty]
    assert len(folded) == 13
    assert found.nothing == f"No outage, {', '.join(folded[1:])}."


def test_the_newest_of_what_was_kept_stands_first_for_the_customer(desk: Desk, clock: Clock) -> None:
    clock.forward(days=-9)
    ids = [desk.actions.capture(f"Done {n} @tom #globex +{n}d !").id for n in (3, 5, 1)]
    for id in ids:
        clock.forward(days=2)
        desk.actions.done(id)
    clock.forward(days=3)
    assert lines(page(desk, CALL), "promises") == [
        (ids[2], "none", "done Fri 20 Nov, promised for Sun 15 Nov"),
        (ids[1], "green", "kept: done Wed 18 Nov"),
        (ids[0], "green", "kept: done Mon 16 Nov"),
    ]


# who may read what


def test_the_customer_reads_promises_deliveries_incidents_and_requirements_and_no_judgement(
    desk: Desk, clock: Clock
) -> None:
    fill(desk, clock)
    desk.scores.override("globex", "green", "they signed", date(2026, 11, 27))
    found = page(desk, CALL)
    assert [part.name for part in found.parts] == ["now", "promises", "deliveries", "incidents", "requirements"]
    assert (found.level, found.computed, found.override, found.owner, found.revenue) == ("", "", None, "", 0)
    assert (found.share, found.trend) == (None, ())
    told = json.encode(found).decode()
    for word in ("Tom", "Sue", "Ana", "Ed", "acme", "Acme", "SEV", "CIO", "test data", "nobody", "workaround", "%"):
        assert word not in told, word
    weights = {name: [line.weight for line in found.part(name).lines] for name in ("deliveries", "requirements")}
    assert weights == {"deliveries": ["none"], "requirements": ["none"]}
    kept = [line for line in found.part("promises").lines if line.weight == "green"]
    assert [line.reason for line in kept] == ["kept: done Tue 3 Nov"]


def test_only_the_customer_of_the_call_has_a_page(desk: Desk) -> None:
    for room in (Before(audience="customer", customer="acme"), Before(audience="customer")):
        with pytest.raises(Invalid, match="not to be shown"):
            page(desk, room)


def test_nothing_of_another_customer_and_nothing_internal_is_on_a_customers_page() -> None:
    made = secrets.full()
    found = page(made, Before(audience="customer", customer=secrets.OURS), secrets.OURS)
    shown = [line for part in found.parts for line in part.lines]
    assert len(shown) >= 10
    assert any(line.text == "withheld" for line in shown)
    assert secrets.told(json.encode(found).decode()) == []
    assert secrets.told(json.encode(page(made, handle=secrets.OURS)).decode())


def test_the_company_reads_what_is_not_the_teams_alone_and_of_no_single_person(desk: Desk, clock: Clock) -> None:
    fill(desk, clock)
    waits = desk.actions.capture("Waits @sue #globex fri")
    desk.actions.wait(waits.id, "ana")
    found = page(desk, COMPANY)
    assert [part.name for part in found.parts] == [
        "now",
        "flags",
        "promises",
        "deliveries",
        "actions",
        "issues",
        "incidents",
        "requirements",
    ]
    assert only(found, "flags").owner == ""
    assert found.part("promises").summary == "kept 1 of 2 in 8 weeks (50 %)"
    assert "waits on somebody" in " ".join(line.reason for line in found.part("actions").lines)
    assert found.revenue == 0


def test_hostile_words_are_words(desk: Desk) -> None:
    desk.actions.capture("[EMEA] Ünïcode 日本 [/x] \u202e \x1b[31m @tom #emea fri")
    found = page(desk, handle="emea")
    assert found.name == "[EMEA] 日本物流"
    assert only(found, "actions").text == "[EMEA] Ünïcode 日本 [/x] [31m"
