"""Every command of the screen: its key, its word, what it does, when it can run. No Textual here.

`?`, the palette, the footer, the key bindings and `opsdesk keys` are all made from this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What is under the hands now: the screen, the line under the cursor (its record id), the meeting, the undo."""

    screen: str
    typing: bool = False
    line: str = ""
    running: bool = False
    closing: bool = False
    last_five: bool = False
    rating: bool = False
    minutes: bool = False
    draft_minutes: bool = False
    older: bool = False
    newer: bool = False
    undo: str = ""
    redo: str = ""
    offer: str = ""

    @property
    def action(self) -> bool:
        return self.line.startswith("A-")


class Need(msgspec.Struct, frozen=True):
    """A condition of a command, and what to say when it is not met."""

    holds: Callable[[Situation], bool]
    else_: str


MEETING = Need(lambda s: s.running, "no meeting is running")
LINE = Need(lambda s: bool(s.line), "no line under the cursor")
ACTION = Need(lambda s: s.action, "the line under the cursor is not an action")
ENTRY = Need(lambda s: s.line[:2] in ("A-", "D-", "N-", "T-", "S-"), "the line under the cursor is no entry")
AGENDA_ITEM = Need(lambda s: s.line[:2] in ("A-", "T-"), "the line under the cursor is no action or agenda item")
CLOCK = Need(lambda s: not s.last_five, "last 5 minutes: capture, decide, close")
UNDO = Need(lambda s: bool(s.undo), "nothing to undo")
REDO = Need(lambda s: bool(s.redo), "nothing to redo")
OFFER = Need(lambda s: bool(s.offer), "nothing is offered")


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """`keys`: Textual's names; `shown`: as printed. `where`: screens, or "everywhere"; `typing`: also while typing.

    `footer`: its rank on the footer, 0 for none. `verb`: a held key does not repeat it.
    """

    id: str
    keys: tuple[str, ...] = ()
    shown: str = ""
    label: str
    help: str
    where: tuple[str, ...]
    typing: bool = False
    verb: bool = False
    footer: int = 0
    needs: tuple[Need, ...] = ()


def letter(key: str) -> tuple[str, ...]:
    """A capital equals its small letter."""
    return (key, key.upper())


ROOM = ("room",)
LISTS = ("room", "gate", "today")
ANY = ("everywhere",)

COMMANDS: tuple[Command, ...] = (
    # the meeting
    Command(
        id="next",
        keys=("space", "pagedown"),
        shown="space",
        label="next",
        where=ROOM,
        verb=True,
        footer=1,
        help="Go to the next section; after the last one, to closing. PgDn does the same while typing.",
        needs=(MEETING, CLOCK),
    ),
    Command(
        id="next_typing",
        keys=("pagedown",),
        shown="PgDn",
        label="next",
        where=ROOM,
        typing=True,
        verb=True,
        help="The next section, also while typing and from a presenter's clicker.",
        needs=(MEETING, CLOCK),
    ),
    Command(
        id="back",
        keys=("pageup",),
        shown="PgUp",
        label="back",
        where=ROOM,
        typing=True,
        verb=True,
        help="Go back to the section before.",
        needs=(MEETING, CLOCK),
    ),
    Command(
        id="action",
        keys=letter("a"),
        shown="a",
        label="action",
        where=ANY,
        footer=2,
        help="Capture an action: what, @who, #customer, a date at the end, ! for a promise.",
    ),
    Command(
        id="decision",
        keys=letter("d"),
        shown="d",
        label="decision",
        where=ROOM,
        footer=3,
        help="Record a decision.",
        needs=(MEETING,),
    ),
    Command(
        id="note",
        keys=letter("n"),
        shown="n",
        label="note",
        where=ROOM,
        footer=4,
        help="Write a note into the minutes.",
        needs=(MEETING,),
    ),
    Command(
        id="flag",
        keys=letter("f"),
        shown="f",
        label="flag",
        where=ROOM,
        help="Set a flag in one line: customer, measure, level, why.",
        needs=(MEETING,),
    ),
    Command(
        id="park",
        keys=letter("p"),
        shown="p",
        label="park",
        where=ROOM,
        verb=True,
        help="Park the line under the cursor; it comes back next time in its section.",
        needs=(MEETING,),
    ),
    Command(
        id="more",
        keys=("plus",),
        shown="+",
        label="2 min",
        where=ROOM,
        verb=True,
        help="Two minutes more for this section, borrowed from the last one first.",
        needs=(MEETING, CLOCK),
    ),
    Command(
        id="attendance",
        keys=letter("i"),
        shown="i",
        label="who is in",
        where=ROOM,
        help="Who is in, late, gone or excused.",
        needs=(MEETING,),
    ),
    Command(
        id="nothing",
        keys=("0",),
        shown="0",
        label="nothing to report",
        where=ROOM,
        verb=True,
        help="Record that there is nothing to report in this section.",
        needs=(MEETING,),
    ),
    Command(
        id="item",
        label="agenda item",
        where=ROOM,
        help="Put an item on this section's table.",
        needs=(MEETING,),
    ),
    Command(
        id="park_last",
        keys=("minus",),
        shown="-",
        label="park a section",
        where=ROOM,
        verb=True,
        help="Put off the section that will not fit, else the last one; it comes back next time.",
        needs=(MEETING, CLOCK),
    ),
    Command(
        id="park_section",
        label="park section",
        where=ROOM,
        help="Put this whole section off; what is on its table comes back next time.",
        needs=(MEETING,),
    ),
    Command(
        id="close",
        keys=letter("c"),
        shown="c",
        label="close",
        where=ROOM,
        help="Open the closing gate: what is still owed, then close.",
        needs=(MEETING,),
    ),
    Command(
        id="hand_over",
        label="hand over the chair",
        where=ROOM,
        help="Somebody else leads from now on.",
        needs=(MEETING,),
    ),
    Command(
        id="minute_taker",
        label="hand over the minutes",
        where=ROOM,
        help="Somebody else takes the minutes.",
        needs=(MEETING,),
    ),
    Command(
        id="overrun",
        label="go past the cap",
        where=ROOM,
        help="Record the reason for going past the hard cap; the clock's keys work again.",
        needs=(MEETING,),
    ),
    Command(
        id="adjourn",
        label="adjourn",
        where=ROOM,
        help="Break off (an outage, no quorum): everything rolls on to the next time.",
        needs=(MEETING,),
    ),
    # an entry
    Command(
        id="amend",
        label="correct",
        where=ROOM,
        help="Correct the entry under the cursor (Enter does the same).",
        needs=(ENTRY,),
    ),
    Command(
        id="to_action", label="turn into an action", where=ROOM, help="The entry becomes an action.", needs=(ENTRY,)
    ),
    Command(
        id="to_decision",
        label="turn into a decision",
        where=ROOM,
        help="The entry becomes a decision.",
        needs=(ENTRY,),
    ),
    Command(id="to_note", label="turn into a note", where=ROOM, help="The entry becomes a note.", needs=(ENTRY,)),
    Command(id="to_parked", label="turn into a parked item", where=ROOM, help="The entry is parked.", needs=(ENTRY,)),
    Command(
        id="remove",
        label="remove entry",
        where=ROOM,
        help="Take the entry out of this meeting's record.",
        needs=(ENTRY,),
    ),
    # the verbs of a line
    Command(
        id="done",
        keys=letter("x"),
        shown="x",
        label="done",
        where=LISTS,
        verb=True,
        help="The action or agenda item under the cursor is done.",
        needs=(AGENDA_ITEM,),
    ),
    Command(
        id="start",
        keys=letter("s"),
        shown="s",
        label="start",
        where=LISTS,
        verb=True,
        help="Work on the action has started.",
        needs=(ACTION,),
    ),
    Command(
        id="wait",
        keys=letter("w"),
        shown="w",
        label="wait",
        where=LISTS,
        help="The action waits: on whom or what, until when.",
        needs=(ACTION,),
    ),
    Command(
        id="give",
        keys=("at",),
        shown="@",
        label="give to",
        where=LISTS,
        help="Give the action to somebody else.",
        needs=(ACTION,),
    ),
    Command(
        id="date",
        keys=letter("t"),
        shown="t",
        label="date",
        where=LISTS,
        help="A new date, and why; the old one stays in the slip ledger.",
        needs=(ACTION,),
    ),
    Command(
        id="escalate",
        keys=letter("e"),
        shown="e",
        label="escalate",
        where=LISTS,
        verb=True,
        help="Put the action or item before the Escalation Review.",
        needs=(AGENDA_ITEM,),
    ),
    Command(
        id="drop",
        keys=("delete",),
        shown="Del",
        label="drop",
        where=LISTS,
        help="Drop the action or item, with the reason.",
        needs=(AGENDA_ITEM,),
    ),
    # the closing gate
    Command(
        id="close_now",
        keys=("enter",),
        shown="enter",
        label="close",
        where=("gate",),
        footer=1,
        verb=True,
        help="Close the meeting. What is still owed goes to the minute-taker, due tomorrow.",
    ),
    Command(
        id="settle_owed",
        keys=("equals_sign",),
        shown="=",
        label="settle",
        where=("gate",),
        footer=2,
        help="Type what is missing: owner and date, an exit criterion, an outcome, a reason.",
    ),
    Command(
        id="waive",
        keys=letter("b"),
        shown="b",
        label="bypass",
        where=("gate",),
        footer=3,
        help="Bypass the point under the cursor: let it go, with a reason.",
    ),
    Command(
        id="rate",
        keys=("asterisk",),
        shown="*",
        label="rate",
        where=("gate",),
        footer=4,
        help="How good was this meeting, 1 to 10, person by person.",
        needs=(Need(lambda s: s.rating, "this meeting is not rated"),),
    ),
    # today
    Command(
        id="open",
        shown="enter",
        label="open",
        where=("today",),
        footer=1,
        help="Open the line under the cursor: a meeting is started or gone back to, a record shown.",
    ),
    Command(
        id="start_meeting",
        keys=letter("m"),
        shown="m",
        label="meet",
        where=("today",),
        footer=2,
        help="Start a meeting: the one under the cursor, else the next one.",
    ),
    Command(
        id="skip_meeting",
        label="skip this meeting",
        where=("today",),
        help="The meeting under the cursor is not held, with the reason; its items roll on.",
    ),
    Command(id="meetings", label="which meetings we hold", where=("today",), help="Switch agendas on and off."),
    Command(
        id="settle",
        label="settle the draft minutes",
        where=("today", "minutes"),
        help="What was owed is there now: the draft minutes become final.",
        needs=(Need(lambda s: s.draft_minutes, "no minutes are a draft"),),
    ),
    Command(
        id="reopen",
        label="reopen the last meeting",
        where=("today", "minutes"),
        help="The last meeting that was closed goes on where it ended.",
    ),
    Command(
        id="older",
        keys=("left",),
        shown="←",
        label="older",
        where=("minutes",),
        footer=1,
        help="The minutes before these.",
        needs=(Need(lambda s: s.older, "these are the oldest"),),
    ),
    Command(
        id="newer",
        keys=("right",),
        shown="→",
        label="newer",
        where=("minutes",),
        footer=2,
        help="The minutes after these.",
        needs=(Need(lambda s: s.newer, "these are the newest"),),
    ),
    Command(
        id="save",
        keys=("ctrl+s",),
        shown="ctrl+s",
        label="save",
        where=("minutes",),
        footer=3,
        help="Save these minutes as a Markdown file, to print or to send.",
        needs=(Need(lambda s: s.minutes, "there are no minutes yet"),),
    ),
    # the first start
    Command(
        id="choose",
        shown="enter",
        label="choose",
        where=("welcome",),
        help="Take the line under the cursor.",
    ),
    Command(
        id="demo",
        label="demo company",
        where=("welcome",),
        help="Look around in a demo company; your own desk stays as it is.",
    ),
    Command(
        id="begin",
        label="begin with your own company",
        where=("welcome",),
        help="Name, people, customers, open actions of your company, step by step.",
    ),
    Command(
        id="take",
        keys=("ctrl+s",),
        shown="ctrl+s",
        label="take and go on",
        where=("welcome",),
        typing=True,
        verb=True,
        help="Take what is there and go on; with nothing there, the step is skipped.",
    ),
    Command(
        id="welcome_back",
        shown="esc",
        label="back",
        where=("welcome",),
        help="Back to the step before.",
    ),
    # everywhere
    Command(
        id="today",
        keys=("1",),
        shown="1",
        label="Today",
        where=ANY,
        help="Today: what meets, what burns, what is promised.",
    ),
    Command(
        id="today_typing", keys=("f2",), shown="F2", label="Today", where=ANY, typing=True, help="Today, while typing."
    ),
    Command(
        id="room",
        keys=("5",),
        shown="5",
        label="Room",
        where=ANY,
        help="The room of the running meeting.",
        needs=(MEETING,),
    ),
    Command(
        id="room_typing",
        keys=("f6",),
        shown="F6",
        label="Room",
        where=ANY,
        typing=True,
        help="The room, while typing.",
        needs=(MEETING,),
    ),
    Command(
        id="read_minutes",
        keys=("7",),
        shown="7",
        label="Minutes",
        where=ANY,
        footer=8,
        help="The last minutes; older ones are one key away there.",
    ),
    Command(
        id="read_minutes_typing",
        keys=("f8",),
        shown="F8",
        label="Minutes",
        where=ANY,
        typing=True,
        help="The minutes, while typing.",
    ),
    Command(
        id="find",
        keys=("slash",),
        shown="/",
        label="find",
        where=ANY,
        footer=7,
        help="Find a record by any part of it.",
    ),
    Command(
        id="trail",
        keys=letter("v"),
        shown="v",
        label="why",
        where=ANY,
        help="Everything about the line under the cursor: its fields, its reasons, its trail.",
        needs=(LINE,),
    ),
    Command(
        id="undo",
        keys=letter("z"),
        shown="z",
        label="undo",
        where=ANY,
        verb=True,
        footer=5,
        help="Take back the last step (ctrl+z while typing).",
        needs=(UNDO,),
    ),
    Command(
        id="undo_typing",
        keys=("ctrl+z",),
        shown="ctrl+z",
        label="undo",
        where=ANY,
        typing=True,
        verb=True,
        help="Take back the last step, also while typing.",
        needs=(UNDO,),
    ),
    Command(
        id="redo",
        keys=letter("y"),
        shown="y",
        label="redo",
        where=ANY,
        verb=True,
        help="Bring back what was undone (ctrl+y while typing).",
        needs=(REDO,),
    ),
    Command(
        id="redo_typing",
        keys=("ctrl+y",),
        shown="ctrl+y",
        label="redo",
        where=ANY,
        typing=True,
        verb=True,
        help="Bring back what was undone, also while typing.",
        needs=(REDO,),
    ),
    Command(
        id="curtain",
        keys=("full_stop",),
        shown=".",
        label="curtain",
        where=ANY,
        help="Leave only the clock and the section on the screen, at any moment.",
    ),
    Command(
        id="curtain_typing",
        keys=("f9",),
        shown="F9",
        label="curtain",
        where=ANY,
        typing=True,
        help="The curtain, while typing.",
    ),
    Command(
        id="keys",
        keys=("question_mark",),
        shown="?",
        label="keys",
        where=ANY,
        footer=6,
        help="Every key, to search and to run.",
    ),
    Command(
        id="palette",
        keys=("ctrl+p",),
        shown="ctrl+p",
        label="everything",
        where=ANY,
        typing=True,
        help="Every command, to search and to run.",
    ),
    Command(id="theme_dark", label="theme: dark", where=ANY, help="Dark screen."),
    Command(id="theme_light", label="theme: light", where=ANY, help="Light screen."),
    Command(
        id="theme_contrast-dark", label="theme: high contrast, dark", where=ANY, help="Dark screen, strong colours."
    ),
    Command(
        id="theme_contrast-light", label="theme: high contrast, light", where=ANY, help="Light screen, strong colours."
    ),
    Command(
        id="leave",
        keys=letter("q"),
        shown="q",
        label="leave",
        where=ANY,
        help="Leave this screen; on Today, leave the desk.",
    ),
    Command(
        id="quit",
        keys=("ctrl+q",),
        shown="ctrl+q",
        label="leave the desk",
        where=ANY,
        typing=True,
        help="Leave the desk; a running meeting runs on.",
    ),
    # typing
    Command(
        id="complete",
        keys=("tab",),
        shown="Tab",
        label="complete",
        where=("typing",),
        typing=True,
        help="Complete the @name or #customer.",
    ),
    Command(
        id="take_offer",
        keys=("ctrl+t",),
        shown="ctrl+t",
        label="take the offer",
        where=("typing",),
        typing=True,
        help="Take the offered date.",
        needs=(OFFER,),
    ),
    Command(
        id="anyway",
        keys=("ctrl+o",),
        shown="ctrl+o",
        label="do it anyway",
        where=("typing",),
        typing=True,
        help="Create the name that is not known; keep a date that is past.",
    ),
)
BY_ID: dict[str, Command] = {c.id: c for c in COMMANDS}


def why_not(command: Command, now: Situation) -> str:
    """Why the command cannot run now; empty when it can."""
    return next((need.else_ for need in command.needs if not need.holds(now)), "")


def for_screen(screen: str, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """What works on that screen; its own commands before those of everywhere."""
    own = [c for c in commands if screen in c.where]
    taken = {key for c in own for key in c.keys}
    return own + [c for c in commands if "everywhere" in c.where and not (set(c.keys) & taken)]


def footer(now: Situation) -> list[tuple[str, str, str]]:
    """The six that matter now, as (command id, key, word)."""
    if now.typing:
        return TYPING_FOOTER
    ranked = sorted((c for c in for_screen(now.screen) if c.footer), key=lambda c: c.footer)
    able = [c for c in ranked if not why_not(c, now)][:6]
    return [(c.id, c.shown, f"{c.label} {now.undo}".strip() if c.id == "undo" else c.label) for c in able]


TYPING_FOOTER: list[tuple[str, str, str]] = [
    ("submit", "enter", "keep"),
    ("stop_typing", "esc", "leave, keep the draft"),
    ("complete", "tab", "complete"),
    ("next_typing", "PgDn", "next section"),
    ("undo_typing", "ctrl+z", "undo"),
    ("palette", "ctrl+p", "everything"),
]
