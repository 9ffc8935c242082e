"""The commands of the customer page, and the one that leads to it from anywhere."""

from __future__ import annotations

from opsdesk.ui.commands.command import ANY, LINE, Command, also_typing

CUSTOMER = ("customer",)

CUSTOMER_COMMANDS: tuple[Command, ...] = (
    *also_typing(
        Command(
            id="customer",
            keys=("6",),
            shown="6",
            label="Customer",
            where=ANY,
            help="One customer on one page, by any part of its name; Enter takes that of the line; Esc goes back.",
        ),
        key="f7",
        shown="F7",
        help="The page of a customer, while typing.",
    ),
    Command(
        id="open_line",
        shown="enter",
        label="open",
        where=CUSTOMER,
        footer=1,
        help="Open the line under the cursor: the record, the history of a flag, the rest of a long list.",
        needs=(LINE,),
    ),
    Command(
        id="log",
        keys=("ctrl+n", "insert"),
        shown="ctrl+n",
        label="log",
        where=CUSTOMER,
        footer=3,
        help="Log something of this customer in one line: a side-channel request, a person there, a ticket.",
    ),
    Command(
        id="save_page",
        keys=("ctrl+s",),
        shown="ctrl+s",
        label="save",
        where=CUSTOMER,
        footer=4,
        help="Save this page as one sheet of text, to print or to send.",
    ),
)
