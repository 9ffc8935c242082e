"""`opsdesk incident`: an outage from the first word of it to the draft of its review."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from opsdesk.cli.columns import brief
from opsdesk.cli.incident_meant import doubt, id_of, lately, parted, seen_at
from opsdesk.cli.out import kept, say, talk, write, write_json
from opsdesk.cli.triage import as_json_option, rev_option, yes_option
from opsdesk.cli.wiring import Wiring

if TYPE_CHECKING:
    from opsdesk.core.registers.incidents import Incident
    from opsdesk.desk import Desk

    Change = Callable[[Desk, str, str, Incident | None], Incident]

WORDS = click.argument("words", nargs=-1, metavar="[ID] [WORDS]…")
JSON = click.option("--json", "as_json", is_flag=True, help="As one JSON object; lengths in seconds.")


ALIASES = {"told": "inform", "informed": "inform"}


class Outages(click.Group):
    """With other words for some verbs."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))


@click.group(cls=Outages)
def incident() -> None:
    """Outages: steps, updates, who was informed, what may be said, and the review.

    Without ID it is the one incident that is open; for note, inform, status and review, where none is, the one that was
    resolved last, in the last 7 days. WORDS may begin with a time and name who did it: '14:05 rolled back
    @bob'. Every step is written into the timeline.
    """


@incident.command("open")
@click.argument("text", nargs=-1, required=True)
@click.option("--sev", metavar="1-5", help="1 is the worst; in doubt the higher. Else 2.")
@click.option("--customers", metavar="HANDLES", help="Whom it hits, with commas between them.")
@click.option("--components", metavar="HANDLES", help="What is down, with commas between them.")
@yes_option
@as_json_option
@click.pass_obj
def open_incident(
    wiring: Wiring,
    text: tuple[str, ...],
    sev: str | None,
    customers: str | None,
    components: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Opens an incident from one line: what, @owner, #customer."""
    given = {"sev": sev, "customers": customers, "components": components}
    fields = {name: value for name, value in given.items() if value is not None}
    made = wiring.change(lambda desk: desk.incidents.open(" ".join(text), meant=yes, **fields))
    desk = wiring.desk()
    _tell(desk, made, as_json)
    if sev is None and "sev" not in desk.registers.draft("incidents", " ".join(text)).values:
        talk(f"SEV-{made.sev}, nobody said: opsdesk set {made.id} sev=3 lowers it.")


def _step(name: str, verb: str, about: str) -> None:
    """One command of the group for one verb of an incident."""

    @incident.command(name, help=about)
    @WORDS
    @rev_option
    @as_json_option
    @click.pass_obj
    def command(wiring: Wiring, words: tuple[str, ...], rev: int | None, as_json: bool) -> None:
        _changed(
            wiring, words, rev, as_json, lambda desk, id, said, seen: desk.incidents.step(id, verb, said, seen=seen)
        )


_step("ack", "acknowledge", "Says that somebody is on it.")
_step("identify", "identify", "Says that the cause is found, and which it is.")
_step("mitigate", "mitigate", "Says that it is mitigated and watched, and how.")
_step("resolve", "resolve", "Says that it is over, and what ended it.")
_step("reopen", "reopen", "Says that it is back, with the reason.")


@incident.command()
@WORDS
@click.option(
    "--next", "due", default="", metavar="WHEN", help="When the next one is due, such as 'in 45 min'; or none."
)
@rev_option
@as_json_option
@click.pass_obj
def update(wiring: Wiring, words: tuple[str, ...], due: str, rev: int | None, as_json: bool) -> None:
    """Tells how it stands; at SEV-1 and 2 the next update is then due in 30 minutes.

    Without WORDS, --next alone moves the clock.
    """

    def change(desk: Desk, id: str, said: str, seen: Incident | None) -> Incident:
        if due and not said:
            return desk.incidents.next_update(id, due, seen=seen)
        return desk.incidents.update(id, said, next=due, seen=seen)

    _changed(wiring, words, rev, as_json, change)


@incident.command()
@WORDS
@as_json_option
@click.pass_obj
def note(wiring: Wiring, words: tuple[str, ...], as_json: bool) -> None:
    """Writes a line into the timeline, such as '14:05 rolled back @bob'."""
    desk = wiring.existing(writes=True)
    id, said = parted(words)
    made = desk.incidents.note(lately(desk, id), said)
    doubt(desk.incidents.draft(said).unknown)
    with kept(f"{made.id} was made", f"opsdesk incident status {made.about} shows it."):
        if as_json:
            write_json([made])
            return
        from opsdesk.cli.incident_text import clock_time

        say(f"{made.id}  {made.about}  {clock_time(desk, made.at)}  {made.text}")


@incident.command()
@click.argument("words", nargs=-1, required=True, metavar="[ID] WHO…")
@click.option("--how", default="", help="Such as phone or chat.")
@click.option("--at", "when", default="", metavar="TIME", help="When, if not now: 14:05, 10 min ago.")
@rev_option
@as_json_option
@click.pass_obj
def inform(wiring: Wiring, words: tuple[str, ...], how: str, when: str, rev: int | None, as_json: bool) -> None:
    """Keeps that departments or people were told, with commas between them: opsdesk incident inform Sales, Support.

    When and how may stand with them: '13:30 Sales, @sue phone'. Said again it corrects that; 'not Sales' takes it out.
    """
    desk = wiring.existing(writes=True)
    id, who = parted(words)
    meant = lately(desk, id)
    seen_at(desk, meant, rev)
    _tell(desk, desk.incidents.inform(meant, who, how=how, at=when), as_json)


@incident.command("talk")
@click.argument("words", nargs=-1, metavar="[ID] [POINT=WORDS… | approve]")
@rev_option
@JSON
@click.pass_obj
def talking_points(wiring: Wiring, words: tuple[str, ...], rev: int | None, as_json: bool) -> None:
    """Shows what may be said of it; with POINT=WORDS says it, with approve lets it be shown.

    The points are known, affected, works, workaround, doing and not-say. A change after the approval takes it back.
    """
    from opsdesk.cli.incident_text import points, points_whole

    id, rest = id_of(words)
    wanted = [word for word in rest if word not in ("set", "show")]
    desk = wiring.existing(writes=bool(wanted))
    found = _said(desk, id, wanted, seen_at(desk, id, rev)) if wanted else desk.incidents.the(id)
    with kept(f"{found.id} changed", f"opsdesk incident talk {found.id} shows it."):
        if as_json:
            write_json(points_whole(desk, found))
            return
        for line in points(desk, found):
            say(line)
    if found.talk is None or found.talk.approved is None:
        talk(f"They are not approved: opsdesk incident talk {found.id} approve lets them be shown.")


@incident.command()
@click.argument("id", required=False, default="")
@JSON
@click.pass_obj
def status(wiring: Wiring, id: str, as_json: bool) -> None:
    """Shows how one incident stands: state, clocks, timeline, who was informed when and by whom."""
    from opsdesk.cli.incident_text import page, whole

    desk = wiring.existing()
    found = desk.incidents.standing(lately(desk, id))
    if as_json:
        write_json(whole(found))
        return
    for line in page(desk, found):
        say(line)


@incident.command()
@click.argument("id", required=False, default="")
@click.option("--format", "name", type=click.Choice(["md", "txt", "json"]), default="md", help="Else md.")
@click.option("--json", "as_json", is_flag=True, help="As --format json.")
@click.pass_obj
def review(wiring: Wiring, id: str, name: str, as_json: bool) -> None:
    """Writes the draft of a review: impact, timeline, figures, and headings for what went well and what did not."""
    from opsdesk.minutes.review import REVIEWS

    desk = wiring.existing()
    draft = desk.incidents.review(lately(desk, id))
    write(REVIEWS["json" if as_json else name](draft).encode())


def _changed(wiring: Wiring, words: Sequence[str], rev: int | None, as_json: bool, change: Change) -> None:
    desk = wiring.existing(writes=True)
    id, said = parted(words)
    _tell(desk, change(desk, id, said, seen_at(desk, id, rev)), as_json)
    doubt(desk.incidents.draft(said).unknown)


def _said(desk: Desk, id: str, wanted: Sequence[str], seen: Incident | None) -> Incident:
    """Raises UsageError for what is neither a point nor an approval."""
    if list(wanted) == ["approve"]:
        return desk.incidents.approve(id, seen=seen)
    pairs = [word.partition("=") for word in wanted]
    if not all(name and sign for name, sign, _ in pairs):
        raise click.UsageError("Say POINT=WORDS, the words in quotes, or approve.")
    return desk.incidents.talk(id, {name: said for name, _, said in pairs}, seen=seen)


def _tell(desk: Desk, changed: Incident, as_json: bool) -> None:
    from opsdesk.core.registers.incidents import REGISTER

    with kept(f"{changed.id} changed", f"opsdesk incident status {changed.id} shows it."):
        if as_json:
            write_json([changed])
        else:
            say(f"{changed.id}  {brief(changed.title)}  {REGISTER.reason(changed, desk.registers.look())}")
    remark = REGISTER.remark(changed, desk.registers.look())
    if remark:
        talk(remark)
    missed = desk.incidents.standing(changed.id).uninformed if changed.major else ()
    if missed:
        talk(f"Not informed yet: {', '.join(missed)}. opsdesk incident inform {changed.id} WHO says who was.")
