"""Where words go: data on stdout, talk on stderr."""

from __future__ import annotations

from typing import Any

import click


def say(line: str) -> None:
    """One line of data."""
    click.echo(line)


def talk(line: str) -> None:
    """One line for the person, not for what reads the data."""
    click.echo(line, err=True)


def write_json(value: Any) -> None:
    """The value as JSON, indented, its fields in the order they are declared."""
    from msgspec import json

    click.echo(json.format(json.encode(value), indent=2).decode())
