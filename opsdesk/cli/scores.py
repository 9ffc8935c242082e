"""`opsdesk scores`, `score` and `override`: the customer score sheet, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from opsdesk.cli.columns import brief
from opsdesk.cli.out import kept, say, talk, write, write_json
from opsdesk.cli.triage import as_json_option
from opsdesk.cli.wiring import Wiring

if TYPE_CHECKING:
    from opsdesk.core.registers.overrides import Override
    from opsdesk.core.scores import Score
    from opsdesk.core.settings import Measure
    from opsdesk.desk import Desk
    from opsdesk.insight.sheet import SheetRow
    from opsdesk.ui.scores.book import Book, Order
    from opsdesk.ui.scores.story import Story

SORTS: dict[str, Order] = {"worst": "worst", "value": "value", "discussed": "spoken", "name": "name"}
NO_CUSTOMERS = "There are no customers yet: opsdesk import customers FILE brings them in."
NO_SCORES = "Nothing is scored yet: opsdesk score says how it is, opsdesk prep lists what to fill."


@click.command()
@click.option("--sort", type=click.Choice(list(SORTS)), default="worst", help="Else worst first.")
@click.option("--customer", metavar="NAME", help="Only this customer.")
@click.option("--measure", metavar="NAME", help="Only this measure, with what was said of it.")
@click.option("--stale", is_flag=True, help="Only customers of whom something is stale or not known.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, a row a customer.")
@click.pass_obj
def scores(
    wiring: Wiring, sort: str, customer: str | None, measure: str | None, stale: bool, as_json: bool, as_csv: bool
) -> None:
    """Shows the customer score sheet: a line a customer, a column a measure.

    ▲ R red, ◆ O orange, ● G green, · not known; what is stale is hollow and has a small letter, as ○ r. Where somebody
    has judged a customer otherwise than its cells come to, both stand there. The share known counts fresh cells.
    """
    if as_json and as_csv:
        raise click.UsageError("Say --json or --csv: only one of them can be written.")
    from opsdesk.cli.scores_meant import customer_named, measure_named, refuse_left
    from opsdesk.ui.scores.story import Story

    desk = wiring.looking()
    one = customer_named(desk, customer) if customer is not None else ""
    refuse_left(desk, one)
    column = measure_named(desk, measure) if measure is not None else None
    book = _book(desk)
    story = Story(desk.read, book.look)
    rows = _rows(book, story, SORTS[sort], column)
    rows = [row for row in rows if one in ("", row.customer.handle) and (not stale or _unsaid(row, book, column))]
    _write(desk, rows, column, book, story, "json" if as_json else "csv" if as_csv else "")


def _book(desk: Desk) -> Book:
    from opsdesk.core.audience import Before
    from opsdesk.core.register import Look
    from opsdesk.ui.scores.book import book_of

    return book_of(
        desk.read, Look(desk.now().replace(microsecond=0), desk.settings), Before(), desk.people.names().people
    )


def _rows(book: Book, story: Story, order: Order, column: Measure | None) -> list[SheetRow]:
    """In this order; of one measure the worst are those whose own cell is."""
    from opsdesk.insight.rollup import HARM

    rows = [book.by_handle[handle] for handle in book.arranged(order, story)]
    if column is None or order != "worst":
        return rows
    place = book.measures.index(column)
    levels = {row.customer.handle: cell.level if (cell := row.cells[place]) else "unknown" for row in rows}
    return sorted(rows, key=lambda row: -HARM.get(levels[row.customer.handle], -1))


def _unsaid(row: SheetRow, book: Book, column: Measure | None) -> bool:
    """Whether one of the cells that are shown is stale or not known."""
    cells = zip(book.measures, row.cells, strict=True)
    return any(score is None or not score.fresh(book.look) for each, score in cells if column in (None, each))


def _write(desk: Desk, rows: Sequence[SheetRow], column: Measure | None, book: Book, story: Story, form: str) -> None:
    from opsdesk.cli import scores_text as text
    from opsdesk.cli.columns import room
    from opsdesk.cli.scores_sheet import sheet_rows
    from opsdesk.exchange.sheets import text_rows

    measures, person = [column] if column else book.measures, desk.people.names().people.name
    if form == "json":
        write_json(text.whole(rows, measures, book, story))
        return
    if form == "csv":
        write(b"".join(text_rows(sheet_rows(rows, measures, book, person))))
        return
    for line in text.heading(book):
        say(line)
    if rows:
        lines = (
            text.one_measure(rows, column, book, person, room())
            if column
            else text.table(rows, book, story, person, room())
        )
        for line in ["", *lines]:
            say(line)
    for line in text.no_measure(rows):
        talk(line)
    _talk(rows, book)


def _talk(rows: Sequence[SheetRow], book: Book) -> None:
    """What to do where there is nothing to see."""
    if not book.rows:
        talk(NO_CUSTOMERS)
    elif not book.any_scored:
        talk(NO_SCORES)
    elif not rows:
        talk("No customer matches.")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="CUSTOMER MEASURE LEVEL [WHY]…")
@click.option("--owner", default="", metavar="WHO", help="Who sees to it.")
@click.option("--exit", "exit_", default="", metavar="TEXT", help="What has to be true before it is over.")
@click.option("--plan", default="", metavar="DATE", help="When the plan ends: fri, +3d, 27.11. …")
@click.option(
    "--valid-days",
    type=click.IntRange(0, 3650),
    metavar="N",
    help="How long it is fresh; without it, or 0, as before or as its level.",
)
@as_json_option
@click.pass_obj
def score(
    wiring: Wiring, words: tuple[str, ...], owner: str, exit_: str, plan: str, valid_days: int | None, as_json: bool
) -> None:
    """Says how a customer is in one measure: opsdesk score globex support red 'two days without an answer'.

    LEVEL is r, o, g or u: red, orange, green, unknown. Red and orange need WHY; the same level again confirms it for
    today, and keeps what was known of it.
    """
    from opsdesk.cli.scores_meant import flag_meant, person_named

    desk = wiring.existing(writes=True)
    draft = flag_meant(desk, words)
    made = desk.scores.set(
        draft.customer,
        draft.measure,
        draft.level,
        draft.comment,
        owner=person_named(desk, owner),
        exit=exit_,
        plan=desk.actions.day(plan) if plan else None,
        valid_days=valid_days or 0,
    )
    _tell_score(desk, made, as_json)


def _tell_score(desk: Desk, made: Score, as_json: bool) -> None:
    from opsdesk.cli.scores_text import OWED, sign
    from opsdesk.core.register import Look
    from opsdesk.insight.plans import owes, plan_due

    with kept(f"{made.id} was made", f"opsdesk show {made.id} shows it."):
        if as_json:
            write_json([made])
        else:
            moved = f"{sign(made.was)} → {sign(made.level)}" if made.was != made.level else sign(made.level)
            what = "confirmed" if made.was == made.level != "unknown" else ""
            name = brief(desk.people.customer_name(made.customer))
            said = [made.id, f"{name} {made.measure} {moved}", what, brief(made.comment)]
            say("  ".join(part for part in said if part))
    parts = owes(made, Look(desk.now(), desk.settings))
    if parts:
        named = ", ".join(OWED[part] for part in parts)
        by = f", by {plan_due(made, desk.settings)}" if "plan" in parts else ""
        talk(f"It owes {named}{by}: the same line again with --{', --'.join(parts)} says so.")


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="CUSTOMER [LEVEL] [WHY]…")
@click.option("--until", default="", metavar="DATE", help="The last day on which it holds.")
@click.option("--lift", is_flag=True, help="The computed level counts again.")
@as_json_option
@click.pass_obj
def override(wiring: Wiring, words: tuple[str, ...], until: str, lift: bool, as_json: bool) -> None:
    """Judges a customer otherwise than its cells come to, for a reason and until a day; the computed level stays shown.

    opsdesk override globex green 'they renewed yesterday' --until fri
    """
    from opsdesk.cli.scores_meant import parted, refuse_left

    desk = wiring.existing(writes=True)
    customer, rest = parted(desk, words)
    refuse_left(desk, customer)
    made = _lifted(desk, customer, rest, until) if lift else _judged(desk, customer, rest, until)
    _tell_override(desk, made, as_json)


def _judged(desk: Desk, customer: str, words: Sequence[str], until: str) -> Override:
    """Raises UsageError without a level or a day."""
    from opsdesk.core.flagentry import LEVELS

    level = LEVELS.get(words[0].lower(), "unknown") if words else "unknown"
    if level == "unknown":
        raise click.UsageError("Say r, o or g behind the customer: red, orange, green.")
    if not until:
        raise click.UsageError("Say with --until how long it holds.")
    return desk.scores.override(customer, level, " ".join(words[1:]), desk.actions.day(until))


def _lifted(desk: Desk, customer: str, words: Sequence[str], until: str) -> Override:
    """The newest that stands; with it all older ones. Raises NotFound where there is none, or all have expired."""
    from opsdesk.core.errors import NotFound
    from opsdesk.core.registers.overrides import Override

    if until:
        raise click.UsageError("Say --until or --lift: what is lifted has no day.")
    standing = [each for each in desk.read.live(Override) if each.customer == customer and each.holds(desk.today())]
    if not standing:
        name = desk.people.customer_name(customer)
        raise NotFound(f"Nobody has judged {name} otherwise.", "opsdesk list overrides --open shows what stands.")
    return desk.scores.lift(standing[-1].id, " ".join(words))


def _tell_override(desk: Desk, made: Override, as_json: bool) -> None:
    from opsdesk.cli.scores_text import sign

    with kept(f"{made.id} changed", f"opsdesk show {made.id} shows it."):
        if as_json:
            write_json([made])
            return
        computed = _book(desk).by_handle[made.customer].rolled.computed
        name = brief(desk.people.customer_name(made.customer))
        level = f"{sign(made.level)} until {made.until}" if made.live else f"{sign(made.level)} lifted"
        said = [made.id, f"{name} {level}", f"computed {sign(computed)}", brief(made.title if made.live else made.why)]
        ended = ", ".join(each.id for each in desk.scores.replaced_by(made)) if made.live else ""
        said += [f"{ended} ended by it"] if ended else []
        say("  ".join(part for part in said if part))
