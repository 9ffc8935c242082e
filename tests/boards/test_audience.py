"""What an audience may see, for any records: other customers never, single persons in front of the company never."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.boards import BOARDS
from opsdesk.boards.today import last_run, past_view, today_view
from opsdesk.core.cadence import Occurrence
from opsdesk.core.journal import Change, Transaction, fields
from opsdesk.core.record import Record
from tests.boards.company import DAILY, NAMES, Memory, action, at, item, run, scene, score
from tests.clock import START

CUSTOMERS = st.sampled_from(["", "globex", "initech"])
DAYS = st.integers(-70, 10)
STATES = st.sampled_from(["ready", "started", "waiting", "done", "dropped"])
RELISTED = st.sampled_from([(), ("M-1",), ("M-1", "M-2", "M-1")])
numbers = st.integers(1, 99)

actions = st.builds(
    lambda n, due, state, when, **more: action(
        f"A-{n}", due, state=state, created=at(when), started=at(when), finished=at(when), agenda=DAILY, **more
    ),
    numbers, DAYS, STATES, DAYS,
    customer=CUSTOMERS, promise=st.booleans(), relisted=RELISTED, owner=st.sampled_from(["", "sue", "tom"]),
    waiting_on=st.sampled_from(["", "Initech", "tom"]), section=st.sampled_from(["Burning issues", "Delays"]),
)  # fmt: skip
items = st.builds(
    lambda n, opened, **more: item(f"T-{n}", opened=at(opened), **more),
    numbers, DAYS, customer=CUSTOMERS, relisted=RELISTED, ref=st.sampled_from(["", "A-1", "A-2"]),
)  # fmt: skip
scores = st.builds(
    lambda n, level, since, customer: score(f"S-{n}", level, since, customer),
    numbers, st.sampled_from(["red", "orange", "green", "unknown"]), DAYS, st.sampled_from(["globex", "initech"]),
)  # fmt: skip
companies = st.lists(actions | items | scores, max_size=14)
RUNS = (run("M-1", 40, -4, customer="globex"), run("M-2", 41, -3, customer="globex"), run("M-3", 9, -2))


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(sorted(BOARDS)))
def test_before_a_customer_no_other_customer_is_named(records: list[Record], name: str) -> None:
    where = scene(audience="customer", customer="globex", meeting="M-4")
    found = BOARDS[name](Memory(*NAMES, *RUNS, *records), where)
    assert "initech" not in repr(found).lower()
    assert {line.customer for line in found} <= {"Globex"}


@settings(max_examples=100, deadline=None)
@given(companies)
def test_before_a_customer_today_names_no_other(records: list[Record]) -> None:
    reader = Memory(*NAMES, *RUNS, *records)
    where = scene(audience="customer", customer="globex", agenda="", section="")
    others = [Occurrence(agenda=DAILY, title="Initech", planned=START, start=START, customer="initech")]
    changes = tuple(Change(type(each).kind, each.id, None, fields(each)) for each in records)
    history = (Transaction(seq=1, at=START, by="sue", command="all", changes=changes),)
    assert "initech" not in repr(today_view(reader, where, others)).lower()
    assert "initech" not in repr(past_view(reader, where, last_run(reader), history)).lower()


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(sorted(BOARDS)))
def test_before_the_company_no_single_person_is_named(records: list[Record], name: str) -> None:
    found = BOARDS[name](Memory(*NAMES, *RUNS, *records), scene(audience="company"))
    assert not any(person in repr(found) for person in ("Sue Park", "Tom Reyes", "Ana Lima"))


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(sorted(BOARDS)))
def test_every_line_has_its_reason_and_stands_there_once(records: list[Record], name: str) -> None:
    found = BOARDS[name](Memory(*NAMES, *RUNS, *records), scene())
    assert all(line.reason and line.text for line in found)
    assert len({line.id for line in found}) == len(found)
