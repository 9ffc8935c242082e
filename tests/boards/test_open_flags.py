"""Flags of measures that the settings name no more, or write otherwise, stay on the boards of a meeting."""

from __future__ import annotations

from tests.boards.company import lines, score, shown


def test_an_open_flag_of_what_is_no_measure_any_more_is_on_the_table_and_says_so() -> None:
    found = lines("flags", score("S-1", "red", -3, measure="Fax", owner="sue", exit="it works"))
    assert [(id, reason.split(", ")[1]) for id, reason in shown(found)] == [("S-1", "no longer a measure")]
    assert lines("flags", score("S-1", "green", -3, measure="Fax")) == []


def test_a_measure_in_capitals_is_the_same() -> None:
    (found,) = lines("flags", score("S-1", "red", -3, measure="SUPPORT"))
    assert "no longer" not in found.reason
    changed = score("S-2", "green", -1, measure="SUPPORT", was="red")
    assert [line.id for line in lines("scores", changed)] == ["S-2"]
    assert lines("scores", score("S-2", "green", -1, measure="Fax", was="red")) == []
