"""What is read back to a customer at the end of a call."""

from __future__ import annotations

from opsdesk.core.actions import Action, Told
from opsdesk.core.record import Record
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.insight.readback import ReadBack, read_back
from opsdesk.insight.withheld import WITHHELD, nothing
from tests.boards.company import Memory, action, at, day, run

CALL = run("M-9", 3, 0, agenda="customer-status-call", customer="globex")


def promise(id: str, due: int, words: str, by: str = "tom", **more: object) -> Action:
    told = Told(words=words, by=by, to="Globex", on=at(0), typed_by="sue", due=day(due))
    return action(id, due, promise=True, owner="tom", told=told, **{"customer": "globex", **more})


def found(*said: Action, others: tuple[Record, ...] = ()) -> ReadBack:
    return read_back(Memory(*said, *others), CALL, said, nothing)


def test_a_promise_is_read_in_the_words_as_said_without_the_marks() -> None:
    (made,) = found(promise("A-1", 4, "Send the price list @tom #globex fri !", meeting="M-9")).made
    assert (made.words, made.who, made.by, made.due) == ("Send the price list fri", "tom", "", day(4))


def test_who_promised_for_somebody_else_is_named() -> None:
    (made,) = found(promise("A-1", 4, "Send it @tom fri !ana", by="ana", meeting="M-9")).made
    assert (made.who, made.by) == ("tom", "ana")


def test_promises_of_this_call_stand_before_the_open_ones_of_earlier_by_their_date() -> None:
    back = found(
        promise("A-9", 9, "Last", meeting="M-9"),
        action("A-10", 2, customer="globex", meeting="M-9"),
        others=(
            promise("A-1", 5, "Later", meeting="M-1"),
            promise("A-2", 3, "Sooner", meeting="M-1"),
            promise("A-3", 3, "Done", meeting="M-1", state="done"),
            promise("A-4", 3, "Theirs", customer="initech"),
            Delivery(id="DL-1", title="Go-live", customer="globex", promised=day(4), forecast=day(30)),
            Delivery(id="DL-2", title="Told later", customer="globex", promised=day(4), told=day(8)),
            Delivery(id="DL-3", title="No date", customer="globex"),
            Delivery(id="DL-4", title="Theirs", customer="initech", promised=day(4)),
        ),
    )
    assert [each.id for each in back.made] == ["A-9"]
    assert [(each.id, each.words) for each in back.agreed] == [("A-10", "Do A-10")]
    assert [(each.id, each.due) for each in back.still] == [
        ("A-2", day(3)), ("DL-1", day(4)), ("A-1", day(5)), ("DL-2", day(8)),
    ]  # fmt: skip


def test_words_that_tell_of_somebody_else_are_withheld() -> None:
    said = promise("A-1", 4, "As for Initech fri !", meeting="M-9")
    (made,) = read_back(Memory(said), CALL, [said], lambda words: "Initech" in words).made
    assert made.words == WITHHELD
