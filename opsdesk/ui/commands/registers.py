"""The commands of the registers: which one is opened, and what is done on its screen.

`8` lists them, as the next free digit of those that lead to screens; each has its name in the palette. While typing,
ctrl+p is the way: the key that would be its twin, F9, draws the curtain. Every letter has its meaning already, so what
only a register has is on keys that are none: ctrl+n (new, as everywhere), `=` a field, `,` the order as on the score
sheet, `;` beside it open or all, Space marks and goes to the next line.
"""

from __future__ import annotations

from opsdesk.ui.commands.command import LINE, Command, Need, Situation, letter

REGISTER = ("register",)
OPEN_REGISTER = "open_register/"
MARKS = Need(lambda s: s.marked > 0, "no line is marked: Space marks one")


def _verb(id: str, keys: tuple[str, ...], shown: str, label: str, help: str, footer: int = 0) -> Command:
    at_once = id in ("done", "start", "escalate")
    return Command(
        id=f"verb/{id}",
        keys=keys,
        shown=shown,
        label=label,
        where=REGISTER,
        verb=at_once,
        help=help,
        needs=(LINE,),
        footer=footer,
    )


REGISTER_COMMANDS: tuple[Command, ...] = (
    Command(
        id="registers",
        keys=("8",),
        shown="8",
        label="Registers",
        where=("everywhere",),
        help="How much is open in each register, and the worst of it; Enter opens one.",
    ),
    _verb("done", letter("x"), "x", "done", "It is over: the record under the cursor, or all marked ones.", footer=1),
    _verb("start", letter("s"), "s", "start", "It begins, or goes on to its next state."),
    _verb("wait", letter("w"), "w", "wait", "It waits, or whatever waiting is in this register."),
    _verb("give", ("at",), "@", "give to", "Give it to somebody else."),
    _verb("date", letter("t"), "t", "date", "A new date; where the register keeps slips, the old one stays on record."),
    _verb("escalate", letter("e"), "e", "escalate", "Put it before the Escalation Review."),
    _verb("drop", ("delete",), "Del", "drop", "Drop it, with the reason."),
    Command(
        id="new",
        keys=("ctrl+n", "insert"),
        shown="ctrl+n",
        label="new",
        where=REGISTER,
        footer=3,
        help="A new record in one line: words, @who, #customer, field:value, a date; Tab completes.",
    ),
    Command(
        id="narrow",
        keys=("slash",),
        shown="/",
        label="narrow",
        where=REGISTER,
        footer=4,
        help="Only the lines with these words, as you type; Enter keeps it so, Esc shows all again.",
    ),
    Command(
        id="clear",
        shown="esc",
        label="back",
        where=REGISTER,
        footer=2,
        help="Lists all again, takes the marks away; where there is nothing of either, back to where one was.",
    ),
    Command(
        id="set",
        keys=("equals_sign",),
        shown="=",
        label="set a field",
        where=REGISTER,
        help="field=value, of the record under the cursor or of all that are marked, in one step.",
        needs=(LINE,),
    ),
    Command(
        id="order",
        keys=("comma",),
        shown=",",
        label="order",
        where=REGISTER,
        help="The most harmful first, the newest, by day, by name: each press the next.",
    ),
    Command(
        id="whole",
        keys=("semicolon",),
        shown=";",
        label="open or all",
        where=REGISTER,
        help="Only what is open, or also what is over.",
    ),
    Command(
        id="mark",
        keys=("space",),
        shown="space",
        label="mark",
        where=REGISTER,
        help="Mark the line, or take its mark away, and go to the next: verbs act on all that are marked.",
        needs=(LINE,),
    ),
    Command(
        id="mark_all",
        keys=("ctrl+a",),
        shown="ctrl+a",
        label="mark all that is listed",
        where=REGISTER,
        help="Mark every line of the list as it is narrowed now.",
        needs=(LINE,),
    ),
    Command(
        id="unmark",
        label="take all marks away",
        where=REGISTER,
        help="No line is marked any more (Esc does the same).",
        needs=(MARKS,),
    ),
)


def register_commands(now: Situation) -> tuple[Command, ...]:
    """One for each register there is, by its title; none while the desk is only being set up."""
    from opsdesk.core.registers import registers

    if now.screen == "welcome":
        return ()
    listed = [each for each in registers().values() if each.listed]
    return tuple(register_command(each.kind, each.title, each.one) for each in listed)


def register_command(kind: str, title: str, one: str) -> Command:
    return Command(
        id=OPEN_REGISTER + kind,
        label=title,
        where=("everywhere",),
        help=f"The register of every {one}, the most harmful first.",
    )
