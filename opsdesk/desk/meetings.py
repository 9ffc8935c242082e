"""Running a meeting: start and skip, its clocks, its history; walking, entries and closing besides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from opsdesk.core.agenda import Agenda, Late
from opsdesk.core.clocks import View, view
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.opening import open_meeting, skipped_meeting
from opsdesk.core.people import Person
from opsdesk.core.ports import Reader
from opsdesk.desk.closing import Closing
from opsdesk.desk.corrections import Corrections
from opsdesk.desk.entries import Entries
from opsdesk.desk.roles import expected, holder
from opsdesk.desk.walking import Walking
from opsdesk.insight import timing

AROUND = timedelta(hours=2)


class Meetings(Walking, Entries, Corrections, Closing):
    """Each event is one transaction: a desk that is killed opens again in the same section at the right time."""

    def start(
        self, slug: str, *, customer: str = "", scheduled: datetime | None = None, late: Late | None = None
    ) -> Meeting:
        """Runs an agenda from now on, everybody expected taken as present.

        `scheduled` (aware): the planned start, else the nearest one within two hours, else now. `late`: what a late
        start keeps, else as the agenda says. Raises NotFound, Invalid while it is running already.
        """
        agenda, whose = self._agenda(slug), self._customer(slug, customer)
        now = self._now()
        planned = scheduled or self._planned(slug, customer, now) or now
        number = self._number(self._context.store, slug, customer)
        with self._context.work(f"start of {agenda.title} #{number}") as work:
            self._refuse_second(work, agenda, customer)
            people = work.live(Person)
            return work.add(
                open_meeting(
                    agenda,
                    number=self._number(work, slug, customer),
                    scheduled=planned,
                    now=now,
                    expected=expected(agenda, people, self._context.by, whose),
                    customer=customer,
                    late=late,
                    **self._roles(agenda, people, whose),
                )
            )

    def skip(self, slug: str, planned: datetime, why: str, customer: str = "") -> Meeting:
        """Records that a planned meeting does not take place; its items roll on. Raises NotFound, Invalid."""
        agenda = self._agenda(slug)
        self._customer(slug, customer)
        if not why.strip():
            raise Invalid("A meeting is not skipped without a reason.", "Say why in a few words.")
        number = self._number(self._context.store, slug, customer)
        with self._context.work(f"skipping of {agenda.title} #{number}") as work:
            if work.where(Meeting, agenda=slug, customer=customer, scheduled=planned):
                raise Invalid(f"{agenda.title} of {planned:%Y-%m-%d %H:%M} UTC has its record.", "Look at its minutes.")
            number = self._number(work, slug, customer)
            skipped = skipped_meeting(
                agenda, number=number, planned=planned, now=self._now(), why=why, customer=customer
            )
            return self._finish(work, skipped, ())

    def running(self) -> tuple[Meeting, ...]:
        """Those running now, by their start."""
        live = (meeting for meeting in self._context.store.live(Meeting) if meeting.state == "running")
        return tuple(sorted(live, key=lambda meeting: meeting.started or meeting.scheduled))

    def drafts(self) -> tuple[Meeting, ...]:
        """Those that have ended and still owe something, by their planned start."""
        live = (meeting for meeting in self._context.store.live(Meeting) if meeting.state == "draft")
        return tuple(sorted(live, key=lambda meeting: meeting.scheduled))

    def view(self, id: str) -> View:
        """The clocks now. Raises NotFound."""
        return view(self._meeting(id), self._now())

    def suggest(self, slug: str) -> dict[str, int]:
        """Section title to minutes: the median of its last 8 runs."""
        return timing.suggest(self._context.store.where(Meeting, agenda=slug))

    def timings(self, slug: str) -> tuple[timing.SectionTiming, ...]:
        """Planned against actual minutes over its last 8 runs."""
        return timing.timings(self._context.store.where(Meeting, agenda=slug))

    def lessons(self, id: str, at: datetime | None = None) -> tuple[timing.Lesson, ...]:
        """The sections of this meeting for which earlier runs suggest other minutes. Raises NotFound.

        `at` (aware): the moment its clocks are read at, else now.
        """
        meeting = self._meeting(id)
        runs = self._context.store.where(Meeting, agenda=meeting.agenda)
        earlier = [each for each in runs if each.scheduled <= meeting.scheduled and each.id != id]
        return timing.lessons(meeting, earlier, at or self._now())

    def _agenda(self, slug: str) -> Agenda:
        agenda = self._context.agendas.get(slug)
        if agenda is None:
            raise NotFound(f'There is no agenda "{slug}".', "opsdesk agenda list shows what there is.")
        return agenda

    def _customer(self, slug: str, handle: str) -> Customer | None:
        """The customer a series is for. Raises NotFound, Invalid where one is missing or not wanted."""
        agenda = self._agenda(slug)
        if agenda.per_customer != bool(handle):
            need = "is held for one customer" if agenda.per_customer else "is not held for a customer"
            raise Invalid(f"{agenda.title} {need}.", "Name the customer." if agenda.per_customer else "Leave it out.")
        if not handle:
            return None
        found = next((each for each in self._context.store.live(Customer) if each.handle == handle), None)
        if found is None:
            raise NotFound(f"There is no customer #{handle}.", "Add the customer first.")
        return found

    def _planned(self, slug: str, customer: str, now: datetime) -> datetime | None:
        """The nearest planned start that is not held yet."""
        from opsdesk.desk.cadence import Cadence

        around = Cadence(self._context).between(now - AROUND, now + AROUND)
        starts = [
            each.start for each in around if (each.agenda, each.customer) == (slug, customer) and not each.skipped
        ]
        return min(starts, key=lambda start: abs(start - now), default=None)

    def _number(self, read: Reader, slug: str, customer: str) -> int:
        held = read.where(Meeting, agenda=slug, customer=customer)
        return max((meeting.number for meeting in held), default=0) + 1

    def _refuse_second(self, read: Reader, agenda: Agenda, customer: str) -> None:
        for meeting in read.live(Meeting):
            if meeting.state == "running" and (meeting.agenda, meeting.customer) == (agenda.slug, customer):
                raise Invalid(f"{agenda.title} #{meeting.number} is running already.", "Go on in it, or close it.")

    def _roles(self, agenda: Agenda, people: Sequence[Person], customer: Customer | None) -> dict[str, str]:
        """A customer's owner chairs where nobody is named; whoever is at the keyboard takes the minutes."""
        by, roles = self._context.by, agenda.roles
        usual = customer.owner if customer else ""
        chair = holder(roles.chair or usual or by, people, prefer=by)
        return {
            "chair": chair,
            "deputy": holder(roles.deputy, people, besides=chair),
            "minute_taker": holder(roles.minute_taker, people, prefer=by) or by,
        }
