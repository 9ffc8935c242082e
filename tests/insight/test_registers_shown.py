"""Which records of registers others than the team may see, and what of them; and that all of them are found."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from opsdesk.core.audience import Before
from opsdesk.core.record import Record
from opsdesk.core.registers import registers
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.announcements import Announcement
from opsdesk.core.registers.bugs import Bug
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.incidents import Incident
from opsdesk.insight.find import find
from opsdesk.insight.shown import may_show, plainly
from tests.boards.company import NAMES, Memory

COMPANY, GLOBEX = Before(audience="company"), Before(audience="customer", customer="globex")
NOBODY = Before(audience="customer")
THEIRS = Delivery(id="DL-1", title="SSO", customer="globex", owner="ana", promised=date(2026, 11, 27), why="ill")


@pytest.mark.parametrize(
    ("record", "customer", "company"),
    [
        (THEIRS, True, True),
        (Delivery(id="DL-2", title="SSO", customer="initech"), False, True),
        (Delivery(id="DL-3", title="SSO"), False, True),
        (Incident(id="I-1", title="Login", customers=("globex",)), True, True),
        (Incident(id="I-2", title="Login", customers=("globex", "initech")), True, True),
        (Incident(id="I-3", title="Login"), False, True),
        (Bug(id="B-1", title="Crash", customers=("globex",)), False, True),
        (Absence(id="AB-1", person="ana"), False, False),
        (Announcement(id="AN-1", text="Closed"), False, True),
        (Announcement(id="AN-2", text="Closed", audience="team"), False, False),
    ],
)
def test_who_may_see_that_a_record_is_there(record: Record, customer: bool, company: bool) -> None:
    assert may_show(record, GLOBEX, Memory()) is customer
    assert may_show(record, COMPANY, Memory()) is company
    assert may_show(record, NOBODY, Memory()) is False
    assert may_show(record, Before(), Memory()) is True


def test_others_read_what_it_is_its_state_and_its_dates_and_no_person_or_reason() -> None:
    told = dict(plainly(THEIRS, UTC))
    assert told == {"What": "SSO", "State": "planned", "Promised": "2026-11-27"}


def test_records_of_registers_are_found_by_their_words_customers_and_state() -> None:
    desk = Memory(*NAMES, THEIRS, Incident(id="I-1", title="Login is slow", customers=("globex", "initech")))
    assert [hit.id for hit in find(desk, "login slow", Before())] == ["I-1"]
    assert [hit.id for hit in find(desk, "#globex sso", Before())] == ["DL-1"]
    assert [hit.id for hit in find(desk, "investigating", Before())] == ["I-1"]
    assert [hit.id for hit in find(desk, "i-1", GLOBEX)] == ["I-1"]
    assert [hit.id for hit in find(desk, "#globex login", GLOBEX)] == ["I-1"]
    assert find(desk, "#initech", GLOBEX) == find(desk, "login #initech", GLOBEX) == []
    (hit,) = find(desk, "sso", GLOBEX)
    assert (hit.text, hit.about) == ("SSO", "delivery planned")


def test_every_register_says_who_may_see_it() -> None:
    inside = {kind for kind, each in registers().items() if each.open_to == "team"}
    judged = {"contacts", "escalations", "overrides", "problems", "side-channel", "tickets"}
    assert inside == {"absences", "timeline"} | judged
