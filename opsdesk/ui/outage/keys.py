"""The keys of an outage: each one intent to the desk."""

from __future__ import annotations

from msgspec.structs import replace

from opsdesk.core.register import Look
from opsdesk.core.registers.incidents import REGISTER, Incident
from opsdesk.core.registers.timeline import TimelineEntry
from opsdesk.core.triage import meaning
from opsdesk.desk.naming import verb_called
from opsdesk.insight.talking import NEEDED
from opsdesk.ui.commands import Situation
from opsdesk.ui.commands.outage import WRITTEN
from opsdesk.ui.outage import rows
from opsdesk.ui.outage.opening import open_mode
from opsdesk.ui.outage.pages import ORDER, POINTS, REVIEW, STANDING
from opsdesk.ui.outage.typing import correct_mode, line_mode, point_mode, step_mode
from opsdesk.ui.verbs import LineVerbs

OTHERS_LOOK_ON = "others than the team look on"
BACK = ("monitoring", "resolved")
GONE = "it is not there any more"
TOLD_IN_WORDS = ("done", "start")  # by their ids in core.triage
CORRECTED = ("note", "update")  # what was typed; what a step left behind stays as it is


class OutageKeys(LineVerbs):
    """`incident`: as last read; `shown_id`: of the one that is shown; `page`: one of ORDER."""

    incident: Incident
    page = STANDING

    def __init__(self, incident: str) -> None:
        super().__init__()
        self.shown_id = incident

    @property
    def on(self) -> str:
        """Every verb is meant for the incident, wherever the cursor stands."""
        return self.shown_id

    @property
    def owed_to(self) -> str:
        """To whom the next update is; empty where nobody waits for one."""
        raise NotImplementedError

    @property
    def _look(self) -> Look:
        return Look(self.desk.now(), self.desk.settings)

    @property
    def told_to_all(self) -> bool:
        """Whether others than the team look on."""
        return self.home.glance.before.audience != "team"

    def situation(self) -> Situation:
        now = super().situation()
        refused = dict.fromkeys(WRITTEN, OTHERS_LOOK_ON) if self.told_to_all else self._not_now()
        return replace(now, labels={**now.labels, "who_told": "who was told"}, refused={**now.refused, **refused})

    def _not_now(self) -> dict[str, str]:
        """Why what may be said cannot be approved, where it cannot."""
        incident = self.known.get(self.shown_id)
        if not isinstance(incident, Incident):
            return dict.fromkeys(WRITTEN, GONE)
        approved = incident.talk is not None and incident.talk.approved is not None
        why = "it is approved already" if approved else rows.lacking(incident)
        found = {"approve": why} if why else {}
        return found | ({"back_again": "it is not mitigated yet"} if incident.state not in BACK else {})

    def act_on(self, triage: str) -> bool:
        """A step that has a reason is told in words, with a time in front where it was earlier."""
        record = self.known.get(self.on)
        verb = meaning(REGISTER, record, triage).verb if record is not None and triage in TOLD_IN_WORDS else None
        if verb is None or "why" not in verb.asks:
            return super().act_on(triage)
        self.type(step_mode(self, verb))
        return True

    def do_back_again(self) -> None:
        self.type(step_mode(self, verb_called(REGISTER, "reopen")))

    # what is typed

    def do_write_note(self) -> None:
        self.type(line_mode(self, "note"))

    def do_write_update(self) -> None:
        self.type(line_mode(self, "update"))

    def do_who_told(self) -> None:
        """Of the department under the cursor, else of whoever is named."""
        key = self.list.key
        self.type(line_mode(self, "told", f"{key.removeprefix(rows.WHO)} " if key.startswith(rows.WHO) else ""))

    def do_another_incident(self) -> None:
        self.type(open_mode(self, lambda made: self.turn_to(made.id)))

    def do_open_incident(self) -> None:
        self.do_another_incident()

    # what may be said

    def do_say(self) -> None:
        """The point under the cursor; elsewhere the page on which they are written."""
        name = self.list.key.removeprefix(rows.SAY)
        if self.list.key.startswith(rows.SAY):
            self.type(point_mode(self, name))
        elif self.list.key == rows.NEXT_KEY:
            self.do_date()
        else:
            self.show_page(POINTS)

    def onward(self, kept: Incident) -> None:
        """To the next point that nobody could speak without."""
        missing = [name for name in NEEDED if not getattr(kept.talk, name, "")]
        if missing and self.page == POINTS:
            self.list_at(f"{rows.SAY}{missing[0]}")

    def do_approve(self) -> None:
        seen = self.incident
        self.intend(
            lambda: self.desk.incidents.approve(
                seen.id, seen=seen, meeting=self.meeting_id, section=self.section_title
            ),
            lambda kept: f"{kept.id}: the talking points are approved, and shown from now on · z undoes",
        )

    # the pages

    def do_page_on(self) -> None:
        self.show_page(ORDER[(ORDER.index(self.page) + 1) % len(ORDER)])

    def do_page_back(self) -> None:
        self.show_page(ORDER[(ORDER.index(self.page) - 1) % len(ORDER)])

    def do_show_standing(self) -> None:
        self.show_page(STANDING)

    def do_show_points(self) -> None:
        self.show_page(POINTS)

    def do_show_review(self) -> None:
        self.show_page(REVIEW)

    def show_page(self, page: str) -> None:
        raise NotImplementedError

    def list_at(self, key: str) -> None:
        """The cursor on the row with this key."""
        raise NotImplementedError

    def turn_to(self, incident: str) -> None:
        """Another incident instead of this one."""
        raise NotImplementedError

    # a line

    def open_row(self, key: str) -> None:
        if not key or not self.answers():
            return
        if key.startswith(rows.WHO):
            self.run_command("who_told")
        elif key.startswith(rows.OTHER):
            self.turn_to(key.removeprefix(rows.OTHER))
        elif key.startswith(rows.AT):
            self.heed(lambda: self._correct(key.removeprefix(rows.AT)))
        else:
            self.run_command("say")

    def _correct(self, id: str) -> None:
        entry = self.desk.read.get(TimelineEntry, id)
        if entry.what in CORRECTED:
            self.type(correct_mode(self, entry))
        else:
            self.home.open_record(id)

    def do_trail(self) -> None:
        self.home.open_record(self.shown_id)

    # leaving: whatever lies below is as it was

    def action_escape(self) -> None:
        typing = self.bar.typing
        super().action_escape()
        if not typing:
            self.do_leave()

    def do_leave(self) -> None:
        self.bar.keep()
        self.app.pop_screen()

    def do_outage(self) -> None:
        self.do_leave()

    def do_today(self) -> None:
        self.do_leave()
        self.home.do_today()

    def do_room(self) -> None:
        self.do_leave()
        self.home.do_room()

    def do_read_minutes(self) -> None:
        self.do_leave()
        self.home.do_read_minutes()

    def do_open_register(self, kind: str) -> None:
        self.do_leave()
        self.home.do_open_register(kind)
