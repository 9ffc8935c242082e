"""What a customer's page tells, in words: escalations and their rhythm, problems, tickets, contacts, side-channel."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from opsdesk.core import filling
from opsdesk.core.entrywords import slots_of
from opsdesk.core.errors import Invalid
from opsdesk.core.registerentry import parse
from opsdesk.core.registers.escalations import next_update
from opsdesk.core.settings import Settings
from opsdesk.core.stepping import step, wrong
from tests.clock import START
from tests.core.registered import BERLIN, KNOWN, fresh, look, register

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def at(days: float) -> datetime:
    return START + timedelta(days=days)


def does(record: Any, verb: str, days: float = 0, **said: Any) -> Any:
    chosen = next(each for each in register(record.kind).verbs if each.id == verb)
    return step(record, chosen, look(at(days)), "sue", said)


def told(record: Any, days: float = 0) -> tuple[str, str]:
    each = register(record.kind)
    return each.reason(record, look(at(days))), each.weight(record, look(at(days)))


def typed(kind: str, text: str) -> dict[str, Any]:
    entry = parse(text, slots_of(register(kind)), KNOWN, look())
    assert (entry.problems, entry.asked) == ((), ())
    return dict(entry.values)


# As it is typed


def test_a_contact_in_one_line() -> None:
    said = typed("contacts", "Lena Ortiz #globex role:CIO mail:lena@globex.test")
    assert said == {"name": "Lena Ortiz", "customer": "globex", "role": "CIO", "mail": "lena@globex.test"}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("#acme @tom 2h chat asked for the export again", 2),
        ("#acme @tom 2 hours chat asked for the export again", 2),
        ("chat asked for the export again 30min @tom #acme", 0.5),
        ("asked for the export again chat 1,5 h @tom #acme", 1.5),
    ],
)
def test_a_side_channel_request_in_one_line(text: str, hours: float) -> None:
    title = "asked for the export again"
    said = {"title": title, "customer": "acme", "person": "tom", "hours": hours, "channel": "chat"}
    assert typed("side-channel", text) == said


def test_hours_in_quotes_or_said_by_their_name_are_left_alone() -> None:
    assert typed("side-channel", '#acme @tom "2h" of talk')["title"] == "2h of talk"
    assert typed("side-channel", "#acme @tom hours:3 the 2h limit")["title"] == "the 2h limit"
    assert typed("tickets", "2h without labels")["title"] == "2h without labels"


def test_an_escalation_in_one_line() -> None:
    said = typed("escalations", "#globex CIO wrote to our CEO sev:critical @tom")
    title = "CIO wrote to our CEO"
    assert said == {"title": title, "customer": "globex", "severity": "critical", "owner": "tom"}


def test_an_override_in_one_line() -> None:
    said = typed("overrides", "the invoice is paid #acme green until fri")
    assert said == {"title": "the invoice is paid", "customer": "acme", "level": "green", "until": FRIDAY}


# Escalations: critical daily, high every 2 working days, medium weekly, low every two weeks


@pytest.mark.parametrize(
    ("severity", "today", "due"),
    [
        ("critical", MONDAY, date(2026, 11, 24)),
        ("critical", FRIDAY, date(2026, 11, 30)),
        ("high", MONDAY, date(2026, 11, 25)),
        ("high", date(2026, 11, 26), date(2026, 11, 30)),
        ("medium", MONDAY, date(2026, 11, 30)),
        ("medium", date(2026, 11, 28), date(2026, 12, 7)),
        ("low", MONDAY, date(2026, 12, 7)),
    ],
)
def test_the_severity_decides_when_the_customer_hears_of_it_again(severity: str, today: date, due: date) -> None:
    assert next_update(severity, today, BERLIN) == due
    holiday = Settings(time_zone="Europe/Berlin", holidays=frozenset({due}))
    assert next_update(severity, today, holiday) > due


def test_opening_and_each_update_set_the_next_one() -> None:
    opened: Any = fresh(register("escalations"), severity="high")
    assert (opened.opened, opened.update) == (START, date(2026, 11, 25))
    again = does(opened, "update", 2, news="the fix is under test")
    assert (again.update, again.news) == (FRIDAY, "the fix is under test")
    said = does(opened, "update", 2, update=date(2026, 12, 1))
    assert said.update == date(2026, 12, 1)
    assert does(does(opened, "acknowledge", 1), "plan", 1, exit="a week of peace").update == opened.update


def test_raising_one_brings_its_update_forward_and_never_puts_it_off() -> None:
    opened: Any = fresh(register("escalations"), severity="low")
    raised = does(opened, "raise")
    assert (raised.severity, raised.update) == ("medium", date(2026, 11, 30))
    worst = does(raised, "raise", severity="critical")
    assert (worst.severity, worst.update) == ("critical", date(2026, 11, 24))
    late = does(opened, "raise", 20)
    assert late.update == opened.update
    with pytest.raises(Invalid, match="ES-1 is critical already"):
        does(worst, "raise")
    with pytest.raises(Invalid, match="low is no step up"):
        does(raised, "raise", severity="low")
    each, now = register("escalations"), look()
    by_hand: Any = filling.changed(opened, register=each, values={"severity": "critical"}, look=now)
    assert by_hand.update == date(2026, 11, 24)


def test_it_closes_only_with_the_word_of_the_customer() -> None:
    opened = fresh(register("escalations"))
    with pytest.raises(Invalid, match="ES-1: close needs"):
        does(opened, "close")
    over = does(opened, "close", 3, confirmed="Lena Ortiz, by mail")
    assert (over.live, over.update, over.ended) == (False, None, at(3))
    assert told(over) == ("closed · confirmed by Lena Ortiz, by mail", "none")
    assert "nobody of the customer has confirmed" in wrong(replace(over, confirmed=""))
    again = does(over, "reopen", 4, why="it is back")
    assert (again.confirmed, again.ended, again.update) == ("", None, date(2026, 12, 1))


def test_a_plan_has_an_exit_criterion() -> None:
    opened = fresh(register("escalations"))
    with pytest.raises(Invalid, match="what has to be true before it closes"):
        does(opened, "plan")
    assert does(replace(opened, exit="four calm weeks"), "plan").state == "plan agreed"


@pytest.mark.parametrize(
    ("more", "days", "reason", "weight"),
    [
        ({"severity": "critical"}, 0, "critical · update due tomorrow · opened", "red"),
        ({"severity": "high"}, 0, "high · update due in 2 days · opened", "orange"),
        ({"severity": "high"}, 2, "high · update due today · opened", "orange"),
        ({"severity": "high"}, 3, "high · update was due yesterday · opened", "red"),
        ({"severity": "medium"}, 7, "medium · update due today · opened", "none"),
        ({"severity": "medium"}, 8, "medium · update was due yesterday · opened", "red"),
        ({"severity": "low", "owner": ""}, 0, "low · update due in 14 days · nobody owns it · opened", "orange"),
    ],
)
def test_why_an_escalation_is_on_the_table(more: dict[str, Any], days: int, reason: str, weight: str) -> None:
    assert told(fresh(register("escalations"), **{"owner": "tom", **more}), days) == (reason, weight)


def test_the_worst_escalation_comes_first() -> None:
    each = register("escalations")
    late = fresh(each, severity="medium", title="late", at=at(-10))
    made = [
        fresh(each, severity="low", title="low"),
        fresh(each, severity="high", title="high"),
        late,
        fresh(each, severity="critical", title="critical"),
    ]
    ordered = sorted(made, key=lambda record: each.order(record, look()))
    assert [each.text_of(record) for record in ordered] == ["critical", "late", "high", "low"]


# Overrides


def test_an_override_holds_up_to_and_with_its_last_day() -> None:
    each = register("overrides")
    green: Any = fresh(each, level="green", until=FRIDAY)
    assert told(green) == ("green until Fri 27 Nov", "green")
    assert told(green, 4) == ("green until today", "green")
    assert told(green, 5) == ("green, expired yesterday", "none")
    assert (each.is_open(green, look(at(4))), each.is_open(green, look(at(5)))) == (True, False)
    lifted = does(green, "lift", why="paid")
    assert (lifted.holds(MONDAY), told(lifted)) == (False, ("lifted · paid", "none"))


# Problems


def test_a_problem_goes_from_a_suspicion_until_it_has_stayed_away() -> None:
    found = fresh(register("problems"), customers=("acme", "globex"), tickets=("TK-1", "TK-2", "TK-3"))
    assert told(found) == ("candidate · 3 tickets of 2 customers · no workaround · nobody owns it", "red")
    under = does(found, "investigate", owner="tom")
    with pytest.raises(Invalid, match="a known error has a workaround"):
        does(under, "know", cause="a lock")
    known = does(under, "know", workaround="restart it")
    assert told(known) == ("known error · 3 tickets of 2 customers", "none")
    with pytest.raises(Invalid, match="what will end it for good"):
        does(known, "schedule")
    watched = does(does(known, "schedule", fix="a queue of its own"), "watch", 5)
    assert told(watched, 12) == ("fixed, watched for 7 days · 3 tickets of 2 customers", "none")
    assert does(watched, "close", 40).live is False
    back = does(watched, "reopen", 20, why="seen again")
    assert (back.state, back.fixed) == ("investigating", None)


# Tickets


@pytest.mark.parametrize(
    ("more", "days", "reason", "weight"),
    [
        ({"priority": "urgent"}, 0, "urgent · open for 0 min · nobody has it", "red"),
        ({"priority": "high", "assignee": "tom"}, 2, "high · open for 2 days", "none"),
        ({"priority": "high", "assignee": "tom"}, 2.1, "high · open for 2 days", "orange"),
        (
            {"state": "pending", "why": "a picture"},
            30,
            "normal · pending for 30 days · a picture · nobody has it",
            "none",
        ),
    ],
)
def test_why_a_ticket_is_on_the_table(more: dict[str, Any], days: float, reason: str, weight: str) -> None:
    assert told(fresh(register("tickets"), **more), days) == (reason, weight)


def test_a_ticket_that_is_written_down_afterwards_is_solved() -> None:
    made: Any = fresh(register("tickets"), solved=at(-1))
    assert (made.opened, made.solved, made.state, wrong(made)) == (at(-1), at(-1), "solved", "")
    again = does(made, "reopen", why="it came back")
    assert (again.state, again.solved) == ("open", None)


# Contacts and side-channel


def test_speaking_with_a_contact_notes_the_day_and_never_an_earlier_one() -> None:
    lena: Any = fresh(register("contacts"), role="CIO")
    assert told(lena) == ("CIO · nobody has spoken with them yet", "none")
    spoken = does(lena, "spoken")
    assert told(spoken, 12) == ("CIO · spoken with 12 days ago", "none")
    assert told(spoken, 61) == ("CIO · spoken with 61 days ago", "orange")
    assert does(spoken, "spoken", 3, last=date(2026, 11, 20)).last == MONDAY
    assert does(spoken, "spoken", 3, last=date(2026, 11, 25)).last == date(2026, 11, 25)
    with pytest.raises(Invalid, match="lies in the future"):
        does(lena, "spoken", last=FRIDAY)


def test_a_side_channel_request_was_today_where_nobody_says_when() -> None:
    made: Any = fresh(register("side-channel"), hours=2)
    assert (made.day, told(made)) == (MONDAY, ("2 h by chat · today", "none"))
    back = does(made, "bring", 1, why="a ticket now")
    assert told(back, 1) == ("2 h by chat · yesterday · brought back · a ticket now", "none")
