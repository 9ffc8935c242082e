"""What the bar answers while an action is typed: owner, customer, date, promise, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from opsdesk.core.quickentry import Draft, doubled
from opsdesk.ui.dates import day
from opsdesk.ui.ink import Ink

if TYPE_CHECKING:
    from opsdesk.ui.screens.base import DeskScreen


def understood(screen: DeskScreen, text: str) -> list[Ink]:
    """What an action's words are understood as: owner · customer · due · promised, and what is not known."""
    if not text.strip():
        return [Ink("Enter keeps it and stays open, Esc leaves", "dim")]
    draft = screen.draft(text)
    screen.offer = draft.offer
    pieces: list[Ink] = []
    for chip in chips(screen, draft):
        pieces += [Ink(" · ", "dim"), *chip] if pieces else chip
    return pieces or [Ink("no owner · no date", "dim")]


def chips(screen: DeskScreen, draft: Draft) -> list[list[Ink]]:
    if draft.past:
        return [past_chip(screen, draft)]
    found: list[list[Ink]] = []
    if draft.owner:
        found.append(owner_chip(screen, draft))
    if draft.customer:
        found.append(customer_chip(screen, draft))
    if draft.due is not None:
        found.append(due_chip(screen, draft))
    if draft.promise:
        by = draft.by if draft.by and draft.by != draft.owner else ""
        found.append([Ink(f"promised by {screen.person(by)}" if by else "promised", "dim")])
    return [*found, *(unknown_chip(screen, name, name in draft.ambiguous) for name in draft.unknown)]


def owner_chip(screen: DeskScreen, draft: Draft) -> list[Ink]:
    name = screen.person(draft.owner)
    twice = doubled(draft, "owners", name)
    return [Ink(twice, "orange") if twice else Ink(name, "dim")]


def customer_chip(screen: DeskScreen, draft: Draft) -> list[Ink]:
    """Before one customer no other is named, nor told from one that there is not."""
    only = screen.home.glance.customer
    other = bool(only) and draft.customer != only
    name = "another customer's" if other else screen.customer(draft.customer)
    twice = doubled(draft, "customers", name)
    told = only_one(screen) if other else name
    return [Ink(twice or told, "orange" if twice or other else "dim")]


def only_one(screen: DeskScreen) -> str:
    """Whoever else is typed, and whether there is such a customer or not."""
    return f"only {screen.customer(screen.home.glance.customer)} in this call"


def unknown_chip(screen: DeskScreen, name: str, ambiguous: bool) -> list[Ink]:
    if name.startswith("#") and screen.home.glance.before.customer:
        return [Ink(only_one(screen), "orange")]
    if ambiguous:
        return [Ink(f"{name} could be several", "orange"), Ink(" Tab ", "bright!"), Ink("completes it", "dim")]
    return [Ink(f"{name} is not known", "orange"), Ink(" ctrl+o ", "bright!"), Ink("creates it", "dim")]


def due_chip(screen: DeskScreen, draft: Draft) -> list[Ink]:
    due = draft.due or screen.desk.today()
    twice = doubled(draft, "dates", day(due, screen.desk.today()))
    if twice:
        return [Ink(twice, "orange")]
    assumed = " (none said)" if draft.due_default else ""
    return [Ink("due ", "dim"), Ink(day(due, screen.desk.today()), "ink"), Ink(assumed, "dim")]


def past_chip(screen: DeskScreen, draft: Draft) -> list[Ink]:
    """A date that is past is asked about before anything else."""
    today = screen.desk.today()
    pieces = [Ink(f"{day(draft.due or today, today)} is past", "orange")]
    if screen.offer:
        pieces += [Ink("   ctrl+t ", "bright!"), Ink(f"takes {day(screen.offer, today)}", "dim")]
    return [*pieces, Ink("   ctrl+o ", "bright!"), Ink("keeps it", "dim")]
