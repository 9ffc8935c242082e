"""The commands of an outage: how it stands, what is typed of it, what may be said, its review; and a new incident."""

from __future__ import annotations

from opsdesk.ui.commands.command import ANY, Command, Need, also_typing, letter

OUTAGE = ("outage",)
ANYTHING = Need(lambda s: bool(s.outage or s.team or s.line.startswith("I-")), "no incident is open")
WRITTEN = ("write_note", "write_update", "who_told", "say", "approve", "another_incident", "page_on", "page_back",
           "show_points", "show_review", "show_standing", "save_review", "back_again")  # fmt: skip
"""What is not done while others than the team look on."""

OUTAGE_COMMANDS: tuple[Command, ...] = (
    *also_typing(
        Command(
            id="outage",
            keys=letter("o"),
            shown="o",
            label="outage",
            where=ANY,
            apt=lambda s: bool(s.outage) and s.screen != "outage",
            help="How the incident under the cursor stands, else the worst that is open; with none open, a new one.",
            needs=(ANYTHING,),
        ),
        key="f10",
        shown="F10",
        help="How the worst open incident stands, while typing.",
    ),
    Command(
        id="open_incident",
        label="open an incident …",
        where=ANY,
        help="Open an incident from one line: what, @owner, #customer, sev:2.",
    ),
    Command(
        id="write_update",
        keys=letter("u"),
        shown="u",
        label="update",
        where=OUTAGE,
        footer=1,
        help="How it stands, for those who speak with customers; next 17:00 at the end says when the next one is due.",
    ),
    Command(
        id="write_note",
        keys=letter("n"),
        shown="n",
        label="note",
        where=OUTAGE,
        footer=1,
        help="What happened, line by line: 14:05 restarted @bob; told Sales by phone; next 16:30.",
    ),
    Command(
        id="who_told",
        keys=letter("i"),
        shown="i",
        label="who",
        where=OUTAGE,
        footer=1,
        help="Who was informed, how and when: Sales, @sue by phone 14:05.",
    ),
    Command(
        id="say",
        keys=("equals_sign",),
        shown="=",
        label="talking points",
        where=OUTAGE,
        footer=2,
        help="Write the talking points: do we know of it, who is affected, what works, and so on.",
    ),
    Command(
        id="approve",
        keys=("exclamation_mark",),
        shown="!",
        label="approve",
        where=OUTAGE,
        footer=3,
        help="Let the talking points be said; a change afterwards takes it back.",
    ),
    Command(
        id="page_on",
        keys=("right",),
        shown="→",
        label="next page",
        where=OUTAGE,
        help="How it stands, what may be said, the draft of its review.",
    ),
    Command(id="page_back", keys=("left",), shown="←", label="page before", where=OUTAGE, help="The page before."),
    Command(id="show_standing", label="how it stands", where=OUTAGE, help="Who knows, and the timeline."),
    Command(id="show_points", label="talking points …", where=OUTAGE, help="Every talking point as it stands."),
    Command(
        id="show_review", label="the review", where=OUTAGE, help="The draft of its review with the whole timeline."
    ),
    Command(
        id="save_review",
        keys=("ctrl+s",),
        shown="ctrl+s",
        label="save the review",
        where=OUTAGE,
        help="Save the draft of the review as a Markdown file.",
    ),
    Command(id="back_again", label="it is back: reopen", where=OUTAGE, help="It was mended and is not: why."),
    Command(
        id="another_incident",
        keys=("ctrl+n", "insert"),
        shown="ctrl+n",
        label="new",
        where=OUTAGE,
        help="Open another incident from one line.",
    ),
)
