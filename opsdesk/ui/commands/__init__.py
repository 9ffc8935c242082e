"""Every command of the screen. No Textual here.

`?`, the palette, the footer, the key bindings and `opsdesk keys` are all made from this table.
"""

from __future__ import annotations

from collections.abc import Iterable

from opsdesk.ui.commands.asked import ASKED_COMMANDS
from opsdesk.ui.commands.command import APT, Command, Need, Situation
from opsdesk.ui.commands.conflict import CONFLICT_COMMANDS
from opsdesk.ui.commands.customer import CUSTOMER_COMMANDS
from opsdesk.ui.commands.entries import ENTRY_COMMANDS
from opsdesk.ui.commands.everywhere import EVERYWHERE_COMMANDS, TYPING_COMMANDS
from opsdesk.ui.commands.lines import LINE_COMMANDS
from opsdesk.ui.commands.outage import OUTAGE_COMMANDS
from opsdesk.ui.commands.registers import OPEN_REGISTER, REGISTER_COMMANDS, register_command, register_commands
from opsdesk.ui.commands.room import MEETING_COMMANDS
from opsdesk.ui.commands.scores import SCORE_COMMANDS
from opsdesk.ui.commands.screens import GATE_COMMANDS, SCREEN_COMMANDS
from opsdesk.ui.commands.walk import STAGES, WALK_COMMANDS

__all__ = [
    "BUSY",
    "BY_ID",
    "COMMANDS",
    "OVERLAYS",
    "Command",
    "Need",
    "Situation",
    "called",
    "footer",
    "for_screen",
    "register_commands",
    "why_not",
]

COMMANDS: tuple[Command, ...] = (
    *MEETING_COMMANDS,
    *ASKED_COMMANDS,
    *WALK_COMMANDS,
    *ENTRY_COMMANDS,
    *LINE_COMMANDS,
    *GATE_COMMANDS,
    *REGISTER_COMMANDS,
    *SCREEN_COMMANDS,
    *OUTAGE_COMMANDS,
    *SCORE_COMMANDS,
    *CUSTOMER_COMMANDS,
    *EVERYWHERE_COMMANDS,
    *TYPING_COMMANDS,
    *CONFLICT_COMMANDS,
)
OVERLAYS = ("conflict",)  # what lies over a screen has its own letters, and shows them
BY_ID: dict[str, Command] = {c.id: c for c in COMMANDS}
BUSY = "the desk's disk does not answer; try again in a moment"
# What must be read before anything can be shown; everything else goes on while a disk is slow.
# fmt: off
READING = frozenset(
    (
        "today", "today_typing", "room", "room_typing", "read_minutes", "read_minutes_typing", "find",
        "trail", "leave", "wait", "give", "date", "amend", "drop", "close", "settle", "settle_owed", "attendance",
        "meetings", "start_meeting", "start_beside", "start_now", "skip_meeting", "reopen", "registers",
        "open_register", "whole", "outage", "outage_typing", "open_incident", "scores", "scores_typing",
        "customer", "customer_typing", "customer_page",
    )
)
# fmt: on
# A desk that is only being set up has nothing yet to capture, find or go to, and names are typed there.
WELCOME = ("keys", "palette", "leave", "quit", "undo_typing", "redo_typing", "curtain_typing")


def called(id: str) -> Command | None:
    """The command of this id, also one that opens a register; None where there is none."""
    if not id.startswith(OPEN_REGISTER):
        return BY_ID.get(id)
    from opsdesk.core.registers import registers

    register = registers().get(id.removeprefix(OPEN_REGISTER))
    return register_command(register.kind, register.title, register.one) if register else None


def why_not(command: Command, now: Situation) -> str:
    """Why the command cannot run now; empty when it can."""
    if now.busy and command.id.partition("/")[0] in READING:
        return BUSY
    if command.id in now.refused:
        return now.refused[command.id]
    return next((need.else_ for need in command.needs if not need.holds(now)), "")


def for_screen(screen: str, commands: Iterable[Command] = COMMANDS) -> list[Command]:
    """What works on that screen; its own commands before those of everywhere, those of a stage before the screen's."""
    mine = [c for c in commands if screen in c.where]
    if screen in OVERLAYS:
        return mine
    if screen in STAGES:
        mine += _besides(mine, (c for c in commands if STAGES[screen] in c.where))
    taken = {key for c in mine for key in c.keys}
    others = [c for c in commands if "everywhere" in c.where and not (set(c.keys) & taken)]
    if screen == "welcome":
        others = [c for c in others if c.id in WELCOME or c.id.startswith("theme_")]
    return mine + others


def _besides(stage: Iterable[Command], screen: Iterable[Command]) -> list[Command]:
    """Those of the screen that the stage has not taken the key of."""
    taken = {(key, c.typing) for c in stage for key in c.keys}
    return [c for c in screen if not {(key, c.typing) for key in c.keys} & taken]


def footer(now: Situation) -> list[tuple[str, str, str]]:
    """The six that matter now, as (command id, key, word); what can be taken back always stands among them."""
    if now.typing:
        return [key for key in TYPING_FOOTER if key[0] != "next_typing" or now.screen in ("room", *STAGES)]
    shown = [c for c in for_screen(now.screen) if c.footer or c.urgent(now) or c.apt(now)]
    ranked = sorted(shown, key=lambda c: 0 if c.urgent(now) else c.footer or APT)
    able = [c for c in ranked if not why_not(c, now)]
    undo = [c for c in able[6:] if c.id == "undo"]
    six = [*able[: 6 - len(undo)], *undo]
    return [(c.id, c.shown, f"{c.label} {now.undo}".strip() if c.id == "undo" else now.said(c)) for c in six]


TYPING_FOOTER: list[tuple[str, str, str]] = [
    ("submit", "enter", "keep"),
    ("stop_typing", "esc", "leave, keep the draft"),
    ("complete", "tab", "complete"),
    ("next_typing", "PgDn", "next section"),
    ("undo_typing", "ctrl+z", "undo"),
    ("palette", "ctrl+p", "everything"),
]
