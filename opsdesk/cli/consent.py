"""Whether what was previewed may be taken in: whoever is there is asked, once."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from opsdesk.core.errors import Invalid

NOTHING = "Nothing was taken in."
MEND = "Mend these lines and import again."
LEAVE_OUT = "Mend these lines and import again, or leave them out with --yes."


class Consent:
    """`yes`: it was given beforehand. Where nobody is there to be asked, what is whole needs none. `told`: whether
    `tell` was called.
    """

    def __init__(self, yes: bool, asks: bool = True) -> None:
        self._yes, self._asks = yes, asks
        self._heard = self.told = False

    def need(
        self,
        tell: Callable[[bool], None],
        *,
        good: int,
        refused: int,
        words: str,
        hint: tuple[str, str] = (MEND, LEAVE_OUT),
    ) -> None:
        """Raises Invalid where nothing may be taken in: the answer is no, nothing of it can be, or nobody is there to
        say that what can be is enough. The first answer counts.

        `tell`: says which lines are refused, and with True what is asked about. `hint`: what to do with lines that are
        refused, alone and beside good ones.
        """
        if self._heard:
            return
        self._heard = True
        asking = self._asking and good > 0
        self.told = asking or refused > 0
        if self.told:
            tell(asking)
        if refused and not good:
            raise Invalid(NOTHING, hint[0])
        if asking and not _agreed(words):
            raise Invalid(NOTHING)
        if refused and not (asking or self._yes):
            raise Invalid(NOTHING, hint[1])

    @property
    def _asking(self) -> bool:
        """A table that came by standard input has ended it, and nobody can answer there."""
        return self._asks and not self._yes and not sys.stdin.closed and sys.stdin.isatty() and sys.stderr.isatty()


def _agreed(words: str) -> bool:
    """Whoever goes away instead of answering has not agreed."""
    try:
        return click.confirm(f"{words}?", err=True)
    except click.Abort:
        click.echo(err=True)
        return False
