"""Agenda files → Agenda values: the shipped ones, and a person's own, which add to them or replace them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from opsdesk.core.agenda import Agenda

_PACKAGE = Path(__file__).parent.parent
_PLACES = (_PACKAGE / "shipped", _PACKAGE.parent / "agendas")


def shipped() -> tuple[Path, ...]:
    """The files of the agendas that come with OpsDesk: in an installed package beside it, else in the checkout."""
    place = next(place for place in _PLACES if place.is_dir())
    return tuple(sorted(place.glob("*.toml")))


def own(folder: Path | None) -> tuple[Path, ...]:
    """A desk's own agenda files: <desk>/agendas/*.toml."""
    return () if folder is None else tuple(sorted((folder / "agendas").glob("*.toml")))


def read(folder: Path | None = None) -> Mapping[str, Agenda]:
    """Every agenda by its slug (the file's name without .toml)."""
    return {path.stem: _decoded(path) for path in (*shipped(), *own(folder))}


def _decoded(path: Path) -> Agenda:
    agenda = msgspec.toml.decode(path.read_bytes(), type=Agenda)
    return msgspec.structs.replace(agenda, slug=path.stem)
