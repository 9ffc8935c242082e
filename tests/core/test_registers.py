"""Every register: its states and verbs as a table, and no order of verbs that leaves a record what it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from opsdesk.core import filling
from opsdesk.core.declared import declared, is_text, titles
from opsdesk.core.entrywords import is_instant
from opsdesk.core.errors import Invalid
from opsdesk.core.fieldvalues import choices, names_in
from opsdesk.core.kinds import KINDS, OWN, prefixes, shape_of, shapes
from opsdesk.core.record import checked
from opsdesk.core.register import Register, Registered, Verb
from opsdesk.core.registers import register_of, registers
from opsdesk.core.registers.maintenance import known_since, missing
from opsdesk.core.stepping import happened, possible, refused, step, verb_at, wrong
from tests.clock import START
from tests.core.registered import fresh, look, register
from tests.minutes.golden import same

ALL = sorted(registers())
BRIEFED = {
    *("absences", "announcements", "bugs", "components", "deliveries", "environments", "incidents", "known-issues"),
    *("maintenance", "releases", "requirements", "timeline"),
    *("contacts", "escalations", "overrides", "problems", "side-channel", "tickets"),
}


def test_all_registers_are_found_and_are_kinds_like_the_others() -> None:
    assert set(ALL) >= BRIEFED
    assert list(KINDS) == [*OWN, *(registers()[kind].shape for kind in ALL)]
    assert len(set(prefixes().values())) == len(KINDS) == len(shapes())
    assert all(shape_of(f"{prefix}-7") is shapes()[kind] for kind, prefix in prefixes().items())
    assert register_of(OWN[0]) is None


@pytest.mark.parametrize("kind", ALL)
def test_a_register_names_only_fields_that_its_records_have(kind: str) -> None:
    each = registers()[kind]
    known, titled = set(each.shape.__struct_fields__), set(titles(each.shape))
    named = {each.text, each.owner, each.customer, each.day, each.until, each.word} - {""}
    asked = {name for verb in each.verbs for name in (*verb.asks, *verb.stamps)}
    assert named | asked | set(each.columns) <= titled
    assert {name for verb in each.verbs for name in (*verb.clears, *verb.needs)} | set(each.kept) <= known
    assert all(set(verb.needs) <= set(verb.asks) for verb in each.verbs)
    assert is_text(declared(each.shape)[each.text])
    assert {name for group in each.shape.together for name in group} <= known


@pytest.mark.parametrize("kind", ALL)
def test_states_are_those_of_the_field_and_verbs_lead_from_one_to_another(kind: str) -> None:
    each = registers()[kind]
    states = choices(each.shape, "state") if "state" in titles(each.shape) else ()
    assert tuple(each.shape.states) == states
    assert set(each.shape.closed) <= set(states)
    assert {state for verb in each.verbs for state in (*verb.frm, verb.to)} - {""} <= set(states)
    assert len({verb.id for verb in each.verbs}) == len(each.verbs)
    reached = {states[0], *(verb.to for verb in each.verbs)} - {""} if states else set()
    assert reached == set(states), "a state that no verb leads to"


def held(each: Register, state: str) -> Registered:
    """A record in this state, with all the instants it has there."""
    past = {name: START if is_instant(each.shape, name) else START.date() for name in each.shape.states.get(state, ())}
    more = {"state": state, **past} if state else {}
    return replace(fresh(each), **more)


def table() -> Iterator[str]:
    """Of every register the verbs of every state, with their keys, where they lead, and what they ask for."""
    for each in registers().values():
        yield f"{each.title} ({each.shape.prefix})"
        for state in each.shape.states or ("",):
            yield f"  {state or 'always'}"
            record = held(each, state)
            for verb in each.verbs:
                if refused(record, verb) and not verb.clears:
                    continue
                if verb.frm and state not in verb.frm:
                    continue
                yield "    " + _line(verb)
        yield ""


def _line(verb: Verb) -> str:
    asks = ", ".join(f"{name}{'!' * (name in verb.needs)}" for name in verb.asks)
    leads = f"→ {verb.to}" if verb.to else ""
    return f"{verb.id:<12} {verb.key or '-':<7} {leads:<18} {asks}".rstrip()


def test_the_states_and_verbs_of_every_register() -> None:
    same("registers.txt", "\n".join(table()))


@pytest.mark.parametrize("kind", ALL)
def test_every_state_has_its_place_its_reason_and_its_weight(kind: str) -> None:
    each = registers()[kind]
    records = [held(each, state) for state in each.shape.states or ("",)]
    for record in records:
        assert isinstance(each.reason(record, look()), str)
        assert each.weight(record, look()) in ("red", "orange", "green", "none")
        assert each.text_of(record)
    settled = [not record.live for record in sorted(records, key=lambda record: each.order(record, look()))]
    assert kind == "timeline" or settled == sorted(settled), "what is settled comes last"


# No order of verbs

SENTENCES: list[str] = []
NAMED = {"people": "tom", "customers": "acme", "components": "login", "meetings": "M-1", "tickets": "TK-1", "": "RL-1"}
MOMENTS = st.integers(-3000, 3000).map(lambda minutes: START + timedelta(minutes=minutes))


def value(shape: type[Registered], name: str) -> st.SearchStrategy[Any]:
    """Something that the field can be."""
    target = names_in(shape).get(name)
    if choices(shape, name):
        return st.sampled_from(choices(shape, name))
    if isinstance(shape_default(shape, name), tuple):
        return st.just((NAMED[target or ""],))
    if target is not None:
        return st.just(NAMED[target])
    if is_text(declared(shape)[name]):
        return st.sampled_from(["", "because", "[EMEA] 日本 [/x]"])
    moments = MOMENTS if is_instant(shape, name) else MOMENTS.map(lambda moment: moment.date())
    return st.none() | moments


def shape_default(shape: type[Registered], name: str) -> Any:
    return next(field.default for field in fields(shape) if field.name == name)


@pytest.mark.parametrize("kind", [kind for kind in ALL if registers()[kind].verbs])
@settings(max_examples=60)
@given(data=st.data())
def test_no_order_of_verbs_leaves_a_state_without_its_instants_or_instants_out_of_order(
    kind: str, data: st.DataObject
) -> None:
    each = registers()[kind]
    record = fresh(each)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(MOMENTS)
        if data.draw(st.booleans()) or not happened(each):
            verb = data.draw(st.sampled_from(each.verbs))
            said = {name: data.draw(value(each.shape, name)) for name in verb.asks if data.draw(st.booleans())}
            record = stepped(record, verb, at, said)
        else:
            name = data.draw(st.sampled_from(happened(each)))
            record = set_to(each, record, at, {name: data.draw(value(each.shape, name))})
        assert_possible(record)
    assert all(said.endswith(".") for said in SENTENCES)


def stepped(record: Registered, verb: Verb, at: datetime, said: dict[str, Any]) -> Registered:
    """The record after the verb, as it was where that is refused in one sentence."""
    try:
        after = step(record, verb, look(at), "sue", said)
    except Invalid as error:
        SENTENCES.append(error.message)
        return record
    assert verb.to in ("", getattr(after, "state", ""))
    assert all(after[name] is not None for name in verb.stamps)
    assert not refused(record, verb)
    return after


def set_to(each: Register, record: Registered, at: datetime, values: dict[str, Any]) -> Registered:
    try:
        return filling.changed(record, register=each, values=values, look=look(at))
    except Invalid:
        return record


def assert_possible(record: Registered) -> None:
    assert checked(record) == record
    assert wrong(record) == ""
    state = getattr(record, "state", "")
    assert all(record[name] is not None for name in record.states.get(state, ()))
    known = [record[name] for name in record.in_order if record[name] is not None]
    assert known == sorted(known)


# Some of them in words


def does(record: Registered, verb: str, minutes: float = 0, **said: Any) -> Any:
    each = registers()[record.kind]
    chosen = next(each for each in each.verbs if each.id == verb)
    return step(record, chosen, look(START + timedelta(minutes=minutes)), "sue", said)


def test_an_incident_has_its_five_timestamps() -> None:
    opened = fresh(register("incidents"), sev=1)
    known = does(opened, "acknowledge", 5)
    found = does(known, "identify", 20, why="disk full")
    watched = does(found, "mitigate", 35)
    over = does(watched, "resolve", 90)
    at = [START + timedelta(minutes=minutes) for minutes in (0, 0, 5, 35, 90)]
    assert [over.started, over.detected, over.acknowledged, over.mitigated, over.resolved] == at
    assert (found.why, over.why, over.live) == ("disk full", "", False)


HALF = timedelta(minutes=30)


def test_opening_arms_the_update_clock_of_a_major_incident_and_steps_leave_it_alone() -> None:
    opened: Any = fresh(register("incidents"), sev=2)
    assert opened.next_update == START + HALF
    known = does(opened, "acknowledge", 10)
    assert known.next_update == does(known, "mitigate", 50).next_update == START + HALF
    said = does(known, "identify", 20, next_update=START + 3 * HALF)
    assert said.next_update == does(said, "mitigate", 200).next_update == START + 3 * HALF
    assert does(known, "resolve", 20).next_update is None
    minor: Any = fresh(register("incidents"), sev=3)
    assert minor.next_update is None


def test_no_update_being_due_survives_a_step_and_what_is_back_owes_one() -> None:
    silent = replace(fresh(register("incidents"), sev=1), next_update=None)
    found = does(silent, "identify", 10)
    assert found.next_update is None
    assert does(does(found, "mitigate", 20), "reopen", 30, why="x").next_update is None
    again = does(does(found, "resolve", 20), "reopen", 40, why="x")
    assert again.next_update == START + timedelta(minutes=70)


@pytest.mark.parametrize(
    ("sev", "to", "before", "after"),
    [
        (3, 1, None, 40),  # armed from when it was raised, at 10
        (3, 2, 20, 20),  # what was due sooner stays
        (3, 2, 120, 40),
        (2, 1, 30, 30),
        (2, 1, None, 40),
        (3, 1, 5, 5),  # overdue stays overdue
        (1, 2, None, None),
        (4, 3, None, None),
    ],
)
def test_raising_the_severity_arms_the_update_clock(sev: int, to: int, before: int | None, after: int | None) -> None:
    def due(minutes: int | None) -> datetime | None:
        return None if minutes is None else START + timedelta(minutes=minutes)

    each, now = register("incidents"), look(START + timedelta(minutes=10))
    opened = replace(fresh(each, sev=sev), next_update=due(before))
    raised: Any = filling.changed(opened, register=each, values={"sev": to}, look=now)
    assert raised.next_update == due(after)
    said = {"sev": to, "next_update": due(240)}
    with_time: Any = filling.changed(opened, register=each, values=said, look=now)
    assert with_time.next_update == due(240)


def test_a_next_update_later_than_the_rule_is_remarked_upon() -> None:
    each = register("incidents")
    far: Any = replace(fresh(each, sev=1), next_update=START + timedelta(minutes=31))
    assert each.remark(far, look()) == "The next update, 16:31, is later than the 30 min of SEV-1."
    for fine in (replace(far, next_update=START + HALF), replace(far, sev=3), replace(far, next_update=None)):
        assert each.remark(fine, look()) == ""


def test_an_end_that_nobody_acknowledged_stays_unacknowledged() -> None:
    over = does(fresh(register("incidents")), "resolve", 5)
    assert (over.acknowledged, over.mitigated, over.resolved) == (None, None, START + timedelta(minutes=5))


def test_an_incident_written_down_afterwards_was_noticed_when_it_began() -> None:
    began = START - timedelta(days=3)
    made: Any = fresh(register("incidents"), sev=2, started=began)
    assert (made.started, made.detected, made.state) == (began, began, "investigating")
    whole: Any = fresh(register("incidents"), sev=1, started=began, resolved=began + HALF)
    assert (whole.detected, whole.state, whole.next_update, whole.acknowledged) == (began, "resolved", None, None)
    assert wrong(whole) == ""
    seen: Any = fresh(register("incidents"), started=began, detected=began + HALF)
    assert seen.detected == began + HALF


def test_a_clock_that_was_put_back_puts_no_instant_before_another() -> None:
    opened = fresh(register("incidents"))
    assert does(opened, "resolve", -60).resolved == START


def test_a_reopened_incident_is_no_longer_resolved_and_says_why() -> None:
    over = does(fresh(register("incidents")), "resolve", 5)
    with pytest.raises(Invalid, match="I-1: reopen needs its reason"):
        does(over, "reopen")
    again = does(over, "reopen", 9, why="it is back")
    assert (again.state, again.resolved, again.mitigated, again.why) == ("investigating", None, None, "it is back")


def test_a_new_forecast_keeps_the_date_before_it() -> None:
    promised: Any = fresh(register("deliveries"), promised=date(2026, 11, 27))
    moved = does(promised, "forecast", forecast=date(2026, 12, 4), why="the vendor is late")
    assert [(slip.was, slip.why) for slip in moved.slips] == [(date(2026, 11, 27), "the vendor is late")]
    again = does(moved, "forecast", forecast=date(2026, 12, 9))
    assert [slip.was for slip in again.slips] == [date(2026, 11, 27), date(2026, 12, 4)]
    assert (
        register("deliveries").reason(again, look())
        == "promised for Fri 27 Nov · forecast 12 days past it · moved twice"
    )
    assert register("deliveries").weight(again, look()) == "orange"


def test_a_window_that_is_moved_stays_as_long_as_it_was() -> None:
    night = datetime(2026, 11, 27, 21, tzinfo=START.tzinfo)
    window: Any = fresh(register("maintenance"), starts=night, ends=night + timedelta(hours=3))
    moved = does(window, "move", starts=night + timedelta(days=1))
    assert moved.ends == night + timedelta(days=1, hours=3)
    with pytest.raises(Invalid, match="ends before it starts"):
        does(window, "move", starts=night, ends=night)


def window(hours: float = 24, length: float = 2, **more: Any) -> Any:
    """It begins so many hours from now."""
    starts = START + timedelta(hours=hours)
    return fresh(register("maintenance"), starts=starts, ends=starts + timedelta(hours=length), **more)


def test_a_window_that_is_moved_has_to_be_announced_again() -> None:
    planned = window(72, customers=("acme", "globex"))
    told = does(planned, "announce")
    assert (told.announced, told.told, told.moved) == (START, ("acme", "globex"), None)
    moved = does(told, "move", 60, starts=told.starts + timedelta(days=1))
    assert (moved.announced, moved.told, moved.moved) == (None, (), START + timedelta(hours=1))
    assert register("maintenance").reason(moved, look()).endswith("moved, not announced again")
    again = does(moved, "announce", 90, told=("acme",))
    assert (again.announced, again.told, again.moved) == (START + timedelta(minutes=90), ("acme",), None)


def test_customers_are_told_of_a_window_one_by_one_each_since_then() -> None:
    planned = window(72, customers=("acme", "globex"))
    first = does(planned, "announce", told=("acme",))
    assert missing(first, look()) == "#globex"
    again = does(first, "announce", 60, told=("acme",))
    assert (again.told, again.notices) == (first.told, first.notices)
    rest = does(again, "announce", 120)
    assert (rest.announced, missing(rest, look())) == (START, "")
    assert [known_since(rest, each) for each in rest.customers] == [START, START + timedelta(hours=2)]


def test_a_customer_that_was_told_earlier_is_told_since_then() -> None:
    earlier = START - timedelta(days=1)
    told = does(does(window(72, customers=("acme", "globex")), "announce", told=("acme",)), "announce",
                told=("globex",), announced=earlier)  # fmt: skip
    assert (told.announced, known_since(told, "globex"), known_since(told, "acme")) == (earlier, earlier, START)


def test_what_concerns_every_customer_is_announced_to_all_at_once() -> None:
    with pytest.raises(Invalid, match="names no customer, so it concerns them all"):
        does(window(72), "announce", told=("acme",))
    told = does(window(72), "announce")
    assert (told.told, known_since(told, "acme")) == ((), START)


def test_a_window_written_down_with_when_it_was_announced_was_to_all_its_customers() -> None:
    known = window(72, customers=("acme", "globex"), announced=START)
    assert (known.told, known_since(known, "globex")) == (("acme", "globex"), START)
    each = register("maintenance")
    by_hand = filling.changed(window(72, customers=("acme",)), register=each, values={"announced": START}, look=look())
    added = filling.changed(by_hand, register=each, values={"customers": ("acme", "globex")}, look=look())
    assert [known_since(added, each) for each in added.customers] == [START, None]


def test_a_window_that_nobody_knew_of_is_only_not_announced_when_it_is_moved() -> None:
    moved = does(window(), "move", starts=START + timedelta(days=2))
    assert moved.moved is None
    assert register("maintenance").reason(moved, look()).endswith("not announced")
    assert "moved" not in register("maintenance").reason(moved, look())


@pytest.mark.parametrize(("earlier", "announced"), [(-0.5, True), (0.5, False)])
def test_only_what_is_later_than_was_announced_is_announced_again(earlier: float, announced: bool) -> None:
    told = does(window(), "announce")
    moved = does(told, "move", starts=told.starts, ends=told.ends + timedelta(hours=earlier))
    assert (moved.announced is not None) is announced


def test_a_window_that_runs_is_not_made_longer() -> None:
    running = does(does(window(-1), "announce"), "run")
    with pytest.raises(Invalid, match="W-1 runs: what goes past its window counts as down"):
        does(running, "move", starts=running.starts, ends=running.ends + timedelta(hours=1))


def test_long_after_its_window_somebody_has_to_say_when_it_ended() -> None:
    late = window(-5, 2)  # 11:00 to 13:00 in Berlin, now 16:00
    with pytest.raises(Invalid) as asked:
        does(late, "done")
    assert asked.value.message == "W-1: It should have ended 13:00: say when it ended."
    assert asked.value.hint == 'As in opsdesk do W-1 done "2026-11-23 13:00".'
    assert does(late, "done", ended=START).ended == START
    assert does(window(-3, 2), "done").ended == START  # an hour late is still news
    with pytest.raises(Invalid, match="Ended lies in the future"):
        does(late, "done", ended=START + timedelta(minutes=1))


def test_what_has_not_begun_is_not_done() -> None:
    for said in ({}, {"ended": START}):
        with pytest.raises(Invalid, match="cannot have ended before its window starts"):
            does(window(1), "done", **said)


def test_what_is_given_up_while_it_runs_ended_then() -> None:
    assert does(does(window(-1), "run"), "cancel", 12, why="x").ended == START + timedelta(minutes=12)
    assert does(window(-1), "cancel", why="x").ended is None
    assert does(does(window(1), "run"), "cancel", why="x").ended is None


def test_what_was_dropped_is_planned_again_and_what_was_delivered_goes_on() -> None:
    fresh_one = fresh(register("deliveries"))
    for record in (fresh_one, does(fresh_one, "start")):
        again = does(does(record, "drop", why="no budget"), "reopen", why="they want it")
        assert (again.state, again.why) == ("planned", "they want it")
    back = does(does(fresh_one, "deliver"), "reopen")
    assert (back.state, back.delivered, back.why) == ("started", None, "")


def test_a_bug_counts_how_often_it_came_back() -> None:
    fixed = does(fresh(register("bugs")), "fix")
    again = does(does(fixed, "reopen"), "close")
    assert does(again, "reopen").reopened == 2


def test_a_release_that_comes_out_again_does_so_on_another_day() -> None:
    out = does(fresh(register("releases"), planned=date(2026, 11, 23)), "release")
    back = does(out, "take-back", why="it lost mails")
    with pytest.raises(Invalid, match="RL-1 is taken back: release is for what is planned"):
        does(back, "release")
    planned = does(back, "plan", planned=date(2026, 11, 26), why="after the fix")
    assert (planned.state, planned.actual, planned.slips[0].why) == ("planned", None, "after the fix")
    again = does(planned, "release", minutes=3 * 24 * 60)
    assert (out.actual, back.actual, again.actual) == (date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 26))
    assert does(back, "reopen").state == "planned"
    assert register("releases").weight(back, look()) == "red"
    assert verb_at(register("releases"), out, "delete") == next(
        e for e in register("releases").verbs if e.to == "taken back"
    )
    assert verb_at(register("releases"), back, "x") is None


def test_what_has_happened_is_not_ahead() -> None:
    with pytest.raises(Invalid, match="Delivered lies in the future"):
        does(fresh(register("deliveries")), "deliver", delivered=date(2026, 11, 24))
    assert does(fresh(register("deliveries")), "deliver", delivered=date(2026, 11, 20)).delivered == date(2026, 11, 20)


def test_one_key_goes_a_step_on_in_every_state() -> None:
    each, record = register("incidents"), fresh(register("incidents"))
    went = []
    while (verb := verb_at(each, record, "s")) is not None:
        went.append(verb.id)
        record = step(record, verb, look(), "sue")
    assert went == ["acknowledge", "identify", "mitigate"]
    assert [verb.id for verb in possible(each, record)] == ["resolve", "reopen", "update", "give"]


def test_a_verb_takes_only_what_it_asks_for() -> None:
    with pytest.raises(Invalid, match="Resolve takes no SEV: it takes Reason"):
        does(fresh(register("incidents")), "resolve", sev=1)
    with pytest.raises(Invalid, match="I-1 is investigating: reopen is for what is monitoring or resolved"):
        does(fresh(register("incidents")), "reopen", why="x")
