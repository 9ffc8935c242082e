"""`opsdesk find`: a record by any part of it."""

from __future__ import annotations

import click

from opsdesk.cli.out import say, talk, write_json
from opsdesk.cli.wiring import Wiring


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="As one JSON array: id, kind, text, about.")
@click.pass_obj
def find_records(wiring: Wiring, words: tuple[str, ...], as_json: bool) -> None:
    """Finds records that hold every one of the WORDS or parts of words: names, titles, ids, customers, owners.

    Whoever is named so comes first, then whole words, starts of words and parts of them; at most 200.
    """
    from opsdesk.core.audience import Before
    from opsdesk.insight.find import find

    desk = wiring.looking()
    found = find(desk.read, " ".join(words), Before())
    if as_json:
        write_json([{"id": hit.id, "kind": hit.record.kind, "text": hit.text, "about": hit.about} for hit in found])
        return
    if not found:
        talk("Nothing has all of these words: fewer of them, or parts of them, find more.")
        return
    from opsdesk.cli.columns import aligned, room

    for line in aligned(("Id", "Text", "About"), [(hit.id, hit.text, hit.about) for hit in found], room()):
        say(line)
