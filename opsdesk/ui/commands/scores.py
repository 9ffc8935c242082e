"""The commands of the score sheet. `o` and `u` are a level here and nothing else: F10 still leads to the outage."""

from __future__ import annotations

from opsdesk.ui.commands.command import ANY, LINE, Command, Need, also_typing, letter

SCORES = ("scores",)
LEVELS = ("scores", "scan", "walk")
CELL = Need(lambda s: bool(s.line), "no customer is listed")
# fmt: off
SCORED = (
    "set_level", "set_red", "set_orange", "set_green", "set_unknown", "flag_owner", "flag_exit", "flag_plan", "judge",
    "next_stale", "cell_history", "customer_page", "action_for", "narrow_sheet", "order_sheet",
)
# fmt: on
"""What needs the sheet to be shown."""


def _level(id: str, key: str, label: str, help: str, where: tuple[str, ...] = LEVELS) -> Command:
    return Command(id=id, keys=letter(key), shown=key, label=label, where=where, help=help, needs=(CELL,))


SCORE_COMMANDS: tuple[Command, ...] = (
    *also_typing(
        Command(
            id="scores",
            keys=("2",),
            shown="2",
            label="Scores",
            where=ANY,
            help="The customer score sheet: every customer and measure, the worst first; Esc goes back.",
        ),
        key="f3",
        shown="F3",
        help="The score sheet, while typing.",
    ),
    Command(
        id="set_level",
        shown="r o g",
        label="set",
        where=("scores", "scan"),
        footer=1,
        help="Say how it is where the cursor stands; the same level again with an empty line confirms it for today.",
        needs=(CELL,),
    ),
    Command(
        id="customer_page",
        shown="enter",
        label="customer",
        where=SCORES,
        footer=1,
        help="Everything about the customer of the line.",
        needs=(CELL,),
    ),
    Command(
        id="cell_history",
        keys=letter("v"),
        shown="v",
        label="why",
        where=SCORES,
        footer=1,
        help="The history of the cell: who said what when and where, how long it was a flag, how it was reviewed.",
        needs=(LINE,),
    ),
    Command(
        id="order_sheet",
        keys=("comma",),
        shown=",",
        label="order",
        where=SCORES,
        footer=1,
        help="The worst first, by value, longest not discussed, by name; by the same again where rows have changed.",
    ),
    Command(
        id="narrow_sheet",
        keys=("slash",),
        shown="/",
        label="find",
        where=SCORES,
        footer=1,
        help="Only customers with these words (name, level, owner), as you type; Enter keeps it so, Esc shows all.",
    ),
    _level(
        "set_red", "r", "red", "Red, and why in one line; owner, exit criterion and plan date are owed from then on."
    ),
    _level("set_orange", "o", "orange", "Orange, and why in one line."),
    _level("set_green", "g", "green", "Green; an empty line saves it at once."),
    _level("set_unknown", "u", "unknown", "Nobody knows any more.", ("scores", "scan")),
    Command(
        id="next_stale",
        keys=("space",),
        shown="space",
        label="next stale",
        where=SCORES,
        help="To the next cell that is stale or that nobody knows.",
        needs=(CELL,),
    ),
    Command(
        id="flag_owner",
        keys=("at",),
        shown="@",
        label="give to",
        where=SCORES,
        help="Who has the flag under the cursor.",
        needs=(CELL,),
    ),
    Command(
        id="flag_exit",
        keys=("equals_sign",),
        shown="=",
        label="exit criterion",
        where=LEVELS,
        help="When the flag under the cursor is over.",
        needs=(CELL,),
    ),
    Command(
        id="flag_plan",
        keys=letter("t"),
        shown="t",
        label="date",
        where=SCORES,
        help="By when there is a plan for the flag under the cursor, or it is over.",
        needs=(CELL,),
    ),
    Command(
        id="judge",
        keys=letter("b"),
        shown="b",
        label="bypass",
        where=SCORES,
        help="Judge the customer otherwise than its cells, until a day, with a reason; theirs stays beside it.",
        needs=(CELL,),
    ),
    Command(
        id="action_for",
        keys=letter("a"),
        shown="a",
        label="action",
        where=SCORES,
        help="An action for the customer of the line.",
        needs=(CELL,),
    ),
)
