"""Flags of the score sheet from a table: what each row says, what it may not, and what is kept of it."""

from __future__ import annotations

from datetime import date
from itertools import islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opsdesk.core.customers import Customer
from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.desk.intake import Preview
from opsdesk.exchange.tables import read_table
from opsdesk.store.memory import MemoryStore
from tests.clock import Clock

HOSTILE = "[EMEA] Ünïcode 日本 [/x]"
HEAD = "Customer;Measure;Level;Comment\n"


def company(clock: Clock) -> Desk:
    made = Desk(MemoryStore(), clock, "sue", Settings(), dict)
    made.people.add("Sue Park", "Operations")
    made.people.add("Bob Hill", "Support")
    made.people.add_customer("Globex Inc")
    made.people.add_customer("Wayne & Söhne")
    made.people.add_customer(HOSTILE, handle="emea")
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Desk:
    return company(clock)


def look(desk: Desk, text: str | bytes) -> Preview:
    return desk.intake.preview("scores", read_table(text))


def only(desk: Desk, text: str | bytes) -> Score:
    preview = look(desk, text)
    assert preview.problems == ()
    (record,) = preview.records
    assert isinstance(record, Score)
    return record


def problem(desk: Desk, text: str) -> str:
    ((_, why),) = look(desk, text).problems
    return why


@pytest.mark.parametrize(
    ("typed", "level"),
    [
        *((each, "red") for each in ("r", "R", "red", "RED", "▲", "▲ R", "Rot", "rouge")),
        *((each, "orange") for each in ("o", "Orange", "amber", "A", "yellow", "y", "◆", "◆ O", "gelb")),
        *((each, "green") for each in ("g", "GREEN", "●", "● g", "grün", "vert")),
        *((each, "unknown") for each in ("u", "unknown", "·")),
    ],
)
def test_levels_as_people_write_them(desk: Desk, typed: str, level: Level) -> None:
    assert only(desk, f"{HEAD}globex;Support;{typed};why\n").level == level


def test_headings_in_any_order_case_and_spelling_behind_the_mark_of_excel(desk: Desk) -> None:
    table = (
        "\ufeffNEW_LEVEL;Plan by;exit criterion;Account Name;MEASURE;newcomment;Who;Valid Days;Pet\r\n"
        'r;27.11.2026;"they sign; twice";Söhne;deliv;"late,\nagain";bob;20;cat\r\n'
    )
    preview = look(desk, table.encode())
    (made,) = preview.records
    assert preview.ignored == ("Pet",)
    assert isinstance(made, Score)
    assert (made.customer, made.measure, made.level, made.comment) == ("wayne", "Delivery", "red", "late, again")
    assert (made.owner, made.exit, made.plan, made.valid_days) == (
        "bob",
        "they sign; twice",
        date(2026, 11, 27),
        20,
    )


def test_a_row_without_a_level_says_nothing(desk: Desk) -> None:
    preview = look(desk, HEAD + "globex;Support;;\nglobex;Product;g;\nnobody;Nothing;;\n")
    assert (len(preview.records), preview.problems, preview.unsaid) == (1, (), 2)


def test_what_is_new_counts_beside_what_is_so_far(desk: Desk) -> None:
    head = "customer,measure,level,comment,new level,new comment\n"
    made = only(desk, head + "globex,Support,red,was late,g,all well\n")
    assert (made.level, made.comment) == ("green", "all well")
    assert look(desk, head + "globex,Support,red,was late,,\n").unsaid == 1


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("globex;Support;purple;x", '"purple" is no level: r, o, g and u are (red, orange, green, unknown).'),
        ("globex;Support;;so late", "It says comment, and no level."),
        ("globex;Support;r;", "Red needs one line that says why. Add a few words."),
        (";Support;r;x", "It names no customer."),
        ("#;Support;r;x", "It names no customer."),
        ("acme;Support;r;x", '"acme" names no known customer (known: emea, globex, wayne).'),
        ("globex;S;r;x", None),
        ("globex;P;r;x", None),
        ("globex;;r;x", '"" is no measure: Product, Support, Delivery, Relationship, Commercial are.'),
        ("globex;Foo;r;x", '"Foo" is no measure: Product, Support, Delivery, Relationship, Commercial are.'),
        (
            f"globex;Support;r;{'x' * 10_001}",
            "Why is one line of at most 200 characters, and this has 10,001."
            " Say it in fewer words; an action or a note holds the rest.",
        ),
    ],
)
def test_a_row_that_cannot_be_is_named_by_its_line_with_what_is_allowed(desk: Desk, row: str, why: str | None) -> None:
    preview = look(desk, f"{HEAD}{row}\n")
    assert preview.problems == (((2, why),) if why else ())


def test_an_owner_a_date_and_days_that_cannot_be_are_named(desk: Desk) -> None:
    head = "customer,measure,level,comment,owner,plan,valid days\n"
    said = [
        why
        for _, why in look(desk, head + "globex,Sup,r,x,dan,,\nglobex,Sup,r,x,,soon,\nglobex,Sup,r,x,,,no\n").problems
    ]
    assert said[0] == '"dan" names no known person (known: bob, sue).'
    assert said[1].startswith('"soon" is no date')
    assert said[2] == '"no" is no number of days: a whole number from 0 to 3650 is.'
    assert "45988" in problem(desk, head + "globex,Sup,r,x,,45988,\n")


def test_nobody_speaks_for_who_is_gone(desk: Desk) -> None:
    desk.people.retire(next(iter(desk.read.where(Customer, handle="wayne"))))
    assert problem(desk, HEAD + "wayne;Support;g;\n") == "Wayne & Söhne is no customer any more."


def test_a_cell_is_said_once_in_a_table(desk: Desk) -> None:
    preview = look(desk, HEAD + "globex;Support;r;late\nGlobex Inc;sup;g;\n")
    assert preview.problems == ((3, "Support of Globex Inc is said in a line above already."),)
    assert len(preview.records) == 1


@pytest.mark.parametrize(
    ("head", "missing"),
    [("Measure;Level;Owner", "customer"), ("Customer;Level", "measure"), ("Customer;Area", "level")],
)
def test_a_table_needs_customer_measure_and_a_level(desk: Desk, head: str, missing: str) -> None:
    with pytest.raises(Invalid, match=f"No column is headed {missing}"):
        look(desk, f"{head}\n")


def test_lines_without_headings_are_flags_as_they_are_typed(desk: Desk) -> None:
    preview = look(desk, "globex support red two days, no answer\nwayne deliv g\nwho knows\n")
    assert preview.taken_for == "a flag as it is typed"
    assert [(each.customer, each.level) for each in preview.records if isinstance(each, Score)] == [
        ("globex", "red"),
        ("wayne", "green"),
    ]
    ((line, why),) = preview.problems
    assert (line, why) == (
        3,
        "Its customer and measure and level cannot be told: it is typed as customer, measure, level, why.",
    )


def test_all_of_it_is_one_step_and_the_same_level_confirms(desk: Desk, clock: Clock) -> None:
    desk.scores.set("globex", "Support", "red", "two days", owner="bob", exit="they say so")
    clock.forward(days=20)
    preview = look(desk, HEAD + "globex;Support;r;\nwayne;Product;o;slow\nemea;Product;g;=cmd|'/c calc'\n")
    assert desk.intake.take(preview) == 3
    assert desk.undo.peek().command == "Take in 3 flags"
    live = {each.customer: each for each in desk.read.live(Score)}
    confirmed = live["globex"]
    assert (confirmed.comment, confirmed.owner, confirmed.exit) == ("two days", "bob", "they say so")
    assert (confirmed.at - confirmed.since).days == 20
    assert live["emea"].comment == "=cmd|'/c calc'"
    assert len(desk.read.all(Score)) == 4
    desk.undo.last()
    assert [(each.level, each.superseded) for each in desk.read.all(Score)] == [("red", False)]


def test_a_table_that_comes_a_second_time_on_a_day_says_nothing_new(desk: Desk, clock: Clock) -> None:
    rows = HEAD + "globex;Support;r;two days\nwayne;Product;g;\n"
    desk.intake.take(look(desk, rows))
    again = look(desk, rows + "emea;Product;g;\n")
    assert (len(again.records), again.again, again.unsaid) == (1, 2, 0)
    assert len(look(desk, HEAD + "globex;Support;r;three days\nwayne;Product;o;slow\n").records) == 2
    assert look(desk, "wayne product g\nemea product g\n").again == 1
    clock.forward(days=1)
    assert look(desk, rows).again == 0


def test_days_of_0_are_as_the_level_says(desk: Desk) -> None:
    assert only(desk, "customer,measure,level,valid days\nglobex,Product,g,0\n").valid_days == 0


DEBTS = "customer,measure,level (now),new level,owner,exit,plan\n"


def test_owner_exit_and_plan_without_a_level_settle_what_the_flag_owes(desk: Desk, clock: Clock) -> None:
    made = desk.scores.set("globex", "Support", "red", "two days", owner="sue")
    clock.forward(days=3)
    preview = look(desk, DEBTS + "globex,Support,red,,bob,they say so,2026-12-01\nwayne,Product,,,,,\n")
    assert (preview.problems, preview.unsaid, desk.intake.take(preview)) == ((), 1, 1)
    (kept,) = desk.read.all(Score)
    assert (kept.id, kept.owner, kept.exit, kept.plan) == (made.id, "bob", "they say so", date(2026, 12, 1))
    assert (kept.at, kept.comment) == (made.at, made.comment)
    assert look(desk, DEBTS + "globex,Support,red,,bob,,\n").again == 1
    desk.undo.last()
    assert desk.read.all(Score)[0].owner == "sue"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("globex,Product,,,bob,,", "It says owner, and no level: Product of Globex Inc is neither red nor orange."),
        ("wayne,Product,,,bob,x,", "It says owner and exit, and no level: Product of Wayne & Söhne is neither"),
        ("globex,Support,green,,bob,,", "Support of Globex Inc is red since, by Sue Park: two days."),
        ("globex,Support,red,,dan,,", '"dan" names no known person'),
    ],
)
def test_what_nobody_owes_is_not_settled(desk: Desk, row: str, why: str) -> None:
    desk.scores.set("globex", "Support", "red", "two days")
    desk.scores.set("globex", "Product", "green")
    assert problem(desk, DEBTS + row + "\n").startswith(why)


def test_what_was_settled_meanwhile_is_not_written_over(desk: Desk) -> None:
    made = desk.scores.set("globex", "Support", "red", "two days")
    preview = look(desk, DEBTS + "globex,Support,red,,bob,,\n")
    desk.scores.complete(made.id, owner="sue")
    with pytest.raises(Conflict):
        desk.intake.take(preview)
    assert desk.read.all(Score)[0].owner == "sue"


def test_what_others_have_said_since_the_table_was_made_stays(desk: Desk) -> None:
    head = "customer,measure,level (now),new level,new comment\n"
    desk.scores.set("globex", "Support", "red", "two days")
    assert problem(desk, head + "globex,Support,green,o,hm\n") == (
        "Support of Globex Inc is red since, by Sue Park: two days."
    )
    for now, new in (("red", "g"), ("green", "r"), ("", "g")):
        assert look(desk, head + f"globex,Support,{now},{new},hm\n").problems == ()


def test_a_flag_of_somebody_who_left_meanwhile_stops_the_whole_table(desk: Desk) -> None:
    preview = look(desk, HEAD + "globex;Support;g;\nwayne;Support;g;\n")
    desk.people.retire(next(iter(desk.read.where(Customer, handle="wayne"))))
    with pytest.raises(NotFound, match="There is no customer #wayne"):
        desk.intake.take(preview)
    assert desk.read.all(Score) == ()


@settings(max_examples=100)
@given(
    st.text(alphabet='globexrd"\n;,=▲日é ', max_size=60),
    st.sampled_from(["", HEAD, "customer,measure,level (now),new level\n", "Measure;Level;Customer\n"]),
)
def test_no_table_breaks_it_and_what_is_shown_can_be_taken(text: str, header: str) -> None:
    desk = company(Clock())
    try:
        preview = look(desk, header + text)
    except Invalid:
        return
    assert desk.intake.take(preview, leave_out=True) == len(preview.records) == len(desk.read.live(Score))


@settings(max_examples=50)
@given(st.permutations(list(islice(product(("globex", "wayne", "emea"), ("Product", "Support")), 6))))
def test_the_order_of_the_rows_changes_nothing(cells: list[tuple[str, str]]) -> None:
    desk = company(Clock())
    rows = "".join(f"{customer};{measure};r;{customer} {measure}\n" for customer, measure in cells)
    desk.intake.take(look(desk, HEAD + rows))
    found = {(each.customer, each.measure): each.comment for each in desk.read.live(Score)}
    assert found == {cell: " ".join(cell) for cell in cells}
