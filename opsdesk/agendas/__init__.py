"""Agenda files → Agenda values: the shipped ones, and a desk's own, which add to them or replace them by slug."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from opsdesk.core.agenda import Agenda
from opsdesk.core.errors import Unavailable

if TYPE_CHECKING:
    from opsdesk.agendas.mistakes import Mistake

_PACKAGE = Path(__file__).parent.parent
_PLACES = (_PACKAGE / "shipped", _PACKAGE.parent / "agendas")


class Loaded(msgspec.Struct, frozen=True):
    """Agendas by slug, those of them from a desk's own files, and what kept files out.

    In place of a broken file the shipped agenda of its slug stands.
    """

    agendas: Mapping[str, Agenda]
    own: frozenset[str] = frozenset()
    mistakes: tuple[Mistake, ...] = ()


def read(folder: Path | None = None) -> Mapping[str, Agenda]:
    """Every agenda by its slug, the file's name without .toml. No file of one's own can make it fail."""
    return load(folder).agendas


def load(folder: Path | None = None) -> Loaded:
    """As read, together with the mistakes in a desk's own files."""
    agendas = {path.stem: _decoded(path) for path in shipped()}
    files = own(folder)
    if not files:
        return Loaded(agendas)
    from opsdesk.agendas.mistakes import examine

    known = {*agendas, *(path.stem for path in files)}
    examined = [examine(path, known) for path in files]
    mine = {agenda.slug: agenda for agenda, _ in examined if agenda}
    mistakes = tuple(mistake for _, found in examined for mistake in found)
    return Loaded(agendas | mine, frozenset(mine), mistakes)


def check(path: Path) -> tuple[Mistake, ...]:
    """Every mistake in a file at once; none if it is good. Never raises."""
    from opsdesk.agendas.mistakes import examine

    beside = path.parent.glob("*.toml")
    return examine(path, {each.stem for each in (*shipped(), *beside)})[1]


def shipped() -> tuple[Path, ...]:
    """The files that come with OpsDesk: inside the installed package, else in the checkout."""
    place = next(place for place in _PLACES if place.is_dir())
    return tuple(sorted(place.glob("*.toml")))


def own(folder: Path | None) -> tuple[Path, ...]:
    """A desk's own files: <desk>/agendas/*.toml. Raises Unavailable where nobody lets this person look."""
    try:
        return () if folder is None else tuple(sorted((folder / "agendas").glob("*.toml")))
    except OSError as error:
        hint = "Ask whoever it belongs to, or name another folder with --desk."
        raise Unavailable(f"{folder} cannot be looked into: {error.strerror}.", hint) from error


def texts(folder: Path) -> Mapping[str, str]:
    """A desk's own files as they are written, by slug, the broken ones too; none that cannot be read."""
    from opsdesk.agendas.mistakes import text_of

    found = {path.stem: text_of(path) for path in own(folder)}
    return {slug: text for slug, text in found.items() if isinstance(text, str)}


def _decoded(path: Path) -> Agenda:
    agenda = msgspec.toml.decode(path.read_bytes(), type=Agenda)
    return msgspec.structs.replace(agenda, slug=path.stem)
