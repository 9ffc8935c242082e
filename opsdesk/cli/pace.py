"""How far long work has come, on one line of the terminal that goes away again."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

T = TypeVar("T")
EVERY = 5_000
CLEAR = "\r\x1b[K"


def paced(values: Iterable[T], what: str) -> Iterator[T]:
    """The same values; on a terminal a word on stderr whenever so many more have gone by."""
    if not sys.stderr.isatty():
        yield from values
        return
    told = False
    try:
        for count, value in enumerate(values, 1):
            yield value
            if count % EVERY == 0:
                told = True
                click.echo(f"{CLEAR}{count:,} {what} …", nl=False, err=True)
    finally:
        if told:
            click.echo(CLEAR, nl=False, err=True)
