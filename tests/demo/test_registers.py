"""The registers of the demo company: a history that can be believed, and something on the table in every section."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from opsdesk.core.registers import registers
from opsdesk.core.registers.bugs import Bug
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.registers.known_issues import KnownIssue
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.desk import Desk
from tests.demo.company import days_away, table


def test_every_register_has_a_history(desk: Desk) -> None:
    count = {kind: len(desk.read.all(register.shape)) for kind, register in registers().items()}
    assert min(count[kind] for kind in count if kind != "overrides") >= 4, count
    assert 12 <= count["incidents"] <= 14
    settled = {kind for kind, each in registers().items() if any(not r.live for r in desk.read.all(each.shape))}
    assert settled >= {"incidents", "maintenance", "deliveries", "releases", "requirements", "known-issues", "bugs"}


def test_major_incidents_were_told_and_sales_was_last(desk: Desk) -> None:
    majors = [each for each in desk.read.all(Incident) if each.major]
    assert [(each.sev, each.state) for each in majors] == [(1, "resolved"), (2, "resolved"), (2, "identified")]
    assert all(max(each.informed, key=lambda told: told.at).who == "Sales" for each in majors)
    assert all(desk.read.where(TimelineEntry, about=each.id, what="update") for each in majors)


def test_components_have_owners_and_what_was_agreed(desk: Desk) -> None:
    parts = {part.handle: part for part in desk.read.all(Component)}
    assert all(part.owner and 99 < part.slo < 100 for part in parts.values())
    assert all(each in parts for part in parts.values() for each in part.depends)
    assert {part for incident in desk.read.all(Incident) for part in incident.components} <= set(parts)


def test_a_window_is_tomorrow_and_two_of_five_customers_do_not_know(desk: Desk) -> None:
    window = next(each for each in desk.read.live(Maintenance) if each.title == "Database upgrade")
    assert window.starts
    assert window.starts.date() == desk.today() + timedelta(days=1)
    assert set(window.customers) - set(window.told) == {"umbrella", "initech"}
    overran = [each for each in desk.read.all(Maintenance) if each.ended and each.ends and each.ended > each.ends]
    assert [each.result for each in overran] == ["40 minutes late: one carrier refused the new certificate"]


def test_windows_run_into_an_absence_and_a_release(desk: Desk) -> None:
    reasons = [line.reason for line in table(desk, "daily-operations-sync", "Planned maintenance")]
    assert any("Mia Chen, who owns Article search, is away" in reason for reason in reasons)
    assert any("release 4.12 is planned for" in reason for reason in reasons)


def test_deliveries_were_kept_and_slipped_and_one_passes_its_promise(desk: Desk) -> None:
    kept = [each for each in desk.read.all(Delivery) if each.delivered and each.promised]
    assert {(each.delivered or each.promised) > each.promised for each in kept if each.promised} == {True, False}
    ahead = [each for each in desk.read.live(Delivery) if each.promised and each.promised > desk.today()]
    late = [each for each in ahead if each.forecast and each.promised and each.forecast > each.promised]
    assert [(each.title, each.customer) for each in late] == [("Returns module", "wayne")]
    assert Counter(len(each.slips) for each in desk.read.live(Delivery))[3] == 1


def test_a_release_goes_out_tomorrow_and_another_has_slipped_twice(desk: Desk) -> None:
    coming = {each.version: each for each in desk.read.live(Release)}
    assert coming["4.12"].planned == desk.today() + timedelta(days=1)
    assert [slip.why for slip in coming["4.12"].slips] == ["the slot planner needs one more week of tests"]
    assert len(coming["Scanner app 2.3"].slips) == 2
    assert coming["Carrier rates of the month"].state == "taken back"


def test_a_bug_that_a_customer_found_came_back_twice(desk: Desk) -> None:
    bug = next(each for each in desk.read.live(Bug) if each.reopened)
    assert (bug.title, bug.found_by, bug.reopened) == ("Tax is off by a cent on split invoices", "customer", 2)


def test_known_issues_have_workarounds_but_one(desk: Desk) -> None:
    bare = [each.title for each in desk.read.live(KnownIssue) if not each.workaround]
    assert bare == ["Invoices since the rate update carry wrong freight"]
    fixes = [each.fix for each in desk.read.live(KnownIssue) if each.fix]
    assert [desk.read.get(Release, fix).version for fix in fixes] == ["4.13"]


def test_staging_is_held_past_its_time_by_somebody_who_is_away(desk: Desk) -> None:
    staging = next(each for each in desk.read.all(Environment) if each.name == "staging")
    assert staging.overheld(desk.today())
    assert (staging.holder, desk.today()) in set(days_away(desk))
