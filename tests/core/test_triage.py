"""Which verb of the key table means which verb of a register, and why one means nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from opsdesk.core.errors import Invalid
from opsdesk.core.register import Register
from opsdesk.core.registers import registers
from opsdesk.core.registers.bugs import Bug
from opsdesk.core.registers.deliveries import Delivery
from opsdesk.core.registers.incidents import Incident
from opsdesk.core.triage import KEYS, meaning, nothing, possible_keys, table, verb_for

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
INCIDENT = Incident(id="I-1", title="Login slow", started=NOW, detected=NOW)


def register(kind: str) -> Register:
    return registers()[kind]


@pytest.mark.parametrize("kind", sorted(registers()))
def test_of_every_register_every_verb_of_the_key_table_means_something_or_says_why_not(kind: str) -> None:
    known = {verb.id for verb in register(kind).verbs}
    for triage, means in table(register(kind)).items():
        assert triage in KEYS
        if isinstance(means, tuple):
            assert means
            assert set(means) <= known
        elif means != "escalation":
            assert means.endswith(".")
            assert means == nothing(register(kind), triage)


@pytest.mark.parametrize("kind", sorted(registers()))
def test_a_register_gives_no_reason_for_a_verb_it_has(kind: str) -> None:
    keys = {verb.key for verb in register(kind).verbs}
    assert not [triage for triage in register(kind).means_nothing if KEYS[triage] in keys]
    assert set(register(kind).means_nothing) <= set(KEYS)


def test_the_verbs_that_meetings_need() -> None:
    wanted = {
        ("incidents", "done"): ("resolve",),
        ("incidents", "start"): ("acknowledge", "identify", "mitigate"),
        ("incidents", "date"): ("update",),
        ("deliveries", "done"): ("deliver",),
        ("deliveries", "date"): ("forecast",),
        ("deliveries", "wait"): ("tell",),
        ("maintenance", "wait"): ("announce",),
        ("environments", "wait"): ("keep",),
        ("environments", "done"): ("free",),
        ("requirements", "date"): ("date",),
        ("absences", "give"): ("cover",),
        ("bugs", "drop"): ("drop",),
    }
    assert {place: table(register(place[0]))[place[1]] for place in wanted} == wanted


def test_of_several_verbs_on_one_key_it_is_the_first_that_is_possible_now() -> None:
    incidents = register("incidents")
    assert verb_for(incidents, INCIDENT, "start").id == "acknowledge"
    known = Incident(id="I-1", title="x", started=NOW, detected=NOW, acknowledged=NOW, state="identified")
    assert verb_for(incidents, known, "start").id == "mitigate"
    over = Incident(id="I-1", title="x", state="resolved", started=NOW, detected=NOW, resolved=NOW)
    assert meaning(incidents, over, "done").why_not.startswith("I-1 is resolved: resolve is for")
    with pytest.raises(Invalid, match=r"I-1 is resolved: mitigate is for what is investigating or identified\."):
        verb_for(incidents, over, "start")


def test_what_means_nothing_is_refused_with_its_reason_and_what_can_be_done() -> None:
    with pytest.raises(Invalid, match="An incident waits for nobody: t says when") as refused:
        verb_for(register("incidents"), INCIDENT, "wait")
    assert refused.value.hint == "s Acknowledge · x Resolve · t Next update · @ Give to"
    assert possible_keys(register("bugs"), Bug(id="B-1", title="x")).endswith("Del Not fixed · @ Give to")


def test_everything_can_be_escalated_but_what_has_only_happened() -> None:
    assert meaning(register("deliveries"), Delivery(id="DL-1", title="x"), "escalate").turns == "escalation"
    assert table(register("timeline"))["escalate"].startswith("What happened")


def test_whether_something_has_to_be_typed() -> None:
    delivery = Delivery(id="DL-1", title="x")
    assert meaning(register("deliveries"), delivery, "date").asks
    assert not meaning(register("deliveries"), delivery, "done").asks
