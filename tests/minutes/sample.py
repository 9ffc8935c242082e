"""Minutes made by hand: a full daily, one where nothing happened, a draft, one adjourned, one skipped, hostile ones."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from opsdesk.core.minutes import (
    ActionLine,
    Came,
    CarriedLine,
    ChangedLine,
    DecisionLine,
    FlagLine,
    Handed,
    MinuteItem,
    Minutes,
    Waived,
)
from opsdesk.core.rankedlines import RankedLine
from opsdesk.core.walkedlines import WalkedLine

BERLIN = ZoneInfo("Europe/Berlin")
HOSTILE = (
    "[EMEA] Ünïcode 日本 [/x]",
    "[click](http://evil.example) <script>alert(1)</script> & &lt; `code` **b** _i_ | pipe \\",
    "# no heading",
    "1. no list",
    "- no bullet",
    "2) nor this | --- |",
    "$x$ ~~gone~~ ![pic](x) <https://a.example> ===",
)


def at(hour: int, minute: int, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


EXPORT = ActionLine(
    id="A-14",
    title="Send Globex the workaround for the failing invoice export",
    owner="Ana Ruiz",
    due=date(2026, 11, 24),
    customer="Globex",
    promised_to="Globex",
    promised_by="Ben Ito",
    item=1,
)
REVIEW = ActionLine(
    id="A-15",
    title="Have a second person review every production change this week",
    owner="Tom Okafor",
    due=date(2026, 11, 27),
    item=1,
)
WINDOW = ActionLine(
    id="A-16", title="Announce Saturday's database window to the nine customers it hits", owner="Ana Ruiz", item=3
)
ROTA = ActionLine(id="A-17", title="Find cover for the on-call week of 7 December", item=5)
FREEZE = DecisionLine(
    id="D-7", text="No deployment to production until Globex's export has run clean for 48 hours.", item=1
)
NOTICE = DecisionLine(
    id="D-8", text="Planned maintenance is announced five working days ahead.", supersedes="D-3", item=3
)
RED = FlagLine(
    id="S-31",
    customer="Globex",
    measure="Support",
    before="orange",
    after="red",
    comment="Third failed export in ten days; their finance team closes the month on Friday.",
    owner="Ana Ruiz",
    exit="Ten working days without a failed export",
    plan=date(2026, 12, 4),
    item=1,
)
SAME = FlagLine(
    id="S-32",
    customer="Initech",
    measure="Delivery",
    before="orange",
    after="orange",
    comment="Still waiting for the second environment.",
    item=4,
)
TRAINING = CarriedLine(
    id="T-4",
    text="Who trains the new support hire on the billing system?",
    section="Staffing",
    standing="parked",
)
PORTAL = CarriedLine(
    id="T-2",
    text="Customer portal slips a second time: tell Hooli before they ask",
    section="Delayed deliveries",
    customer="Hooli",
    relisted=3,
    choose=True,
    standing="still open",
)
STATUS_PAGE = CarriedLine(
    id="T-3",
    text="Status page text for partial outages",
    section="Service outages",
    standing="done",
    why="Wording agreed, published by Ana",
)

LOGIN = ChangedLine(id="I-7", text="Login slow, EU", what="identified → monitoring")
EXPORT_DOWN = ChangedLine(id="I-8", text="Invoice export down", what="new")
SLIPPED = ChangedLine(
    id="DL-3", text="Second environment", what="Forecast: 2026-11-24 → 2026-12-01; Owner: Tom Okafor → Ana Ruiz"
)

ITEMS = (
    MinuteItem(
        number=1,
        title="Burning issues",
        planned=5,
        actual=8,
        reached=True,
        notes=(
            "Globex's invoice export failed again on Friday night; 1,140 invoices are waiting.",
            "Tom is the only one who can restart it by hand.",
        ),
        decisions=(FREEZE,),
        actions=(EXPORT, REVIEW),
        flags=(RED,),
    ),
    MinuteItem(
        number=2,
        title="Service outages",
        planned=4,
        actual=2,
        reached=True,
        outcome="No outage since Thursday.",
        settled=(STATUS_PAGE,),
        changed=(LOGIN, EXPORT_DOWN),
    ),
    MinuteItem(
        number=3, title="Planned maintenance", planned=3, actual=3, reached=True, decisions=(NOTICE,), actions=(WINDOW,)
    ),
    MinuteItem(
        number=4, title="Delayed deliveries", planned=3, actual=2, reached=True, flags=(SAME,), changed=(SLIPPED,)
    ),
    MinuteItem(number=5, title="Staffing", planned=2, actual=0, reached=False, actions=(ROTA,), parked=(TRAINING,)),
)

PREVIOUS = (
    ActionLine(
        id="A-3",
        title="Restart the billing queue and say so in the status page",
        owner="Tom Okafor",
        state="done",
        due=date(2026, 11, 20),
    ),
    ActionLine(
        id="A-6",
        title="Send Initech the date of their second environment",
        owner="Ben Ito",
        due=date(2026, 11, 20),
        was=(date(2026, 11, 6), date(2026, 11, 13)),
        customer="Initech",
        promised_to="Initech",
        relisted=3,
        choose=True,
    ),
    ActionLine(
        id="A-9",
        title="Rotate the backup credentials",
        owner="Tom Okafor",
        due=date(2026, 11, 23),
        state="waiting",
        waiting_on="the new vault",
        relisted=1,
    ),
    ActionLine(
        id="A-11",
        title="Second call with Umbrella about the import",
        owner="Ana Ruiz",
        due=date(2026, 11, 23),
        state="dropped",
        why="They moved to the API",
    ),
)

DAILY = Minutes(
    meeting="M-58",
    company="Northwind Software",
    series="Daily Operations Sync",
    number=41,
    zone="Europe/Berlin",
    scheduled=at(16, 0),
    started=at(16, 7),
    ended=at(16, 24),
    planned_end=at(16, 20),
    used=17,
    timebox=20,
    chair="Ana Ruiz",
    minute_taker="Ben Ito",
    handovers=(Handed(role="chair", before="Sue Park", after="Ana Ruiz", at="16:15"),),
    present=("Ana Ruiz", "Ben Ito", "Sue Park", "Tom Okafor"),
    apologies=("Lena Vogel",),
    late=(Came(name="Tom Okafor", at="16:12"),),
    left=(Came(name="Sue Park", at="16:15"),),
    quorum=3,
    flags=(RED, SAME),
    previous=PREVIOUS,
    items=ITEMS,
    decisions=(FREEZE, NOTICE),
    actions=(EXPORT, REVIEW, WINDOW, ROTA),
    parked=(PORTAL, TRAINING),
    waived=(
        Waived(
            what="A-16 “Announce Saturday's database window to…” has no due date.",
            why="Ana sets it today",
            by="Ben Ito",
        ),
        Waived(
            what="A-17 “Find cover for the on-call week of 7 December” has no owner.",
            why="Lena decides tomorrow",
            by="Ben Ito",
        ),
    ),
    rating=8.25,
    ratings=4,
    next=at(16, 0, 24),
)

EMPTY = Minutes(
    meeting="M-1",
    series="Daily Operations Sync",
    number=1,
    zone="UTC",
    scheduled=datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("UTC")),
    started=datetime(2026, 11, 23, 15, 0, tzinfo=ZoneInfo("UTC")),
    ended=datetime(2026, 11, 23, 15, 4, tzinfo=ZoneInfo("UTC")),
    planned_end=datetime(2026, 11, 23, 15, 20, tzinfo=ZoneInfo("UTC")),
    used=4,
    timebox=20,
    items=tuple(
        MinuteItem(number=n, title=each.title, planned=each.planned, actual=1, reached=True)
        for n, each in enumerate(ITEMS, 1)
    ),
)

DRAFT = replace(
    DAILY,
    draft=True,
    state="draft",
    minute_taker="Sue Park",
    owed=(
        "A-16 “Announce Saturday's database window to the nine customers it …” has no due date.",
        "A-17 “Find cover for the on-call week of 7 December” has no owner.",
        "A-17 “Find cover for the on-call week of 7 December” has no due date.",
    ),
    waived=(),
    rating=None,
    ratings=0,
)

ADJOURNED = replace(
    EMPTY,
    meeting="M-60",
    company="Northwind Software",
    series="Escalation Review",
    number=9,
    version=2,
    state="adjourned",
    why="The payment service went down",
    zone="America/Chicago",
    scheduled=datetime(2026, 11, 24, 6, 0, tzinfo=ZoneInfo("America/Chicago")),
    started=datetime(2026, 11, 24, 6, 0, tzinfo=ZoneInfo("America/Chicago")),
    ended=datetime(2026, 11, 24, 6, 22, tzinfo=ZoneInfo("America/Chicago")),
    planned_end=datetime(2026, 11, 24, 7, 0, tzinfo=ZoneInfo("America/Chicago")),
    used=22,
    timebox=60,
    hard_cap=True,
    chair="Sue Park",
    minute_taker="Ben Ito",
    present=("Ben Ito", "Sue Park"),
    absent=("Lena Vogel",),
    quorum=3,
    quorum_met=False,
    items=(
        MinuteItem(number=1, title="Escalations", planned=25, actual=22, reached=True, outcome="Globex: plan agreed."),
        MinuteItem(number=2, title="Chronic issues", planned=15, actual=0, reached=False),
        MinuteItem(number=3, title="Problem customers", planned=12, actual=0, reached=False, put_off=True),
        MinuteItem(number=4, title="Decisions", planned=5, actual=0, reached=False),
    ),
    parked=(replace(PORTAL, section="Chronic issues", relisted=1, choose=False, standing="not reached"),),
    next=datetime(2026, 12, 1, 6, 0, tzinfo=ZoneInfo("America/Chicago")),
)

SKIPPED = replace(
    ADJOURNED,
    version=1,
    state="skipped",
    why="Company holiday",
    started=None,
    ended=None,
    used=0,
    chair="",
    minute_taker="",
    present=(),
    absent=(),
    items=tuple(replace(each, actual=0, reached=False, outcome="", put_off=False) for each in ADJOURNED.items),
)

CUSTOMER = replace(
    DAILY,
    series="Customer Status Call",
    customer="Globex",
    audience="customer",
    items=(replace(ITEMS[0], title="Open promises", actions=(EXPORT,)),),
    flags=(RED,),
    decisions=(FREEZE,),
    actions=(EXPORT,),
    previous=(replace(EXPORT, id="A-8", title="Show Globex the failing runs", state="done"),),
    parked=(),
)


def hostile() -> Minutes:
    """Every text people can type is one that would break something."""
    name, link, heading, number, bullet, cell, mixed = HOSTILE
    action = replace(EXPORT, title=heading, owner=cell, customer=link, promised_to=link, promised_by=number, why=mixed)
    flag = replace(RED, customer=name, measure=cell, comment=bullet, owner=link, exit=mixed)
    item = MinuteItem(
        number=1,
        title=mixed,
        planned=5,
        actual=5,
        reached=True,
        outcome=number,
        notes=(*HOSTILE, "x" * 200, "日本" * 60),
        decisions=(replace(FREEZE, text=link),),
        actions=(action,),
        flags=(flag,),
        walked=(
            WalkedLine(id="FR-1", customer=link, measure=cell, level="red", outcome="skipped", why=number, seconds=4),
            WalkedLine(id="S-9", customer=name, measure=mixed, level="orange", outcome="not reached"),
        ),
        ranked=(RankedLine(place=1, id="T-9", text=heading, customer=name, owner=cell, why=number, relisted=3),),
        changed=(ChangedLine(id="I-9", text=mixed, what=bullet),),
        parked=(replace(TRAINING, text=cell, section=heading),),
        settled=(replace(STATUS_PAGE, text=number, why=link),),
    )
    return replace(
        DAILY,
        company=number,
        series=heading,
        customer=link,
        why=mixed,
        state="adjourned",
        overrun=bullet,
        chair=cell,
        minute_taker=name,
        handovers=(Handed(role="chair", before=link, after=cell, at="16:15"),),
        present=(link, name),
        apologies=(cell,),
        late=(Came(name=link, at="16:12"),),
        left=(),
        flags=(flag,),
        previous=(replace(action, state="dropped"),),
        items=(item,),
        remarks=HOSTILE,
        decisions=item.decisions,
        actions=(action, replace(action, id="A-15", owner="", title="x" * 300)),
        parked=item.parked,
        owed=(number,),
        waived=(Waived(what=bullet, why=cell, by=link),),
        next=DAILY.scheduled + timedelta(days=1),
    )


SAMPLES = {
    "daily": DAILY,
    "empty": EMPTY,
    "draft": DRAFT,
    "adjourned": ADJOURNED,
    "skipped": SKIPPED,
    "customer": CUSTOMER,
    "hostile": hostile(),
}
