"""The keys of the Room for the people in it: who is here, who leads, who writes."""

from __future__ import annotations

from typing import Literal

from opsdesk.core.attendance import missing_chair
from opsdesk.core.meeting import Meeting
from opsdesk.ui.typing.modes import words_mode
from opsdesk.ui.verbs import LineVerbs


class Who(LineVerbs):
    """Needs `meeting_id`, and `meeting` as it was last read."""

    meeting_id: str
    meeting: Meeting

    def do_attendance(self) -> None:
        from opsdesk.ui.screens.attendance import AttendanceList

        self.app.push_screen(AttendanceList(self.meeting_id))

    def do_hand_over(self) -> None:
        self._hand_over("chair", "the chair goes to")

    def do_minute_taker(self) -> None:
        self._hand_over("minute_taker", "the minutes go to")

    def do_deputy(self) -> None:
        deputy = missing_chair(self.meeting)
        self.intend(lambda: self.desk.meetings.hand_over(self.meeting_id, "chair", deputy), self._chairs)

    def _hand_over(self, role: Literal["chair", "minute_taker"], label: str) -> None:
        self.type(
            words_mode(
                self,
                id=role,
                label=label,
                hint="@who",
                text="@",
                call=lambda text: self.desk.meetings.hand_over(self.meeting_id, role, text),
                said=self._chairs if role == "chair" else self._writes,
            )
        )

    def _chairs(self, meeting: Meeting) -> str:
        return f"{self.person(meeting.chair)} has the chair · z undoes"

    def _writes(self, meeting: Meeting) -> str:
        return f"{self.person(meeting.minute_taker)} takes the minutes · z undoes"
