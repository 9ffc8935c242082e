"""Agendas as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from opsdesk.cli.columns import aligned, room
from opsdesk.core.agenda import CLOSING_MINUTES, OPENING_MINUTES, Agenda, AgendaSection
from opsdesk.core.cadence import meets

if TYPE_CHECKING:
    from opsdesk.insight.timing import SectionTiming

WIDTH = 72
STEPS = {"readback": "read-back by person", "rating": "rating", "next": "the next date"}
AUDIENCES = {
    "team": "team",
    "company": "company: no figures about single persons",
    "customer": "customer: only what is theirs is shown",
}


def listed(agendas: Mapping[str, Agenda], on: Mapping[str, bool], own: Collection[str]) -> list[str]:
    """One line a meeting, by slug."""
    rows = [
        [slug, agenda.title, meets(agenda), str(agenda.timebox), "on" if on[slug] else "off", "own" * (slug in own)]
        for slug, agenda in sorted(agendas.items())
    ]
    return aligned(["slug", "meeting", "meets", "min", "state", "file"], rows, room())


def page(
    agenda: Agenda, on: bool, agendas: Mapping[str, Agenda], timings: Sequence[SectionTiming] = ()
) -> Iterator[str]:
    """One meeting: what it is for, its rules, its sections; where it was held, with their median minutes."""
    yield f"{agenda.title}  {agenda.slug}"
    yield from textwrap.wrap(agenda.about, WIDTH)
    yield ""
    for label, text in _facts(agenda, on, agendas):
        if text:
            yield from textwrap.wrap(text, WIDTH, initial_indent=f"{label:<13}", subsequent_indent=" " * 13)
    yield ""
    runs = max((len(each.actual) for each in timings), default=0)
    spent = {each.title: f"{each.median:.0f}" for each in timings if each.actual}
    column = len(f"  last {runs}") if runs else 0
    if runs:
        yield f"min  last {runs}"
    yield f"{OPENING_MINUTES:>3}{'':{column}}  opening"
    for section in agenda.sections:
        yield from _section(section, f"{spent.get(section.title, ''):>{column}}" if runs else "")
    yield f"{CLOSING_MINUTES:>3}{'':{column}}  closing"


def _facts(agenda: Agenda, on: bool, agendas: Mapping[str, Agenda]) -> Iterator[tuple[str, str]]:
    roles = agenda.roles
    yield "state", "on" if on else f"off; opsdesk agenda on {agenda.slug}"
    words = agenda.recurrence.words
    yield "meets", meets(agenda) + (f" (suggested: {words})" if words else "")
    yield "length", f"{agenda.timebox} minutes{', a hard cap' * agenda.hard_cap}"
    yield "started late", "the end is kept" if agenda.late == "end" else "the length is kept"
    yield "who", ", ".join(agenda.participants)
    yield "quorum", str(agenda.quorum) if agenda.quorum else ""
    yield "chair", roles.chair + (f", deputy {roles.deputy}" if roles.deputy else "")
    yield "minutes by", roles.minute_taker
    yield "audience", AUDIENCES[agenda.audience]
    yield "closing", ", ".join(STEPS[step] for step in agenda.closing)
    target = agendas[agenda.escalates_to].title if agenda.escalates_to in agendas else agenda.escalates_to
    yield "limit", f"{agenda.limit_days} working days, then {target}" if agenda.limit_days else ""


def _section(section: AgendaSection, spent: str) -> Iterator[str]:
    board = f"  [{section.board}]" if section.board != "section" else ""
    yield f"{section.minutes:>3}{spent}  {section.title}{board}"
    indent = " " * (len(spent) + 5)
    for question in section.ask:
        yield from textwrap.wrap(question, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ")
