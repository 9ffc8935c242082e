"""What became of records over a stretch of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from opsdesk.core.journal import Change, Transaction
from opsdesk.insight.moves import moves

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def tx(seq: int, kind: str, id: str, before: Any, after: Any, by: str = "sue", undoes: int = 0) -> Transaction:
    change = Change(kind, id, before, after)
    return Transaction(seq=seq, at=NOW + timedelta(minutes=seq), by=by, command="x", undoes=undoes, changes=(change,))


def told(*history: Transaction) -> list[tuple[str, str, str, str, str, str]]:
    return [(each.id, each.what, each.word, each.was, each.now, each.by) for each in moves(history)]


def test_what_was_made_moved_and_resolved_is_told_by_its_net_effect_and_who_did_the_last_of_it() -> None:
    assert told(
        tx(1, "incidents", "I-1", {"state": "investigating"}, {"state": "identified"}),
        tx(2, "incidents", "I-1", {"state": "identified"}, {"state": "monitoring"}, by="bob"),
        tx(3, "incidents", "I-2", None, {"state": "investigating"}),
        tx(4, "incidents", "I-3", {"state": "monitoring"}, {"state": "resolved"}),
        tx(5, "incidents", "I-4", {"state": "resolved"}, {"state": "investigating"}),
        tx(6, "incidents", "I-5", None, {"state": "investigating"}),
        tx(7, "incidents", "I-5", {"state": "investigating"}, {"state": "resolved"}),
        tx(8, "incidents", "I-1", {"owner": "bob"}, {"owner": "ann"}, by="ann"),
    ) == [
        ("I-1", "moved", "monitoring", "investigating", "monitoring", "bob"),
        ("I-2", "new", "new", "", "investigating", "sue"),
        ("I-3", "settled", "resolved", "monitoring", "resolved", "sue"),
        ("I-4", "came back", "came back", "resolved", "investigating", "sue"),
        ("I-5", "settled", "resolved", "", "resolved", "sue"),
    ]


def test_what_is_new_is_so_since_it_was_made_and_not_since_its_last_step() -> None:
    (opened,) = moves(
        [
            tx(1, "incidents", "I-1", None, {"state": "investigating"}),
            tx(9, "incidents", "I-1", {"state": "investigating"}, {"state": "identified"}, by="bob"),
        ]
    )
    assert (opened.what, opened.at, opened.by) == ("new", NOW + timedelta(minutes=1), "sue")


def test_a_date_that_moved_to_a_later_one_has_slipped_and_one_that_came_nearer_has_only_changed() -> None:
    assert told(
        tx(1, "requirements", "RQ-1", {"due": "2026-11-24"}, {"due": "2026-11-30"}),
        tx(2, "releases", "RL-1", {"planned": "2026-11-30"}, {"planned": "2026-11-24"}),
        tx(3, "deliveries", "DL-1", {"forecast": None, "slips": []}, _first_forecast()),
    ) == [
        ("RQ-1", "slipped", "slipped", "2026-11-24", "2026-11-30", "sue"),
        ("RL-1", "changed", "changed", "", "", "sue"),
        ("DL-1", "slipped", "slipped", "2026-11-27", "2026-12-01", "sue"),
    ]


def _first_forecast() -> dict[str, Any]:
    return {"forecast": "2026-12-01", "slips": [{"was": "2026-11-27", "at": "2026-11-23T15:00:00Z", "why": ""}]}


def test_what_was_undone_removed_or_only_relisted_is_no_news() -> None:
    assert (
        told(
            tx(1, "incidents", "I-1", {"state": "investigating"}, {"state": "resolved"}),
            tx(2, "incidents", "I-1", {"state": "resolved"}, {"state": "investigating"}, undoes=1),
            tx(3, "incidents", "I-2", None, {"state": "investigating"}),
            tx(4, "incidents", "I-2", {"state": "investigating"}, None),
            tx(5, "actions", "A-1", {"relisted": []}, {"relisted": ["M-1"]}),
            tx(6, "timeline", "L-1", None, {"about": "I-1"}),
            tx(7, "notes", "N-1", None, {"text": "x"}),
        )
        == []
    )


def test_a_flag_has_moved_where_its_level_is_another_and_a_confirmation_is_no_news() -> None:
    assert told(
        tx(1, "scores", "S-1", None, {"was": "green", "level": "red"}),
        tx(2, "scores", "S-2", None, {"was": "red", "level": "red"}),
    ) == [("S-1", "moved", "red", "green", "red", "sue")]
