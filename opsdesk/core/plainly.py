"""An action in plain words, as a note or a decision says it, and back: "Call (Tom Reyes, Acme, due 2026-11-27)"."""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from opsdesk.core.actions import Action
from opsdesk.core.names import Directory, Names
from opsdesk.core.quickentry import Draft

_DETAILS = re.compile(r"(.*\S) \(([^()]+)\)", re.DOTALL)
_DATED = re.compile(r"(?:due|(promised)(?: by (.+))? for) (\d{4}-\d\d-\d\d)")


def plain(action: Action, names: Names, *, known: str = "") -> str:
    """The title, and in brackets what it does not say: owner, customer (unless `known`, a handle), date, promise."""
    customer = action.customer if action.customer != known else ""
    details = [names.people.name(action.owner), names.customers.name(customer), _dated(action, names)]
    said = ", ".join(detail for detail in details if detail)
    return f"{action.title} ({said})" if said else action.title


def _dated(action: Action, names: Names) -> str:
    if action.due is None:
        return ""
    if not action.promise:
        return f"due {action.due}"
    by = action.told.by if action.told else action.owner
    return f"promised{f' by {names.people.name(by)}' if by != action.owner else ''} for {action.due}"


def understood(text: str, names: Names) -> Draft | None:
    """The draft of what `plain` made; None for any other text, even if a single word in the brackets is another."""
    match = _DETAILS.fullmatch(text)
    if match is None:
        return None
    draft: Draft | None = Draft(text=text, title=match[1])
    for detail in match[2].split(", "):
        draft = _with(draft, detail, names) if draft else None
    if draft and draft.promise and not draft.by:
        return replace(draft, by=draft.owner)
    return draft


def _with(draft: Draft, detail: str, names: Names) -> Draft | None:
    """The draft with one more detail; None where it is none."""
    person, customer = _called(detail, names.people), _called(detail, names.customers)
    dated = _DATED.fullmatch(detail)
    if person and not draft.owner and not draft.customer:
        return replace(draft, owner=person)
    if customer and not draft.customer:
        return replace(draft, customer=customer)
    return _with_date(draft, dated, names) if dated and draft.due is None else None


def _with_date(draft: Draft, dated: re.Match[str], names: Names) -> Draft | None:
    by = _called(dated[2], names.people) if dated[2] else ""
    if dated[2] and not by:
        return None
    try:
        return replace(draft, due=date.fromisoformat(dated[3]), promise=bool(dated[1]), by=by)
    except ValueError:
        return None


def _called(name: str, known: Directory) -> str:
    """The handle of the only one with exactly this name."""
    found = known.find(name)
    return found[0] if len(found) == 1 and known.name(found[0]) == name else ""
