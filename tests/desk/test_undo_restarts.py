"""Undo and redo after the desk was left and opened again, per person; refused where somebody else was there since."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.errors import Conflict, Invalid
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.store.sqlite import SqliteStore
from tests.clock import Clock

MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)


class Company:
    """A folder; everybody opens a desk on it for one command and leaves."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, Clock()
        with self.desk("sue") as desk:
            desk.people.add("Sue Park")
            desk.people.add("Bob Okoye")
            desk.people.add("Eve Adler")

    @contextmanager
    def desk(self, by: str) -> Iterator[Desk]:
        self.clock.forward(minutes=1)
        with closing(SqliteStore(self.folder)) as store:
            yield Desk(store, self.clock, by, Settings(time_zone="Europe/Paris"), dict)

    def add(self, by: str, text: str) -> Action:
        with self.desk(by) as desk:
            return desk.actions.capture(text)

    def undo(self, by: str) -> str:
        with self.desk(by) as desk:
            return desk.undo.last().command

    def redo(self, by: str) -> str:
        with self.desk(by) as desk:
            return desk.undo.redo().command

    def actions(self) -> list[Action]:
        with self.desk("eve") as desk:
            return [replace(each, rev=0) for each in desk.read.all(Action)]


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path / "desk")


def test_all_of_an_evening_is_undone_and_done_again_the_next_morning(company: Company) -> None:
    company.add("sue", "Call @sue tue")
    with company.desk("sue") as desk:
        desk.actions.redate("A-1", MONDAY)
        desk.actions.give("A-1", "bob")
        desk.actions.done("A-1")
    end = company.actions()
    assert [company.undo("sue") for _ in range(4)] == ["Done A-1", "Give A-1 to bob", "Move A-1", "Add Call"]
    assert company.actions() == []
    assert [company.redo("sue") for _ in range(4)] == ["Add Call", "Move A-1", "Give A-1 to bob", "Done A-1"]
    assert company.actions() == end
    with pytest.raises(Invalid, match="nothing to redo"):
        company.redo("sue")


def test_everybody_goes_back_their_own_way(company: Company) -> None:
    company.add("sue", "Call @sue tue")
    company.add("bob", "Write @bob tue")
    assert company.undo("sue") == "Add Call"
    assert [each.id for each in company.actions()] == ["A-2"]
    assert company.undo("bob") == "Add Write"
    assert company.redo("sue") == "Add Call"
    assert [each.id for each in company.actions()] == ["A-1"]
    company.add("sue", "Fax @sue tue")
    with pytest.raises(Invalid, match="nothing to redo"):
        company.redo("sue")
    assert company.redo("bob") == "Add Write"


def test_undo_is_refused_with_who_when_and_what_and_can_be_tried_again(company: Company) -> None:
    company.add("sue", "Call @sue tue")
    with company.desk("sue") as desk:
        desk.actions.redate("A-1", MONDAY)
    with company.desk("bob") as desk:
        desk.actions.redate("A-1", FRIDAY)
    before = company.actions()
    for _ in range(2):
        with pytest.raises(Conflict, match=r"^Not undone: Bob Okoye has changed A-1 since \(Due, 16:04\)\.$"):
            company.undo("sue")
    assert company.actions() == before
    assert company.undo("bob") == "Move A-1"
    assert company.undo("sue") == "Move A-1"


def test_undo_leaves_what_somebody_else_changed_of_other_fields(company: Company) -> None:
    made = company.add("sue", "Call @sue tue")
    with company.desk("sue") as desk:
        desk.actions.redate("A-1", MONDAY)
    with company.desk("bob") as desk:
        desk.actions.give("A-1", "bob")
    company.undo("sue")
    assert company.actions() == [replace(made, owner="bob", rev=0)]


def test_a_merge_is_undone_on_its_own_and_refuses_what_it_overtook(company: Company) -> None:
    seen = company.add("sue", "Call @sue tue")
    with company.desk("bob") as desk:
        desk.actions.give("A-1", "bob")
    with company.desk("sue") as desk:
        desk.actions.edit("A-1", "Write @sue tue", seen=seen)
    assert company.actions() == [replace(seen, title="Write", owner="bob", rev=0)]
    with company.desk("eve") as desk:
        desk.actions.give("A-1", "eve")
    with pytest.raises(Conflict, match=r"Not undone: Eve Adler has changed A-1 since \(Who, 16:\d\d\)\."):
        company.undo("bob")
    company.undo("sue")
    assert company.actions() == [replace(seen, owner="eve", rev=0)]
    company.redo("sue")
    assert company.actions() == [replace(seen, title="Write", owner="eve", rev=0)]


def test_what_a_merge_changed_refuses_the_undo_of_the_same_field(company: Company) -> None:
    seen = company.add("sue", "Call @sue tue")
    with company.desk("bob") as desk:
        bobs = desk.actions.edit("A-1", "Write @sue tue")
        desk.actions.give("A-1", "eve")
    with company.desk("sue") as desk:
        desk.actions.edit("A-1", "Fax @sue tue", seen=bobs)
    assert company.undo("bob") == "Give A-1 to eve"
    with pytest.raises(Conflict, match=r"Not undone: Sue Park has changed A-1 since \(What, 16:\d\d\)\."):
        company.undo("bob")
    assert company.actions() == [replace(seen, title="Fax", rev=0)]


def test_redo_is_refused_where_somebody_else_was_there_since(company: Company) -> None:
    company.add("sue", "Call @sue tue")
    with company.desk("sue") as desk:
        desk.actions.redate("A-1", MONDAY)
    company.undo("sue")
    with company.desk("bob") as desk:
        desk.actions.redate("A-1", FRIDAY)
    with pytest.raises(Conflict, match=r"Not done again: Bob Okoye has changed A-1 since \(Due, 16:\d\d\)\."):
        company.redo("sue")


def test_what_a_third_person_removed_is_said_until_it_is_brought_back(company: Company) -> None:
    made = company.add("sue", "Call @sue tue")
    with company.desk("bob") as desk:
        desk.actions.redate("A-1", MONDAY)
    with company.desk("eve") as desk:
        desk.meetings.remove("A-1")
    for by in ("sue", "bob"):
        with pytest.raises(Conflict, match=r"Not undone: Eve Adler has removed A-1 since \(16:\d\d\)\."):
            company.undo(by)
    assert company.undo("eve") == "Remove an entry"
    assert company.undo("bob") == "Move A-1"
    assert company.actions() == [replace(made, rev=0)]
    with pytest.raises(Conflict, match=r"Not done again: Bob Okoye has changed A-1 since \(Due, 16:\d\d\)\."):
        company.redo("eve")
    assert company.redo("bob") == "Move A-1"
    assert company.redo("eve") == "Remove an entry"
    assert company.actions() == []


def test_several_records_of_one_command_go_back_together_or_not_at_all(company: Company) -> None:
    company.add("sue", "Call @sue tue")
    company.add("sue", "Write @sue tue")
    with company.desk("sue") as desk:
        desk.actions.done("A-1", "A-2")
    with company.desk("bob") as desk:
        desk.actions.reopen("A-1")
    before = company.actions()
    with pytest.raises(Conflict, match=r"Not undone: Bob Okoye has changed A-1 since \(State, 16:\d\d\)\."):
        company.undo("sue")
    assert company.actions() == before
