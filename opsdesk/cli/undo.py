"""`opsdesk undo` and `opsdesk redo`: the journal, one command back or forth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.out import kept, say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import NotUndone
from opsdesk.core.journal import Transaction

if TYPE_CHECKING:
    from opsdesk.desk.undo import Undo


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The transaction that was taken back, as JSON.")
@click.option("--skip", is_flag=True, help="Leave steps that others have changed since; take back the next older one.")
@click.pass_obj
def undo(wiring: Wiring, as_json: bool, skip: bool) -> None:
    """Takes back one's own last command.

    It is refused where somebody else has changed the same since; --skip leaves such steps as they are.
    """
    book = wiring.existing(writes=True).undo
    if skip:
        done, *left = book.skip()
        for each in left:
            talk(f"Left as it is, as somebody has changed it since: {each.command}")
    else:
        done = _last(book)
    _tell("Undone", book, done, as_json)


def _last(book: Undo) -> Transaction:
    try:
        return book.last()
    except NotUndone as error:
        if error.older is not None:
            error.hint = f"`opsdesk undo --skip` leaves it and undoes {error.older.command}."
        raise


@click.command()
@click.option("--json", "as_json", is_flag=True, help="The transaction that was done again, as JSON.")
@click.pass_obj
def redo(wiring: Wiring, as_json: bool) -> None:
    """Does again what undo took back."""
    book = wiring.existing(writes=True).undo
    _tell("Done again", book, book.redo(), as_json)


def _whole(transaction: Transaction, left: str) -> dict[str, Any]:
    """`has_left`: what of it is out of the desk and stays as it was; "" where nothing is."""
    from msgspec import to_builtins

    return {**to_builtins(transaction), "has_left": left}


def _tell(what: str, book: Undo, transaction: Transaction, as_json: bool) -> None:
    told, left = f"{what}: {transaction.command}", book.left(transaction)
    with kept(told, f"opsdesk {'redo' if what == 'Undone' else 'undo'} turns that round."):
        if as_json:
            write_json(_whole(transaction, left))
        else:
            say(told)
    if left:
        talk(left)
