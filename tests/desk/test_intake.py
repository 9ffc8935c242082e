from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.people import Person
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.desk.intake import Preview
from opsdesk.desk.rows import amount
from opsdesk.exchange.tables import read_table
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock


@pytest.fixture
def desk() -> Desk:
    made = Desk(MemoryStore(), Clock(), "sue", Settings(), dict)
    made.people.add("Sue Park", "Operations")
    made.people.add("Bob Hill", "Support")
    made.people.add_customer("Globex Inc")
    return made


def look(desk: Desk, kind: str, text: str) -> Preview:
    return desk.intake.preview(kind, read_table(text))


def only(preview: Preview) -> Any:
    assert preview.problems == ()
    (record,) = preview.records
    return record


def test_people_with_columns_in_any_order_and_case(desk: Desk) -> None:
    preview = look(desk, "people", "E-Mail;TEAM;Full name;Shoe size\nann@x.y;QA;Ann Lee;38\n;;Zoë Å;\n")
    assert preview.records == (
        Person(handle="ann", name="Ann Lee", department="QA", email="ann@x.y"),
        Person(handle="zoe", name="Zoë Å"),
    )
    assert (preview.problems, preview.ignored) == ((), ("Shoe size",))
    assert len(desk.read.all(Person)) == 2


def test_people_as_a_plain_list(desk: Desk) -> None:
    preview = look(desk, "people", "Ann Lee, QA\nSue Ott\nDan, Sales, dan@x.y, danny\n")
    handles = [record.handle for record in preview.records if isinstance(record, Person)]
    assert handles == ["ann", "sue.ott", "danny"]
    assert [record.department for record in preview.records if isinstance(record, Person)] == ["QA", "", "Sales"]


def test_every_typed_line_has_its_own_separator(desk: Desk) -> None:
    preview = look(
        desk, "people", 'Ann Smith; Support\nDan\tQA\n"Lee, Eve"; Sales;\nTom, R&D, tom@x.y\nx@y,,,\n"Zoe, Ops\n'
    )
    assert [(each.name, each.department, each.email) for each in preview.records if isinstance(each, Person)] == [
        ("Ann Smith", "Support", ""),
        ("Dan", "QA", ""),
        ("Lee, Eve", "Sales", ""),
        ("Tom", "R&D", "tom@x.y"),
    ]
    assert preview.problems == (
        (5, "x@y is a mail address, and the name is missing."),
        (6, "It has a quote that is not closed where a cell ends."),
    )


def test_a_mail_address_is_found_wherever_it_stands(desk: Desk) -> None:
    for line in ("Ann Lee, ann@x.y, QA", "ann@x.y; Ann Lee; QA", "Ann Lee, QA, ann@x.y"):
        assert only(look(desk, "people", line)) == Person(
            handle="ann", name="Ann Lee", department="QA", email="ann@x.y"
        )
    assert look(desk, "people", "Name\nann@x.y").problems[0][1].startswith("ann@x.y is a mail address")


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("people", "Name;Abteilung\nAnn Lee;QA", Person(handle="ann", name="Ann Lee", department="QA")),
        ("people", "Vorname;Nachname\nAnn;Lee", Person(handle="ann", name="Ann Lee")),
        ("people", "Name;Vorname\nLee;Ann", Person(handle="ann", name="Ann Lee")),
        ("people", "Name;Vorname\nAnn Lee;Ann", Person(handle="ann", name="Ann Lee")),
        ("people", "Name;Vorname;Nachname\nAnnie Lee;Ann;Lee", Person(handle="annie", name="Annie Lee")),
        ("people", "Nom;Département\nAnn Lee;QA", Person(handle="ann", name="Ann Lee", department="QA")),
        ("customers", "Kunde;Umsatz\nAcme;5", Customer(handle="acme", name="Acme", revenue=5)),
        ("customers", "Cliente;Responsable\nAcme;sue", Customer(handle="acme", name="Acme", owner="sue")),
    ],
)  # fmt: skip
def test_headings_in_other_languages(desk: Desk, kind: str, text: str, first: object) -> None:
    assert only(look(desk, kind, text)) == first


def test_german_actions(desk: Desk) -> None:
    made = only(look(desk, "actions", "Aufgabe;verantwortlich;fällig;Kunde\nAnrufen;Bob;27.11.2026;Globex"))
    assert (made.title, made.owner, made.due, made.customer) == ("Anrufen", "bob", date(2026, 11, 27), "globex")


def test_first_and_last_name(desk: Desk) -> None:
    assert only(look(desk, "people", "Last name,First name\nLee,Ann")).name == "Ann Lee"


def test_who_is_there_already_is_named_by_line(desk: Desk) -> None:
    preview = look(desk, "people", "Name,Handle\nsue park,\nAnn Lee,\nANN LEE,\nSue Ott,bob\nAnn Lee,ann2\n,x\n")
    assert [record.handle for record in preview.records if isinstance(record, Person)] == ["ann", "ann2"]
    assert preview.problems == (
        (2, "sue park is there already."),
        (4, "ANN LEE is there already."),
        (5, "Bob Hill is there already."),
        (7, "The name is missing."),
    )


def test_customers(desk: Desk) -> None:
    text = 'Account,Owner,ARR,Customer since,Onboarding\n"Wayne, Sons",Bob,"€ 120.000,50",1.3.2024,yes\n'
    assert only(look(desk, "customers", text)) == Customer(
        handle="wayne", name="Wayne, Sons", owner="bob", revenue=120_000.5, since=date(2024, 3, 1), onboarding=True
    )
    assert [only(look(desk, "customers", "Acme")).name, only(look(desk, "customers", "Acme;sue;5")).owner] == [
        "Acme",
        "sue",
    ]


def test_actions_with_columns_are_plain_text(desk: Desk) -> None:
    text = (
        "What\tWho\tDue\tCustomer\tStatus\tPromised\n=SUM(A1) @sue fri !\t@bob\t2026-11-27 00:00:00\t#glo\tDoing\tno\n"
    )
    assert only(look(desk, "actions", text)) == Action(
        title="=SUM(A1) @sue fri !",
        owner="bob",
        due=date(2026, 11, 27),
        customer="globex",
        state="started",
        started=START,
        created=START,
        created_by="sue",
    )
    assert only(look(desk, "actions", "Task,Due\nCall,\n")).due is None


def test_a_promise_from_a_table(desk: Desk) -> None:
    made = only(look(desk, "actions", "Task,Owner,Due,Customer,Promise\nCall,bob,fri,globex,x\n"))
    assert made.promise
    assert (made.told.words, made.told.by, made.told.to, made.told.typed_by) == ("Call", "bob", "Globex Inc", "sue")
    assert made.told.due == made.due == date(2026, 11, 27)


@pytest.mark.parametrize("text", ["Call back @bob #globex fri !", "Task\nCall back @bob #globex fri !"])
def test_actions_as_they_are_typed(desk: Desk, text: str) -> None:
    made = only(look(desk, "actions", text))
    assert (made.title, made.owner, made.customer, made.promise) == ("Call back", "bob", "globex", True)
    assert made.told.words == "Call back @bob #globex fri !"


def test_a_typed_line_keeps_its_commas_and_quotes(desk: Desk) -> None:
    made = look(desk, "actions", '"Stand by" fri @bob\nCall Acme, then Bob\nx\n').records
    assert [each.title for each in made if isinstance(each, Action)] == ["Stand by", "Call Acme, then Bob", "x"]


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("actions", "Task,Who\nCall,Dan", '"Dan" names no known person (known: bob, sue).'),
        ("actions", "Task,Customer\nCall,Acme", '"Acme" names no known customer (known: globex).'),
        ("actions", "Task,Due\nCall,soon", '"soon" is no date'),
        ("actions", "Task,State\nCall,odd", '"odd" is no state: ready, started and waiting are.'),
        ("actions", "Task,State\nCall,Done", "It is Done already: only open actions are taken in."),
        ("actions", "Task,Promise\nCall,maybe", '"maybe" is neither yes nor no.'),
        ("actions", "Task,Promise\nCall,yes", "A promise needs a date."),
        ("actions", "Task,Who\n,sue", "It does not say what is to be done."),
        ("actions", "x\nCall @dan #acme fri", "@dan, #acme is not known"),
        ("actions", "x\nCall !", "A promise needs a date."),
        ("actions", "x\n@sue fri", "It does not say what is to be done."),
        ("actions", "Task,Who\n" + "x" * 10_001 + ",sue", "10,000"),
        ("people", "Name,Limit\nAnn,many", '"many" is no limit'),
        ("people", "Name,Limit\nAnn," + "9" * 5000, "is no limit"),
        ("people", "Name,Handle\nAnn,日本", '"日本" cannot be a handle'),
        ("people", "Ann\n" + "x" * 200_000, "10,000"),
        ("people", "x\na,b,c,d,e\na,b,c,d,e", "It has 5 cells"),
        ("customers", "Name,Revenue\nAcme,much", '"much" is no amount'),
        ("customers", "Name,Owner\nAcme,dan", '"dan" names no known person'),
        ("people", "Name,Team\nAnn", "It has 1 cell where the first line has 2."),
    ],
)
def test_what_cannot_be_read_is_listed_by_line_with_what_is_allowed(
    desk: Desk, kind: str, text: str, problem: str
) -> None:
    preview = look(desk, kind, text)
    assert preview.problems[0][0] == 2
    assert problem in preview.problems[0][1]


def test_a_table_without_the_column_that_matters_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid, match=r"No column is headed title.*Owner, Due"):
        look(desk, "actions", "Owner,Due\nsue,fri")
    with pytest.raises(Invalid, match="cannot be taken in"):
        look(desk, "invoices", "x")


def test_all_are_taken_in_one_step_that_one_undo_takes_back(desk: Desk) -> None:
    count = desk.intake.take(look(desk, "people", "Ann\nDan\n"))
    assert (count, len(desk.read.all(Person))) == (2, 4)
    assert desk.undo.peek().command == "Take in 2 people"
    desk.undo.last()
    assert len(desk.read.all(Person)) == 2


def test_nothing_is_half_taken(desk: Desk) -> None:
    preview = look(desk, "people", "Ann\nSue Park\nDan\n")
    with pytest.raises(Invalid, match="Nothing was taken in"):
        desk.intake.take(preview)
    assert len(desk.read.all(Person)) == 2
    assert desk.intake.take(preview, leave_out=True) == 2
    assert [each.name for each in desk.read.all(Person)][2:] == ["Ann", "Dan"]


def test_who_was_added_meanwhile_stops_the_whole_table(desk: Desk) -> None:
    preview = look(desk, "people", "Dan\nAnn\n")
    desk.people.add("Ann")
    with pytest.raises(Conflict, match="ann has been added meanwhile"):
        desk.intake.take(preview)
    assert [each.handle for each in desk.read.all(Person)] == ["sue", "bob", "ann"]


def test_an_empty_table_is_nothing(desk: Desk) -> None:
    before = len(desk.history())
    assert desk.intake.take(look(desk, "customers", "")) == 0
    assert len(desk.history()) == before


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", 0.0),
        ("120000", 120_000),
        ("120,000", 120_000),
        ("1.234.567", 1_234_567),
        ("120,000.50", 120_000.5),
        ("€ 1.234,5", 1234.5),
        ("CHF 1'200", 1200),
        ("1 200,00 €", 1200),
        ("0.5", 0.5),
    ],
)
def test_amounts_as_countries_write_them(typed: str, value: float) -> None:
    assert amount(typed) == value


@given(
    st.sampled_from(["people", "customers", "actions"]),
    st.text(alphabet='ab@#!",;\n日é=1', max_size=60),
    st.sampled_from(["", "Name,Owner\n", "Task;Who;Due\n", "Name\tHandle\tRevenue\n"]),
)
def test_no_table_breaks_it_and_what_is_shown_can_be_taken(kind: str, text: str, header: str) -> None:
    desk = Desk(MemoryStore(), Clock(), "sue", Settings(), dict)
    try:
        preview = look(desk, kind, header + text)
    except Invalid:
        return
    assert desk.intake.take(preview, leave_out=True) == len(preview.records)
