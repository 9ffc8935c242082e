"""What is found by a few words, in which order, and by whom."""

from __future__ import annotations

from opsdesk.core.audience import Before
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Note
from opsdesk.core.record import Record
from opsdesk.insight.find import MOST, find
from tests.boards.company import GLOBEX, INITECH, NAMES, Memory, action, at, run

TEAM = Before()


def ids(words: str, *records: Record, room: Before = TEAM) -> list[str]:
    return [hit.id for hit in find(Memory(*NAMES, *records), words, room)]


def test_a_person_comes_first_and_what_only_says_customer_not_at_all() -> None:
    toms = action("A-1", owner="tom")
    assert ids("tom", toms, action("A-2", customer="globex")) == ["P-2", "A-1"]


def test_names_then_whole_words_then_starts_then_any_part() -> None:
    records = (
        action("A-1", title="An unimportant thing"),
        action("A-2", title="Importing the list"),
        action("A-3", title="The import is slow"),
        Customer(id="C-7", handle="import-co", name="Import Co"),
        Note(id="N-1", text="An import was late", meeting="M-1", at=at(-1)),
    )
    assert ids("import", *records) == ["C-7", "A-3", "N-1", "A-2", "A-1"]


def test_every_word_must_be_there_and_ids_handles_and_customers_count() -> None:
    records = (action("A-1", title="Send the plan", customer="globex", owner="sue"), action("A-12", title="Send it"))
    assert ids("send plan", *records) == ["A-1"]
    assert ids("a-1", *records) == ["A-1", "A-12"]
    assert ids("#globex", *records) == ["C-1", "A-1"]
    assert ids("park send", *records) == ["A-1"]
    assert ids("ready", *records) == []
    assert ids("  ", *records) == []


def test_there_is_an_end() -> None:
    assert len(ids("do", *(action(f"A-{n}") for n in range(MOST + 20)))) == MOST


def test_before_a_customer_only_its_own_is_found() -> None:
    room = Before(audience="customer", customer="globex")
    call = run("M-1", 3, 0, audience="customer", customer="globex", title="Plan call")
    inner = run("M-2", 4, 0, customer="globex", title="Plan for Globex")
    said = (
        Decision(id="D-1", text="plan agreed", meeting="M-1", at=at(0)),
        Decision(id="D-2", text="plan a higher price", meeting="M-2", at=at(0)),
    )
    actions = (action("A-1", title="plan", customer="globex", owner="tom"), action("A-2", title="plan"))
    assert ids("plan", call, inner, *said, *actions, room=room) == ["A-1", "D-1", "M-1"]
    assert ids("tom", *actions, room=room) == []
    assert ids("e", room=room) == [GLOBEX.id]
    assert ids("e", room=Before(audience="customer")) == []
    assert INITECH.id not in ids("i", room=room)


def test_before_the_company_owners_are_neither_searched_nor_shown() -> None:
    toms = action("A-1", title="Send the plan", owner="tom")
    room = Before(audience="company")
    assert ids("tom", toms, room=room) == ["P-2"]
    (hit,) = find(Memory(*NAMES, toms), "plan", room)
    assert hit.about == "ready"
