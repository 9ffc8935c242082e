"""`opsdesk add`: one line in, one action out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import Invalid
from opsdesk.core.quickentry import doubled

if TYPE_CHECKING:
    from opsdesk.core.actions import Action
    from opsdesk.core.quickentry import Draft


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only show what would be made.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--past-ok", is_flag=True, help="A date that has passed is meant.")
@click.pass_obj
def add(wiring: Wiring, text: tuple[str, ...], dry_run: bool, as_json: bool, past_ok: bool) -> None:
    """Makes an action from one line.

    opsdesk add 'Call back with the workaround @sue #globex fri !' names the owner with @ and the customer with #; the
    date stands at the end, and ! makes it a promise.
    """
    desk, line = wiring.looking() if dry_run else wiring.desk(), " ".join(text)
    draft = desk.actions.draft(line)
    if draft.past and not past_ok:
        raise Invalid(f"{draft.due} is past.", "Type another date, or add --past-ok if it is meant.")
    action = None
    if dry_run:
        desk.actions.understood(line, past_ok=True)
    else:
        action = desk.actions.capture(line, past_ok=True)
    made = _made(draft, action)
    if as_json:
        write_json(made)
    else:
        say(_line(made))
    for twice in (
        doubled(draft, "owners", desk.people.person_name(draft.owner)),
        doubled(draft, "customers", desk.people.customer_name(draft.customer)),
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
        made["title"],
        f"@{owner}" if owner else "",
        f"#{customer}" if customer else "",
        f"due {made['due']}" if made["due"] else "",
        "promised" if made["promise"] else "",
    ]
    return "  ".join(part for part in parts if part)
