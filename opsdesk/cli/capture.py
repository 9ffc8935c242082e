"""`opsdesk add`: one line in, one action out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.columns import brief
from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid
from opsdesk.core.quickentry import doubled

if TYPE_CHECKING:
    from opsdesk.core.actions import Action
    from opsdesk.core.quickentry import Draft
    from opsdesk.desk import Desk


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only show what would be made.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--past-ok", is_flag=True, help="A date that has passed is meant.")
@click.option("--yes", is_flag=True, help="What would be asked about is meant: a past date, an unknown name.")
@click.option("--kind", metavar="KIND", default="", help="Something else than an action: incident, delivery, person …")
@click.pass_obj
def add(
    wiring: Wiring, text: tuple[str, ...], dry_run: bool, as_json: bool, past_ok: bool, yes: bool, kind: str
) -> None:
    """Makes an action from one line, or with --kind a record of a register.

    opsdesk add 'Call back with the workaround @sue #globex fri !' names the owner with @ and the customer with #; the
    date stands at the end, and ! makes it a promise.

    opsdesk add --kind incident 'Login slow, EU @sue #globex sev:2 components:login'
    names any field as field:value.
    """
    line = " ".join(text)
    if kind.lower() not in ("", "action", "actions"):
        from opsdesk.cli.registers import add_record

        add_record(wiring, kind, line, dry_run, as_json, past_ok or yes)
        return
    past_ok = past_ok or yes
    if dry_run:
        draft = _understood(wiring.looking(), line, past_ok)
        _tell(_made(draft, None), as_json)
    else:
        draft, action = wiring.change(lambda desk: _captured(desk, line, past_ok))
        with kept(f"{action.id} was made", f"opsdesk show {action.id} shows it."):
            _tell(_made(draft, action), as_json)
    _doubt(wiring.looking(), draft)


def _read(desk: Desk, line: str, past_ok: bool) -> Draft:
    """Raises Invalid for a date that has passed, unless it is meant."""
    draft = desk.actions.draft(line)
    if draft.past and not past_ok:
        raise Invalid(f"{draft.due} is past.", "Type another date, or add --past-ok if it is meant.")
    return draft


def _understood(desk: Desk, line: str, past_ok: bool) -> Draft:
    """Raises Invalid for what cannot be kept."""
    draft = _read(desk, line, past_ok)
    desk.actions.understood(line, past_ok=True)
    return draft


def _captured(desk: Desk, line: str, past_ok: bool) -> tuple[Draft, Action]:
    draft = _read(desk, line, past_ok)
    return draft, desk.actions.capture(line, past_ok=True)


def _tell(made: dict[str, Any], as_json: bool) -> None:
    if as_json:
        write_json(made)
    else:
        say(_line(made))


def _doubt(desk: Desk, draft: Draft) -> None:
    """What was typed and may be meant otherwise."""
    for twice in (
        doubled(draft, "owners", desk.people.person_name(draft.owner)),
        doubled(draft, "customers", desk.people.customer_name(draft.customer)),
        doubled(draft, "dates", str(draft.due)),
    ):
        if twice:
            talk(f"There are {twice}.")
    if draft.unknown:
        talk(f"Not known here: {', '.join(draft.unknown)}. opsdesk list people and opsdesk list customers show who is.")


def _made(draft: Draft, action: Action | None) -> dict[str, Any]:
    kept = action or draft
    return {
        "id": action.id if action else None,
        "title": kept.title,
        "owner": kept.owner,
        "customer": kept.customer,
        "due": kept.due,
        "promise": kept.promise,
        "unknown": draft.unknown,
    }


def _line(made: dict[str, Any]) -> str:
    owner, customer = made["owner"], made["customer"]
    parts = [
        made["id"] or "(dry run)",
        brief(made["title"]),
        f"@{owner}" if owner else "",
        f"#{customer}" if customer else "",
        f"due {made['due']}" if made["due"] else "",
        "promised" if made["promise"] else "",
    ]
    return "  ".join(part for part in parts if part)
