"""The closing gate: what is still owed, what was agreed, and one key that closes. It never holds the room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import BindingType

from opsdesk.core.actions import Action
from opsdesk.core.attendance import in_room
from opsdesk.core.dates import readable
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting
from opsdesk.insight.closing import Owed
from opsdesk.ui.commands import Situation
from opsdesk.ui.dates import clock
from opsdesk.ui.ink import Ink
from opsdesk.ui.screens.base import bindings
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.verbs import LineVerbs
from opsdesk.ui.widgets.columns import Column, Row
from opsdesk.ui.widgets.record_list import RecordList


class Gate(LineVerbs):
    """Answers True when the meeting was closed."""

    CSS_PATH = "page.tcss"
    NAME = "gate"
    COLUMNS = (Column(most=3), Column(flex=True, least=20))
    BINDINGS: ClassVar[list[BindingType]] = bindings("gate")

    def __init__(self, meeting: Meeting) -> None:
        super().__init__()
        self.meeting_id = meeting.id
        self.meeting = meeting
        self._owed: Sequence[Owed] = ()

    def body(self) -> ComposeResult:
        yield RecordList(columns=self.COLUMNS, id="list")

    def redraw(self) -> None:
        self.meeting = self.desk.read.get(Meeting, self.meeting_id)
        self._owed = self.desk.meetings.gate(self.meeting_id)
        self.list.show([*self._owed_rows(), *self._read_back(), *self._rating(), *self._next()])

    def _owed_rows(self) -> list[Row]:
        if not self._owed:
            return [Row(across=(Ink(" ✓ Nothing is owed. ", "green"), Ink("Enter closes the meeting.", "dim")))]
        taker = self.desk.people.person_name(self.meeting.minute_taker) or "the minute-taker"
        head = f" STILL OWED   Enter closes as a draft, for {taker} to settle by tomorrow"
        rows = [Row(key=owed.key, cells=(Ink("◆ O", "orange"), Ink(owed.text))) for owed in self._owed]
        return [Row(across=(Ink(head, "dim"),)), Row(), *rows]

    def _read_back(self) -> list[Row]:
        if "readback" not in self.meeting.steps:
            return []
        said = self.desk.meetings.said(self.meeting_id)
        made = [each for each in said if isinstance(each, Action) and self.meeting.may_show(each.customer)]
        rows = [Row(), Row(across=(Ink(" READ BACK", "dim"),)), Row()]
        for owner, actions in groupby(sorted(made, key=lambda a: a.owner), key=lambda a: a.owner):
            rows.append(Row(across=(Ink(f"  {self.desk.people.person_name(owner) or 'nobody yet'}", "bright!"),)))
            rows += [self._agreed(action) for action in actions]
        return rows if made else [*rows, Row(across=(Ink("  No actions were made.", "dim"),))]

    def _agreed(self, action: Action) -> Row:
        due = readable(action.due, self.desk.today()) if action.due else "no date"
        return Row(across=(Ink(f"    {action.id:<7}", "accent"), Ink(action.title), Ink(f"   {due}", "dim")))

    def _rating(self) -> list[Row]:
        if "rating" not in self.meeting.steps:
            return []
        given = ", ".join(f"{self.desk.people.person_name(r.who)} {r.score}" for r in self.meeting.ratings)
        return [
            Row(),
            Row(
                across=(
                    Ink(" RATING   ", "dim"),
                    Ink(given or "* rates it, 1 to 10, person by person", "ink" if given else "dim"),
                )
            ),
        ]

    def _next(self) -> list[Row]:
        following = self.desk.cadence.next(self.meeting.agenda, self.desk.now(), self.meeting.customer)
        if following is None:
            return []
        zone = self.desk.settings.zone
        when = f"{readable(following.start.astimezone(zone).date(), self.desk.today())} {clock(following.start, zone)}"
        return [Row(), Row(across=(Ink(" NEXT     ", "dim"), Ink(when)))]

    def headline(self) -> tuple[Sequence[Ink], Sequence[Ink]]:
        now = self.desk.meetings.view(self.meeting_id)
        left = [Ink("Closing", "bright!"), Ink(f"  {self.meeting.title} #{self.meeting.number}", "dim")]
        over = round(now.overrun.total_seconds() / 60)
        late = [Ink(f" +{over}", "orange")] if over > 0 else []
        return left, [Ink("ends ", "dim"), Ink(clock(now.projected_end, self.desk.settings.zone)), *late]

    def situation(self) -> Situation:
        owed = self._under()
        return replace(
            super().situation(),
            line=owed.ref if owed else "",
            running=True,
            closing=True,
            rating="rating" in self.meeting.steps,
        )

    def _under(self) -> Owed | None:
        return next((o for o in self._owed if o.key == self.list.key), None)

    def capture(self, text: str, *, past_ok: bool) -> Action:
        return self.desk.meetings.act(self.meeting_id, text, past_ok=past_ok)

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        self.do_close_now()

    def do_close_now(self) -> None:
        self.intend(lambda: self.desk.meetings.close(self.meeting_id), lambda m: m.state, then=self._leave)

    def _leave(self, meeting: Meeting) -> None:
        self.dismiss(True)

    def do_leave(self) -> None:
        self.dismiss(False)

    def action_escape(self) -> None:
        if self.bar.typing:
            self.stop_typing()
        else:
            self.dismiss(False)

    def do_settle_owed(self) -> None:
        """Types what is missing: an exit criterion, an outcome, the reason for going past the cap."""
        owed = self._under()
        if owed is None:
            return
        if owed.ref.startswith("A-"):
            self.edit(owed.ref)
            return
        self.type(
            words_mode(
                self,
                id=f"owed {owed.key}",
                label="settle",
                hint=owed.text,
                call=lambda text: self._settle(owed, text),
                said=lambda _: "settled · z undoes",
            )
        )

    def _settle(self, owed: Owed, text: str) -> object:
        match owed.key.split(":"):
            case ["flag", score, _]:
                return self.desk.scores.complete(score, exit=text)
            case ["section", at]:
                return self.desk.meetings.outcome(self.meeting_id, text, int(at))
            case ["item", item, _]:
                return self.desk.items.settle(item, text, self.meeting_id)
            case _:
                return self.desk.meetings.overrun(self.meeting_id, text)

    def do_waive(self) -> None:
        owed = self._under()
        if owed is None:
            self.say("There is nothing under the cursor to let go.", "orange")
            return
        self.type(
            words_mode(
                self,
                id="waive",
                label="not needed because",
                hint="the reason",
                call=lambda why: self.desk.meetings.waive(self.meeting_id, owed.key, why),
                said=lambda _: "let go · z undoes",
            )
        )

    def do_rate(self) -> None:
        meeting = self.desk.read.get(Meeting, self.meeting_id)
        rated = {r.who for r in meeting.ratings}
        who = next((w for w in in_room(meeting) if w not in rated), "")
        if not who:
            self.say("Everybody who is here has rated." if rated else "Nobody is here to rate.")
            return

        def call(text: str) -> Meeting:
            if not text.strip().isdigit():
                raise Invalid(f"{text} is no rating.", "Type a number from 1 to 10.")
            return self.desk.meetings.rate(self.meeting_id, who, int(text))

        name = self.desk.people.person_name(who)
        self.type(
            words_mode(
                self,
                id=f"rate {who}",
                label=f"{name} rates",
                hint="1 to 10",
                call=call,
                said=lambda _: f"{name} rated · z undoes",
                then=lambda _: self.do_rate(),
            )
        )
