"""`opsdesk agenda`: the meetings a company can run, which of them it does, and files of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from opsdesk.cli.cadence import day_named, handle
from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring
from opsdesk.core.errors import NotFound

if TYPE_CHECKING:
    from opsdesk.agendas import Loaded
    from opsdesk.core.agenda import Agenda
    from opsdesk.desk import Desk

JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")


@click.group()
def agenda() -> None:
    """The meetings: what is on their agendas, and which of them are on."""


@agenda.command("list")
@JSON
@click.pass_obj
def list_agendas(wiring: Wiring, as_json: bool) -> None:
    """Lists every meeting, when it meets, and whether it is on."""
    from opsdesk.cli.agenda_text import listed

    loaded = _loaded(wiring)
    on = _on(wiring, loaded)
    if as_json:
        write_json([_whole(each, on[slug], slug in loaded.own) for slug, each in sorted(loaded.agendas.items())])
        return
    for line in listed(loaded.agendas, on, loaded.own):
        say(line)


@agenda.command()
@click.argument("slug")
@JSON
@click.pass_obj
def show(wiring: Wiring, slug: str, as_json: bool) -> None:
    """Shows one meeting: who, when, and its sections with their minutes and questions."""
    from opsdesk.cli.agenda_text import page

    loaded = _loaded(wiring)
    chosen = _chosen(loaded, slug)
    on = _on(wiring, loaded)[slug]
    if as_json:
        write_json(_whole(chosen, on, slug in loaded.own))
        return
    ran = wiring.existing().meetings.timings(slug) if wiring.made else ()
    for line in page(chosen, on, loaded.agendas, ran):
        say(line)


@agenda.command()
@click.argument("files", nargs=-1, metavar="FILE…", type=click.Path(path_type=Path))
@JSON
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Lists every mistake in agenda files; exit 1 if there is one. Without FILE: the desk's own."""
    from opsdesk import agendas

    chosen = files or agendas.own(context.obj.folder)
    found = {path: agendas.check(path) for path in chosen}
    if as_json:
        write_json([mistake for mistakes in found.values() for mistake in mistakes])
    else:
        for path, mistakes in found.items():
            say("\n".join(str(each) for each in mistakes) or f"{path}: ok")
    if not chosen:
        talk("This desk has no agenda files of its own. opsdesk agenda new SLUG makes one.")
    context.exit(1 if any(found.values()) else 0)


@agenda.command()
@click.argument("slug")
@click.option("--customer", metavar="HANDLE", default="", help="Only for this customer.")
@click.option("--from", "day", metavar="DATE", default="", help='What "every 2 weeks" counts from; else today.')
@click.option("--at", metavar="HH:MM", default="", help="Another time of day than the agenda's.")
@click.option("--rule", metavar="RRULE", default="", help="Another recurrence, such as FREQ=WEEKLY;BYDAY=TU.")
@click.option("--zone", metavar="ZONE", default="", help="Another time zone, such as America/Chicago.")
@click.pass_obj
def on(wiring: Wiring, slug: str, customer: str, day: str, at: str, rule: str, zone: str) -> None:
    """Switches a meeting on, or gives one that is on another time."""
    from opsdesk.cli.cadence_text import when

    def switch(desk: Desk) -> None:
        since = day_named(desk, day) if day else None
        desk.cadence.switch(slug, True, handle(customer), since, rule=rule, at=at, zone=zone)

    wiring.change(switch)
    desk, whose = wiring.desk(), handle(customer)
    coming = desk.cadence.next(slug, desk.now(), whose)
    title = desk.agendas[slug].title
    say(f"{title} is on: next {when(coming, desk.settings, desk.today())}." if coming else f"{title} is on.")


@agenda.command()
@click.argument("slug")
@click.option("--customer", metavar="HANDLE", default="", help="Only for this customer.")
@click.pass_obj
def off(wiring: Wiring, slug: str, customer: str) -> None:
    """Switches a meeting off. What was carried over stays, and comes back when it is on again."""
    wiring.change(lambda desk: desk.cadence.switch(slug, False, handle(customer)))
    desk = wiring.desk()
    say(f"{desk.agendas[slug].title} is off.")


@agenda.command()
@click.argument("slug")
@click.pass_obj
def new(wiring: Wiring, slug: str) -> None:
    """Writes an agenda file into the desk's folder, to be edited. A shipped SLUG is copied; the copy replaces it."""
    from opsdesk import agendas
    from opsdesk.agendas.writing import new as write

    shipped = next((path for path in agendas.shipped() if path.stem == slug), None)
    say(str(write(wiring.folder, slug, shipped)))
    talk(f"Edit it, then: opsdesk agenda check, opsdesk agenda on {slug}")
    talk("Undo takes back what is in the journal, and no file: to take this one back, remove it.")


def _loaded(wiring: Wiring) -> Loaded:
    """Every agenda, with a word about files that are left out."""
    from opsdesk import agendas

    loaded = agendas.load(wiring.folder)
    for file in dict.fromkeys(mistake.file for mistake in loaded.mistakes):
        talk(f"{file} is left out: it has mistakes. See: opsdesk agenda check")
    return loaded


def _on(wiring: Wiring, loaded: Loaded) -> dict[str, bool]:
    """Which of them meet; without a desk as the agendas themselves say, for looking makes none."""
    if not wiring.made:
        return {slug: agenda.on for slug, agenda in loaded.agendas.items()}
    cadence = wiring.existing().cadence
    return {slug: cadence.is_on(slug) for slug in loaded.agendas}


def _chosen(loaded: Loaded, slug: str) -> Agenda:
    if slug not in loaded.agendas:
        raise NotFound(f"There is no agenda {slug!r}.", f"There are {', '.join(sorted(loaded.agendas))}.")
    return loaded.agendas[slug]


def _whole(agenda: Agenda, on: bool, own: bool) -> dict[str, Any]:
    from msgspec import to_builtins

    return {**to_builtins(agenda), "on": on, "own": own}
