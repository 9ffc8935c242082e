"""The verbs of the key table, and which verb of a register each of them means."""

from __future__ import annotations

import msgspec

from opsdesk.core.errors import Invalid
from opsdesk.core.register import Look, Owes, Register, Registered, Verb
from opsdesk.core.stepping import owes, refused

KEYS = {"done": "x", "start": "s", "wait": "w", "give": "@", "date": "t", "escalate": "e", "drop": "delete"}
"""Verb of the key table → the key that verbs of registers declare."""

SHOWN = {"delete": "Del"}


class Meaning(msgspec.Struct, frozen=True, kw_only=True):
    """What a verb of the key table is for one record now: the verb of its register, or None and why it is none.

    `turns`: it is no verb of the register but makes the record into something else ("escalation"). `owes`: what has to
    be said with it just now, `usual` what is as a rule, as it is typed.
    """

    verb: Verb | None = None
    why_not: str = ""
    turns: str = ""
    owes: Owes | None = None
    usual: str = ""

    @property
    def likely(self) -> str:
        """What the line that asks for it begins with."""
        return self.owes.likely if self.owes else self.usual

    @property
    def asks(self) -> bool:
        """Whether something has to be typed for it."""
        return self.verb is not None and bool(self.verb.needs or self.owes)

    @property
    def wants(self) -> bool:
        """Whether something may be typed for it, and is asked for."""
        return self.verb is not None and (self.verb.wants or bool(self.usual))


def meaning(register: Register, record: Registered, triage: str, look: Look | None = None) -> Meaning:
    """Of several verbs on one key the first that is for the record as it is now, at `look` with what it owes.

    `triage`: one of KEYS. Where none is, the reason says why in one sentence.
    """
    on_key = verbs_on(register, triage)
    possible = next((verb for verb in on_key if not refused(record, verb)), None)
    if possible is not None:
        return _now(possible, record, look) if look is not None else Meaning(verb=possible)
    if triage == "escalate" and triage not in register.means_nothing:
        return Meaning(turns="escalation")
    why_not = refused(record, on_key[-1]) if on_key else nothing(register, triage)
    return Meaning(why_not=why_not)


def _now(verb: Verb, record: Registered, look: Look) -> Meaning:
    usual = verb.likely(record, look) if verb.likely is not None else ""
    return Meaning(verb=verb, owes=owes(record, verb, look), usual=usual)


def verb_for(register: Register, record: Registered, triage: str) -> Verb:
    """The verb itself. Raises Invalid with the reason, and what can be done with the record instead."""
    found = meaning(register, record, triage)
    if found.verb is None:
        raise Invalid(found.why_not or nothing(register, triage), possible_keys(register, record))
    return found.verb


def verbs_on(register: Register, triage: str) -> tuple[Verb, ...]:
    return tuple(verb for verb in register.verbs if verb.key == KEYS[triage])


def nothing(register: Register, triage: str) -> str:
    """Why this verb of the key table means nothing in the register."""
    one = f"{'An' if register.one[0] in 'aeiou' else 'A'} {register.one}"
    key = SHOWN.get(KEYS[triage], KEYS[triage])
    return register.means_nothing.get(triage) or f"{one} has no verb on {key}."


def possible_keys(register: Register, record: Registered) -> str:
    """As in "x Resolve · t Next update · @ Give to"."""
    first: dict[str, str] = {}
    for verb in register.verbs:
        if verb.key and not refused(record, verb):
            first.setdefault(verb.key, verb.label)
    return " · ".join(f"{SHOWN.get(key, key)} {label}" for key, label in first.items())


def table(register: Register) -> dict[str, tuple[str, ...] | str]:
    """Verb of the key table → the ids of the register's verbs on its key, or the sentence why it means nothing."""
    return {
        triage: tuple(verb.id for verb in verbs_on(register, triage))
        or (
            "escalation" if triage == "escalate" and triage not in register.means_nothing else nothing(register, triage)
        )
        for triage in KEYS
    }
