"""`opsdesk undo` and `opsdesk redo`: the journal, one command back or forth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.journal import Transaction

if TYPE_CHECKING:
    from opsdesk.desk.undo import Undo


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The transaction that was taken back, as JSON.")
@click.pass_obj
def undo(wiring: Wiring, as_json: bool) -> None:
    """Takes back one's own last command."""
    book = wiring.existing(writes=True).undo
    _tell("Undone", book, book.last(), as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The transaction that was done again, as JSON.")
@click.pass_obj
def redo(wiring: Wiring, as_json: bool) -> None:
    """Does again what undo took back."""
    book = wiring.existing(writes=True).undo
    _tell("Done again", book, book.redo(), as_json)


def _tell(what: str, book: Undo, transaction: Transaction, as_json: bool) -> None:
    told = f"{what}: {transaction.command}"
    with kept(told, f"opsdesk {'redo' if what == 'Undone' else 'undo'} turns that round."):
        if as_json:
            write_json(transaction)
        else:
            say(told)
    left = book.left(transaction)
    if left:
        talk(left)
