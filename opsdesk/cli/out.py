"""Where words go: data on stdout, talk on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import Any

import click
from click.exceptions import Exit

from opsdesk.cli.addressing import here
from opsdesk.core.errors import Unavailable
from opsdesk.core.text import clean


def say(line: str) -> None:
    """One line of data. Raises Unavailable where it cannot be written; BrokenPipeError where nobody reads on."""
    _write(f"{line}\n")


def write(document: bytes) -> None:
    """Data as it is. Raises as say."""
    _write(document)


def talk(line: str) -> None:
    """One line for the person, not for what reads the data; a command in it names the desk that was named."""
    click.echo(clean(here(line)), err=True)


def write_json(value: Any) -> None:
    """The value as JSON in UTF-8, whatever the terminal's encoding; indented, its fields in the order declared."""
    from msgspec import json

    write(json.format(json.encode(value), indent=2) + b"\n")


def tolerate() -> None:
    """A letter that the terminal's encoding lacks is shown as a question mark, not a reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def kept(what: str, hint: str) -> Iterator[None]:
    """Says that something is kept where the output about it cannot be written, so that nobody does it twice."""
    try:
        yield
    except Unavailable as error:
        why = error.message[:1].lower() + error.message[1:]
        raise Unavailable(f"{what}, but {why}", hint) from error


@contextmanager
def until_seen() -> Iterator[None]:
    """Ends the verb well where whoever reads its output has seen enough, as `head` has."""
    try:
        yield
    except BrokenPipeError:
        _give_up()
        raise Exit(0) from None


def _write(data: str | bytes) -> None:
    try:
        click.echo(data, nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        _give_up()
        raise Unavailable(f"The output could not be written: {error.strerror}.", "Send it somewhere else.") from error


def _give_up() -> None:
    """What is still held back goes nowhere, so that the end of the process is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
