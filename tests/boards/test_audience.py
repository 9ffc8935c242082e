"""What an audience may see, for any records: other customers never, single persons in front of the company never."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.boards.index import BOARDS
from opsdesk.boards.lay import HARM
from opsdesk.boards.today import PastView, TodayView, last_run, past_view, today_view
from opsdesk.boards.words import BRIEF
from opsdesk.core.cadence import Occurrence
from opsdesk.core.entries import Decision
from opsdesk.core.journal import Change, Transaction, fields
from opsdesk.core.record import Record
from opsdesk.insight.promises import Kept
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
    assert "initech" not in repr(past_view(reader, where, last_run(reader, where), history)).lower()


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(sorted(BOARDS)))
def test_before_the_company_no_single_person_is_named(records: list[Record], name: str) -> None:
    found = BOARDS[name](Memory(*NAMES, *RUNS, *records), scene(audience="company"))
    assert not any(person in repr(found) for person in ("Sue Park", "Tom Reyes", "Ana Lima"))


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(sorted(BOARDS)), st.sampled_from(["team", "company"]))
def test_every_line_has_its_reason_in_few_words_too_and_stands_there_once(
    records: list[Record], name: str, audience: str
) -> None:
    found = BOARDS[name](Memory(*NAMES, *RUNS, *records), scene(audience=audience))
    assert all(line.reason and line.text for line in found)
    assert all(0 < len(line.brief) <= BRIEF for line in found), [line.brief for line in found]
    assert len({line.id for line in found}) == len(found)


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(sorted(set(BOARDS) - {"updates", "priorities"})))
def test_no_orange_line_stands_before_a_red_one(records: list[Record], name: str) -> None:
    found = [HARM[line.weight] for line in BOARDS[name](Memory(*NAMES, *RUNS, *records), scene()) if line.id]
    assert found == sorted(found)


@settings(max_examples=150, deadline=None)
@given(companies)
def test_delays_of_one_colour_stand_customer_by_customer(records: list[Record]) -> None:
    found = BOARDS["delays"](Memory(*NAMES, *RUNS, *records), scene())
    theirs = [(line.weight, line.customer) for line in found if line.customer]
    assert len([group for group, _ in groupby(theirs)]) == len(set(theirs))


def test_before_a_customer_no_line_counts_how_often_it_came_back() -> None:
    late = action("A-1", -9, customer="globex", relisted=("M-1", "M-2", "M-3"))
    (line,) = BOARDS["burning"](Memory(*NAMES, late), scene(audience="customer", customer="globex"))
    assert (line.reason, line.brief) == ("overdue 9 d", "overdue 9 d")


def before_globex(*records: Record) -> tuple[TodayView, PastView]:
    reader, where = Memory(*NAMES, *records), scene(audience="customer", customer="globex", agenda="", section="")
    history = tuple(
        Transaction(seq=n, at=START, by="sue", command="x", changes=(Change(type(r).kind, r.id, None, fields(r)),))
        for n, r in enumerate(records, 1)
    )
    return today_view(reader, where, ()), past_view(reader, where, last_run(reader, where), history)


def test_before_a_customer_today_has_its_own_lines_and_no_figures() -> None:
    call = {"agenda": "customer-status-call", "title": "Customer Status Call", "customer": "globex"}
    view, past = before_globex(
        run("M-1", 3, -7, audience="customer", **call),
        run("M-2", 4, 0, audience="customer", state="running", **call),
        run("M-3", 41, -1, state="draft"),
        run("M-4", 2, -1, audience="team", state="draft", **call),
        action("A-1", -3, customer="globex", owner="tom", state="started", started=at(-9), promise=True),
        action("A-2", -3, customer="initech", promise=True),
        action("A-3", -3, owner="tom", promise=True),
        Decision(id="D-1", text="Globex gets its own queue", at=at(0), meeting="M-1"),
        Decision(id="D-2", text="Globex pays too little", at=at(0), meeting="M-3"),
    )
    assert (view.guest, view.audience) == ("Globex", "customer")
    assert [line.id for line in view.burns] == ["A-1"]
    assert [each.title for each in view.running] == ["Globex status call #4"]
    assert (view.constraint, view.idle, past.kept) == (None, (), Kept())
    assert past.title == "since the Globex status call of 16 Nov"
    assert past.since is not None
    assert past.since.new == ("A-1",)
    assert [made.id for made in past.since.decisions] == ["D-1"]


def test_before_the_company_there_are_no_figures_about_persons_and_no_decisions_of_a_team() -> None:
    toms = [action(f"A-{n}", -n, owner="tom", state="started", started=at(-n)) for n in range(1, 6)]
    said = Decision(id="D-1", text="Tom gets help", at=at(0), meeting="M-3")
    reader, where = Memory(*NAMES, *toms, run("M-3", 41, -1), said), scene(audience="company", agenda="")
    history = (Transaction(seq=1, at=START, by="sue", command="x", changes=(Change("decisions", "D-1", None, {}),)),)
    view, past = today_view(reader, where, ()), past_view(reader, where, last_run(reader, where), history)
    assert (view.constraint, view.idle) == (None, ())
    assert {line.owner for line in view.burns} == {""}
    assert past.since is not None
    assert past.since.decisions == ()
