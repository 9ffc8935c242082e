"""What a customer reads of the registers: its own records, and no word of another, wherever people have typed one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.boards.index import BOARDS
from opsdesk.boards.opening import opening
from opsdesk.boards.words import BRIEF
from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.journal import Change, Transaction, fields
from opsdesk.core.record import Record
from opsdesk.core.register import Registered
from opsdesk.core.registers.absences import Absence
from opsdesk.core.registers.bugs import Bug
from opsdesk.core.registers.components import Component
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.environments import Environment
from opsdesk.core.registers.incidents import Incident, Informed
from opsdesk.core.registers.known_issues import KnownIssue
from opsdesk.core.registers.maintenance import Maintenance
from opsdesk.core.registers.releases import Release
from opsdesk.core.registers.requirements import Requirement
from opsdesk.insight.others import Others
from opsdesk.insight.shown import reduced
from tests.boards.company import NAMES, Memory, action, day, run, scene
from tests.clock import START

VAULT = Component(id="K-9", handle="vault", name="Vault of Initech", owner="tom")
LABELS = Component(id="K-8", handle="labels", name="Print the labels", owner="tom")
ONLY_THEIRS = KnownIssue(id="KI-99", title="Theirs", customers=("initech",), component="labels")
TOLD = (Informed(who="Initech", at=START),)
FOREIGN = ("initech", "vault")
LISTS = ("customers", "told")
PERSONS = ("Sue Park", "Tom Reyes", "Ana Lima")

TEXTS = st.sampled_from(
    [
        "Login slow",
        "As INITECH has it",
        "initech's export",
        "Ínitech",
        "the vault is full",
        "[EMEA] 日本 [/x]",
        "x" * 300,
    ]
)
WHOSE = st.sampled_from(["", "globex", "initech"])
SETS = st.sampled_from([(), ("globex",), ("initech",), ("globex", "initech")])
PEOPLE = st.sampled_from(["", "sue", "tom", "initech"])
DAYS = st.one_of(st.none(), st.integers(-20, 20).map(day))
TIMES = st.one_of(st.none(), st.integers(-3000, 3000).map(lambda minutes: START + timedelta(minutes=minutes)))
PARTS = st.sampled_from([(), ("login",), ("vault",)])
IDS = st.integers(1, 50)

incidents = st.builds(
    lambda n, resolved, **more: Incident(
        id=f"I-{n}", state="resolved" if resolved else "investigating", resolved=resolved, started=START, **more
    ),
    IDS, TIMES, title=TEXTS, customers=SETS, owner=PEOPLE, sev=st.integers(1, 5), components=PARTS, next_update=TIMES,
    why=TEXTS, workaround=TEXTS,
)  # fmt: skip
windows = st.builds(
    lambda n, **more: Maintenance(id=f"W-{n}", **more),
    IDS, title=TEXTS, customers=SETS, told=SETS, starts=TIMES, ends=TIMES, components=PARTS, why=TEXTS,
    state=st.sampled_from(["planned", "running"]), risk=st.sampled_from(["low", "high"]),
)  # fmt: skip
deliveries = st.builds(
    lambda n, **more: Delivery(id=f"DL-{n}", **more),
    IDS, title=TEXTS, customer=WHOSE, owner=PEOPLE, promised=DAYS, planned=DAYS, forecast=DAYS, told=DAYS, why=TEXTS,
)  # fmt: skip
requirements = st.builds(
    lambda n, **more: Requirement(id=f"RQ-{n}", **more),
    IDS, title=TEXTS, customer=WHOSE, owner=PEOPLE, due=DAYS, why=TEXTS,
)  # fmt: skip
known = st.builds(
    lambda n, **more: KnownIssue(id=f"KI-{n}", **more),
    IDS, title=TEXTS, customers=SETS, workaround=TEXTS, fix=st.sampled_from(["", "RL-1"]), why=TEXTS,
    component=st.sampled_from(["", "login", "vault"]),
)  # fmt: skip
rest = st.one_of(
    st.builds(lambda n, **more: Bug(id=f"B-{n}", **more), IDS, title=TEXTS, customers=SETS, owner=PEOPLE, why=TEXTS),
    st.builds(
        lambda n, **more: Release(id=f"RL-{n}", **more), IDS, version=TEXTS, planned=DAYS, owner=PEOPLE, why=TEXTS
    ),
    st.builds(
        lambda n, **more: Environment(id=f"E-{n}", **more),
        IDS, name=TEXTS, holder=PEOPLE, until=DAYS, since=DAYS, why=TEXTS,
    ),
    st.builds(
        lambda n, person, **more: Absence(id=f"AB-{n}", person=person or "sue", **more),
        IDS, PEOPLE, starts=DAYS, ends=DAYS, cover=PEOPLE, why=TEXTS, what=st.sampled_from(["away", "on call"]),
    ),
    st.builds(
        lambda n, title, customer: action(f"A-{n}", -3, title=title, customer=customer, promise=True), IDS, TEXTS, WHOSE
    ),
)  # fmt: skip
companies = st.lists(incidents | windows | deliveries | requirements | known | rest, max_size=12)
REGISTERED = sorted(BOARDS)


def reader(records: list[Record], *more: Record) -> Memory:
    return Memory(*NAMES, VAULT, LABELS, ONLY_THEIRS, *more, *records)


@settings(max_examples=200, deadline=None)
@given(companies, st.sampled_from(REGISTERED))
def test_before_a_customer_no_word_of_another_stands_on_any_board(records: list[Record], name: str) -> None:
    found = BOARDS[name](reader(records), scene(audience="customer", customer="globex", meeting="M-4"))
    told = repr(found).lower().replace("í", "i")
    assert not any(word in told for word in FOREIGN), found
    assert not any(person in f"{line.text}{line.reason}{line.brief}" for line in found for person in PERSONS)
    assert {line.customer for line in found} <= {"Globex", ""}


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(REGISTERED))
def test_before_the_company_no_person_is_named(records: list[Record], name: str) -> None:
    found = BOARDS[name](reader(records), scene(audience="company"))
    assert not any(person in repr(found) for person in PERSONS)


@settings(max_examples=150, deadline=None)
@given(companies, st.sampled_from(REGISTERED), st.sampled_from(["team", "company", "customer"]))
def test_every_line_has_its_reason_also_in_few_words(records: list[Record], name: str, audience: str) -> None:
    found = BOARDS[name](reader(records), scene(audience=audience, customer="globex" if audience == "customer" else ""))
    assert all(line.text and line.reason and 0 < len(line.brief) <= BRIEF for line in found)


@settings(max_examples=150, deadline=None)
@given(companies)
def test_before_a_customer_what_is_new_tells_of_no_other(records: list[Record]) -> None:
    changes = tuple(Change(type(each).kind, each.id, None, fields(each)) for each in records)
    history = [Transaction(seq=1, at=START, by="initech", command="all", changes=changes)]
    where = scene(audience="customer", customer="globex", meeting="M-4")
    told = repr(opening(reader(records), where, run("M-1", 7, -1, customer="globex"), history)).lower()
    assert not any(word in told.replace("í", "i") for word in FOREIGN)


@settings(max_examples=150, deadline=None)
@given(incidents | windows | known, st.sampled_from(["", "globex"]))
def test_what_a_customer_may_know_of_a_record_has_nobody_else_in_its_lists(record: Registered, customer: str) -> None:
    known = reduced(record, Before(audience="customer", customer=customer))
    changed = {name for name in record if known[name] != record[name]}
    assert changed <= set(LISTS)
    for name in set(LISTS) & set(record):
        assert known[name] == tuple(each for each in record[name] if each == customer)
    assert reduced(known, Before(audience="customer", customer=customer)) == known
    assert reduced(record, Before()) is record


def test_what_names_another_stays_on_the_table_and_says_only_what_it_is() -> None:
    named = Incident(id="I-1", title="Same as at Initech", customers=("globex",), started=START)
    (line,) = BOARDS["outages"](reader([named]), scene(audience="customer", customer="globex"))
    assert (line.id, line.text, line.reason) == ("I-1", "incident", "SEV-2 for 0 min, investigating")


def test_a_part_that_only_others_use_is_named_to_everybody_unless_it_is_named_after_one() -> None:
    promised = action("A-1", -3, title="Print the labels", customer="globex", promise=True)
    kept_back = action("A-2", -3, title="Move it to the vault", customer="globex", promise=True)
    lines = BOARDS["promises"](reader([promised, kept_back]), scene(audience="customer", customer="globex"))
    assert {line.id: line.text for line in lines} == {"A-1": "Print the labels", "A-2": "action"}


def test_what_hits_others_too_says_no_more_than_that_it_hits_this_one() -> None:
    both = Incident(id="I-1", title="Login slow", customers=("initech", "globex"), started=START, informed=TOLD)
    (line,) = BOARDS["outages"](reader([both]), scene(audience="customer", customer="globex"))
    assert (line.text, line.customer) == ("Login slow", "Globex")
    assert line.reason == "SEV-2 for 0 min, investigating"


def test_a_customer_reads_no_other_date_than_it_was_told() -> None:
    late = Delivery(id="DL-1", title="Export", customer="globex", promised=day(-1), forecast=day(9), owner="tom")
    (line,) = BOARDS["delays"](reader([late]), scene(audience="customer", customer="globex"))
    assert line.reason == "promised for Sun 22 Nov"


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Acme Europe waits", False),
        ("Acme waits", True),
        ("acme-2 waits", True),
        ("as at Acme Europe North", True),
        ("one call", False),
        ("call ON now", True),
        ("ÁCME", True),
        ("", False),
    ],
)
def test_whose_name_is_part_of_whose(text: str, is_named: bool) -> None:
    names = ("Acme Europe", "europe"), ("Acme", "acme-2"), ("Acme Europe North", "north"), ("ON", "onx")
    customers = [Customer(id=f"C-{n}", handle=handle, name=name) for n, (name, handle) in enumerate(names)]
    others = Others(Memory(*customers), "europe")
    assert others.named_in(text) is is_named


def test_an_action_that_names_another_says_only_what_it_is() -> None:
    late = action("A-1", -3, title="Give them what Initech has", customer="globex")
    (line,) = BOARDS["burning"](Memory(*NAMES, late), scene(audience="customer", customer="globex"))
    assert (line.text, line.reason) == ("action", "overdue 3 d")
