"""The registers at a desk: one line makes a record, one verb moves many, one undo takes all of it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core.errors import Conflict, Invalid, NotFound
from opsdesk.core.kinds import shapes
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.settings import Settings
from opsdesk.desk import Desk
from opsdesk.desk.context import Context
from opsdesk.desk.sheetrules import SheetRules
from opsdesk.store.memory import MemoryStore
from tests.clock import START, Clock
from tests.desk.meeting_desk import desk, furnished


@pytest.fixture
def sue(clock: Clock) -> Desk:
    return desk(clock)


def record(at: Desk, id: str) -> Any:
    shape = next(shape for shape in shapes().values() if shape.prefix == id.partition("-")[0])
    return at.read.get(shape, id)


def test_one_line_makes_a_record_with_where_it_came_from(sue: Desk) -> None:
    made: Any = sue.registers.add("incidents", "Login slow @bob #acme sev:1", agenda="daily-operations-sync")
    assert (made.id, made.title, made.owner, made.customers, made.sev) == ("I-1", "Login slow", "bob", ("acme",), 1)
    assert (made.created, made.created_by, made.agenda) == (START, "sue", "daily-operations-sync")
    assert (made.started, made.detected) == (START, START)
    assert sue.undo.last().command == "Add Login slow"
    assert not sue.read.all(type(made))


def test_fields_count_before_what_is_typed_and_are_read_alike(sue: Desk) -> None:
    made: Any = sue.registers.add("incidents", "Login sev:4", sev=2, customers="acme globex", next_update="in 10 min")
    assert (made.sev, made.customers) == (2, ("acme", "globex"))
    assert made.next_update == START + timedelta(minutes=10)


def test_a_component_is_given_a_handle_that_is_free_and_stays(sue: Desk) -> None:
    made: list[Any] = [
        sue.registers.add("components", text) for text in ("Login API", "Login web", "Login of admins", "日本")
    ]
    assert [each.handle for each in made] == ["login", "login.web", "login.of", "k1"]
    with pytest.raises(Invalid, match="The handle login is taken by K-1"):
        sue.registers.add("components", "x handle:login")
    with pytest.raises(Invalid, match="A handle never changes"):
        sue.registers.set(["K-1"], {"handle": "other"})
    assert sue.registers.draft("incidents", "x components:login.w").values["components"] == ("login.web",)


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        ("incidents", "", "What is missing. Type a few words."),
        ("incidents", "x sev:7", 'SEV: "7" is no whole number from 1 to 5.'),
        ("absences", "fri", "Who is missing. Type @handle."),
        ("timeline", "rolled back", "About is missing. Type about:…."),
        ("timeline", "rolled back about:I-9", "There is no I-9. `opsdesk list incidents` shows what there is."),
        (
            "maintenance",
            "x starts:fri 22:00 ends:thu 22:00",
            "The window ends before it starts: say both, such as fri 22:00 until sat 02:00.",
        ),
        ("incidents", "x state:resolved", "It is resolved, and nobody says when: Resolved is missing."),
        ("incidents", "x state:identified", "It is identified, and nobody says when: Acknowledged is missing."),
        ("incidents", "x started:tomorrow", "Started lies in the future: it says what has happened."),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_and_makes_nothing(sue: Desk, kind: str, text: str, said: str) -> None:
    before = len(sue.history())
    with pytest.raises((Invalid, NotFound)) as refused:
        sue.registers.add(kind, text)
    assert str(refused.value) == said
    assert len(sue.history()) == before


DAY_BEFORE = "2026-11-22"


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("deliveries", f"SSO promised:{DAY_BEFORE}", f"Promised {DAY_BEFORE} is past."),
        ("deliveries", "SSO promised:2020-01-01", "Promised 2020-01-01 is past."),
        ("deliveries", f"SSO {DAY_BEFORE}", f"Promised {DAY_BEFORE} is past."),
        ("releases", f"4.12 planned:{DAY_BEFORE}", f"Planned {DAY_BEFORE} is past."),
    ],
)
def test_a_past_day_is_asked_about_and_kept_where_it_is_meant(sue: Desk, kind: str, typed: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as asked:
        sue.registers.add(kind, typed)
    assert "ctrl+o" in asked.value.hint
    assert not sue.history()[1:] or sue.history()[-1].command != "Add SSO"
    assert sue.registers.anyway.add(kind, typed).id


@pytest.mark.parametrize(
    ("kind", "verb", "field"), [("deliveries", "forecast", "forecast"), ("releases", "move", "planned")]
)
def test_a_past_day_is_asked_about_by_verbs_too(sue: Desk, kind: str, verb: str, field: str) -> None:
    id = sue.registers.add(kind, "SSO 2026-11-23").id
    for words in (f"{DAY_BEFORE} late", f"late {field}:{DAY_BEFORE}"):
        with pytest.raises(Invalid, match=f"{DAY_BEFORE} is past"):
            sue.registers.act([id], verb, words)
        with pytest.raises(Invalid, match=f"{DAY_BEFORE} is past"):
            sue.triage.act([id], "date", words)
    assert sue.triage.anyway.act([id], "date", f"{DAY_BEFORE} late")[0][field] == date(2026, 11, 22)
    sue.undo.last()
    assert sue.registers.anyway.act([id], verb, f"{DAY_BEFORE} late")[0][field] == date(2026, 11, 22)
    assert sue.registers.act([id], verb, "2026-11-23 late")[0][field] == date(2026, 11, 23)


def test_a_promised_day_that_is_set_is_asked_about_when_it_is_past(sue: Desk) -> None:
    sue.registers.add("deliveries", "SSO")
    with pytest.raises(Invalid, match=f"Promised {DAY_BEFORE} is past"):
        sue.registers.set(["DL-1"], {"promised": DAY_BEFORE})
    assert sue.registers.anyway.set(["DL-1"], {"promised": DAY_BEFORE})[0]["promised"] == date(2026, 11, 22)


@pytest.mark.parametrize("field", ["sev", "impact"])
@pytest.mark.parametrize("said", ["", "none"])
def test_what_always_is_something_cannot_be_emptied(sue: Desk, field: str, said: str) -> None:
    sue.registers.add("incidents", "Login sev:1 impact:partial")
    with pytest.raises(Invalid):
        sue.registers.set(["I-1"], {field: said})
    assert (record(sue, "I-1").sev, record(sue, "I-1").impact) == (1, "partial")


def test_what_may_be_nothing_can_be_emptied(sue: Desk) -> None:
    sue.registers.add("incidents", "Login @bob #acme started:now")
    after: Any = sue.registers.set(["I-1"], {"owner": "", "customers": "", "next_update": ""})[0]
    assert (after.owner, after.customers, after.next_update) == ("", (), None)


def test_a_date_among_the_words_of_a_cause_is_no_next_update(sue: Desk) -> None:
    sue.registers.add("incidents", "Login sev:2")
    found: Any = sue.registers.act(["I-1"], "identify", "cache full since 4.12")[0]
    assert (found.why, found.next_update) == ("cache full since 4.12", START + timedelta(minutes=30))


def test_a_window_is_done_with_the_time_that_is_typed(sue: Desk) -> None:
    sue.registers.add("maintenance", 'Disks starts:"2026-11-23 10:00" ends:"2026-11-23 12:00"')
    with pytest.raises(Invalid, match="should have ended 12:00"):
        sue.registers.act(["W-1"], "done", "all well")
    done: Any = sue.registers.act(["W-1"], "done", "2026-11-23 12:30 all well")[0]
    assert (done.ended, done.result) == (START - timedelta(hours=2.5), "all well")


def test_a_fix_is_named_by_the_version_of_its_release(sue: Desk) -> None:
    sue.registers.add("releases", "4.13 planned:2026-12-04")
    sue.registers.add("known-issues", "Export fails")
    (issue,) = sue.registers.act(["KI-1"], "schedule", "4.13")
    assert (issue.state, record(sue, "KI-1").fix) == ("fix scheduled", "RL-1")
    with pytest.raises(Invalid, match=r'Fix: "4\.1" is not the id of a record'):
        sue.registers.act(["KI-1"], "fix", "fix:4.1")


def test_a_window_is_moved_with_the_reason_in_the_same_line(sue: Desk) -> None:
    sue.registers.add("maintenance", 'New disks starts:"2026-11-24 22:00"')
    (moved,) = sue.registers.act(["W-1"], "move", "25 dec 22:00 too busy")
    assert (f"{moved['starts']:%m-%d}", moved.why) == ("12-25", "too busy")
    (again,) = sue.registers.act(["W-1"], "move", "26 dec 22:00")
    assert again.why == ""


def test_a_promise_that_was_given_stays_and_another_date_says_why(sue: Desk) -> None:
    sue.registers.add("deliveries", "SSO #acme @bob promised:2026-11-27")
    with pytest.raises(Invalid, match="DL-1 was promised for 2026-11-27, and that stays: the first date counts"):
        sue.registers.set(["DL-1"], {"promised": "2026-12-24"})
    with pytest.raises(Invalid, match="DL-1 is expected for 2026-11-27: say why it comes later"):
        sue.registers.act(["DL-1"], "tell", "2026-12-24")
    sue.registers.act(["DL-1"], "tell", "2026-12-24 their data came late")
    kept = record(sue, "DL-1")
    assert (kept.promised.isoformat(), kept.told.isoformat(), kept.forecast.isoformat()) == (
        "2026-11-27", "2026-12-24", "2026-12-24",
    )  # fmt: skip
    assert [(each.was.isoformat(), each.why) for each in kept.slips] == [("2026-11-27", "their data came late")]


def test_a_promise_stays_in_a_sheet_too() -> None:
    rules = SheetRules(Context(MemoryStore(), Clock(), "sue", Settings(), dict))
    said = Delivery(id="DL-1", title="SSO", customer="acme", promised=date(2026, 11, 27))
    with pytest.raises(Invalid, match="DL-1 was promised for 2026-11-27, and that stays"):
        rules.changed(said, replace(said, promised=date(2026, 12, 24)), ["promised"])


def test_a_register_that_is_not_there_names_those_that_are(sue: Desk) -> None:
    with pytest.raises(NotFound, match=r'There is no register "invoices". There are absences, announcements, '):
        sue.registers.add("invoices", "x")


def test_many_are_set_in_one_transaction_and_taken_back_by_one_undo(sue: Desk) -> None:
    for text in ("one", "two", "three"):
        sue.registers.add("bugs", text)
    seq = sue.history()[-1].seq
    changed: Any = sue.registers.set(["B-1", "B-2", "B-3"], {"severity": "1", "owner": "bob", "found by": "cust"})
    assert [(each.severity, each.owner, each.found_by) for each in changed] == [(1, "bob", "customer")] * 3
    assert [entry.seq for entry in sue.history(seq)] == [seq + 1]
    sue.undo.last()
    assert [record(sue, f"B-{n}").severity for n in (1, 2, 3)] == [3, 3, 3]


def test_many_are_moved_in_one_transaction_or_none(sue: Desk) -> None:
    for text in ("one", "two"):
        sue.registers.add("bugs", text)
    sue.registers.act(["B-1", "B-2"], "fix", "by the new parser")
    assert [(record(sue, id).state, record(sue, id).why) for id in ("B-1", "B-2")] == [
        ("fixed", "by the new parser")
    ] * 2
    sue.registers.act(["B-1"], "close")
    sue.registers.add("bugs", "three")
    with pytest.raises(Invalid, match="B-1 is closed: fix is for what is open or started"):
        sue.registers.act(["B-3", "B-1"], "fix")
    assert record(sue, "B-3").state == "open"
    sue.undo.last()
    sue.undo.last()
    sue.undo.last()
    assert [record(sue, id).state for id in ("B-1", "B-2")] == ["open", "open"]


def test_a_verb_is_known_by_its_start_and_one_that_is_not_names_those_that_are(sue: Desk) -> None:
    sue.registers.add("incidents", "Login")
    sue.registers.act(["I-1"], "ack")
    assert record(sue, "I-1").acknowledged == START
    for verb, said in (("fly", "no verb"), ("re", "several verbs")):
        with pytest.raises(NotFound, match=f'"{verb}" is {said} of incidents'):
            sue.registers.act(["I-1"], verb)
    with pytest.raises(Invalid, match="P-1 is of people, which are no register"):
        sue.registers.act(["P-1"], "give")


@pytest.mark.parametrize(
    ("id", "field", "said"),
    [
        ("I-1", "state", "I-1: State is set by a verb. opsdesk do I-1 identify | mitigate | resolve | reopen."),
        ("DL-1", "forecast", "DL-1: Forecast is set by a verb. opsdesk do DL-1 forecast."),
        ("B-1", "reopened", "B-1: Reopened is kept by the desk itself. opsdesk set takes title, component, "),
        ("A-1", "state", "A-1: State is not set by hand. Use opsdesk start, wait, done, drop or reopen A-1."),
        ("A-1", "waiting_on", "A-1: Waits on is not set by hand. Use opsdesk wait A-1 WHOM."),
        ("P-1", "active", "P-1: Active is not set by hand. Use opsdesk retire, or retire --back."),
        ("P-1", "handle", "P-1: Handle is not set by hand. A handle never changes: everything names it."),
        ("N-1", "text", "N-1 is of notes: they are not set by hand. actions, people, customers and whatever is in a "),
        ("I-1", "colour", 'Incidents have no field "colour". There are title, sev, impact, '),
        ("Q-1", "sev", 'There is no "Q-1".'),
    ],
)
def test_what_only_verbs_set_is_refused_with_their_names(sue: Desk, id: str, field: str, said: str) -> None:
    sue.registers.add("incidents", "Login")
    sue.registers.add("deliveries", "SSO #acme fri")
    sue.registers.add("bugs", "Crash")
    sue.actions.capture("Call @sue fri")
    with pytest.raises((Invalid, NotFound)) as refused:
        sue.registers.set([id], {field: "1"})
    assert str(refused.value).startswith(said)


def test_actions_people_and_customers_are_set_by_hand_as_far_as_the_rules_allow(sue: Desk) -> None:
    sue.actions.capture("Call back @sue #acme fri !")
    sue.registers.set(["A-1"], {"owner": "bob", "title": "Call them back"})
    assert (record(sue, "A-1").owner, record(sue, "A-1").title) == ("bob", "Call them back")
    with pytest.raises(Invalid, match="A-1 was promised to acme, and that stays"):
        sue.registers.set(["A-1"], {"customer": "globex"})
    sue.registers.set(["C-1", "C-2"], {"owner": "ann", "since": "2020-01-01"})
    assert [(record(sue, id).owner, record(sue, id).since) for id in ("C-1", "C-2")] == [("ann", date(2020, 1, 1))] * 2
    sue.registers.set(["P-1"], {"limit": "5", "department": "Support"})
    assert (record(sue, "P-1").limit, record(sue, "P-1").department) == (5, "Support")


def test_a_new_date_of_an_action_is_a_slip_and_of_a_promise_asks_for_its_reason(sue: Desk) -> None:
    sue.actions.capture("Call back @sue fri")
    sue.actions.capture("Send the list @sue #acme fri !")
    before = record(sue, "A-1").due
    sue.registers.set(["A-1"], {"due": "1 dec 2026"})
    assert [slip.was for slip in record(sue, "A-1").slips] == [before]
    with pytest.raises(Invalid) as refused:
        sue.registers.set(["A-2"], {"due": "1 dec 2026"})
    assert refused.value.hint == "Use opsdesk redate A-2 2026-12-01 --why TEXT."
    assert record(sue, "A-2").due == before


def test_what_others_changed_meanwhile_stays_and_what_both_changed_is_asked_about(clock: Clock) -> None:
    store = furnished()
    sue, bob = desk(clock, "sue", store), desk(clock, "bob", store)
    seen = sue.registers.add("incidents", "Login")
    bob.registers.set(["I-1"], {"sev": "1"})
    (merged,) = sue.registers.set(["I-1"], {"workaround": "use the app"}, seen=seen)
    assert (merged["sev"], merged["workaround"]) == (1, "use the app")
    with pytest.raises(Conflict, match="I-1: Bob set SEV to 1 on 2026-11-23 at 15:00, you 4"):
        sue.registers.set(["I-1"], {"sev": "4"}, seen=[seen])
    bob.registers.act(["I-1"], "identify", "disk full")
    with pytest.raises(Invalid, match="I-1 is identified: identify is for what is investigating"):
        sue.registers.act(["I-1"], "identify", "bad config", seen=seen)


def test_two_who_move_one_to_different_states_do_not_mix_them(clock: Clock) -> None:
    store = furnished()
    sue, bob = desk(clock, "sue", store), desk(clock, "bob", store)
    seen = sue.registers.add("deliveries", "SSO #acme fri")
    bob.registers.act(["DL-1"], "start")
    with pytest.raises(Conflict) as clash:
        sue.registers.act(["DL-1"], "deliver", seen=seen)
    settled: Any = sue.resolve(clash.value, "mine")
    assert (settled.state, settled.delivered) == ("delivered", START.date())


def test_what_is_made_in_a_meeting_is_kept_with_it_and_is_its_customers(clock: Clock) -> None:
    sue = desk(clock)
    call = sue.meetings.start("call", customer="acme")
    clock.forward(minutes=5)
    made: Any = sue.registers.add("deliveries", "SSO fri", meeting=call.id, section=call.sections[0].title)
    assert (made.meeting, made.section, made.agenda) == (call.id, call.sections[0].title, "call")
    assert (made.customer, made.created) == ("acme", clock())
    assert sue.history()[-1].meeting == call.id


def test_the_slo_of_a_component_is_taken_away_again(sue: Desk) -> None:
    assert sue.registers.add("components", "Login")["slo"] is None
    assert sue.registers.set(["K-1"], {"slo": "99,95 %"})[0]["slo"] == 99.95
    assert sue.registers.set(["K-1"], {"slo": "none"})[0]["slo"] is None
    with pytest.raises(Invalid, match='SLO %: "120" is no number from 0 to 100'):
        sue.registers.set(["K-1"], {"slo": "120"})


def test_names_are_offered_and_before_one_customer_no_other(sue: Desk) -> None:
    assert [each.text for each in sue.registers.complete("incidents", "x #", 3)] == ["#acme", "#globex"]
    assert [each.text for each in sue.registers.complete("incidents", "x #", 3, only="acme")] == ["#acme"]
    assert [each.text for each in sue.registers.complete("incidents", "@b", 2, verb="give")] == ["@bob"]
