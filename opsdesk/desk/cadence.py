"""What meets when: the series a company runs, the meetings ahead, and single ones skipped or moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from opsdesk.core.agenda import Agenda
from opsdesk.core.cadence import Occurrence, meeting_zone, occurrences
from opsdesk.core.customers import Customer
from opsdesk.core.dates import readable
from opsdesk.core.errors import Invalid, NotFound
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.rules import DEFAULT_ANCHOR, is_time, is_zone, problem
from opsdesk.core.series import Moved, Series
from opsdesk.desk.context import Context

_NEAR = timedelta(days=2)  # how far a planned start may shift when a zone or a time of day is changed
_HORIZONS = (timedelta(weeks=5), timedelta(weeks=60), timedelta(weeks=522))


class Cadence:
    """An agenda's own `on` holds until somebody switches it: then its Series record decides, for that agenda alone.

    A per-customer agenda that is on gives one series for each active customer that is being onboarded; a Series
    record naming a customer decides for that customer, and ends with the onboarding.
    """

    def __init__(self, context: Context) -> None:
        self._context = context

    def upcoming(self, weeks: int = 2, since: datetime | None = None) -> tuple[Occurrence, ...]:
        """By start: what meets from `since` (else the beginning of today) for so many weeks, and is not yet held.

        Skipped and moved ones are among them, with the reason.
        """
        first = (since or self._midnight(self._context.today())).astimezone(self._context.settings.zone)
        return self.between(first, first + timedelta(weeks=weeks))

    def between(self, since: datetime, until: datetime) -> tuple[Occurrence, ...]:
        """As upcoming, with since <= start < until (aware)."""
        return self._between(self.series(), since.astimezone(UTC), until.astimezone(UTC))

    def next(self, agenda: str, after: datetime, customer: str = "") -> Occurrence | None:
        """The first meeting of an agenda that starts later than `after`, neither skipped nor held; None while off."""
        chosen = [s for s in self.series() if s.agenda == agenda and customer in ("", s.customer)]
        for horizon in _HORIZONS if chosen else ():
            found = (each for each in self._between(chosen, after, after + horizon) if each.start > after)
            if first := next((each for each in found if not each.skipped), None):
                return first
        return None

    def find(self, agenda: str, day: date, customer: str = "") -> Occurrence:
        """The meeting of an agenda that is planned for, or else now starts on, a day of the company's calendar.

        Raises NotFound; Invalid where several customers have one that day and none is named.
        """
        chosen = [s for s in self.series() if s.agenda == agenda and customer in ("", s.customer)]
        low, high = self._midnight(day), self._midnight(day + timedelta(days=1))
        found = self._between(chosen, low, high) or self._planned(chosen, low, high)
        if not found:
            raise self._nothing(agenda, day, customer)
        if len({each.customer for each in found}) > 1:
            names = ", ".join(each.customer for each in found)
            raise Invalid(f"On {day} there is one for each of {names}.", "Name the customer.")
        return min(found, key=lambda each: (self._context.today(each.planned) != day, each.start))

    def series(self) -> tuple[Series, ...]:
        """Those switched on, by agenda and customer; the id is empty while nobody has decided about one."""
        return tuple(each for each in self._decided(self._context.store) if each.on)

    def is_on(self, agenda: str, customer: str = "") -> bool:
        """Whether the agenda meets; of a per-customer one without a customer: with new customers or any one."""
        current = self._current(self._context.store, self._agenda(agenda), customer)
        return current.on or (not customer and any(each.agenda == agenda for each in self.series()))

    def switch(
        self,
        agenda: str,
        on: bool,
        customer: str = "",
        anchor: date | None = None,
        *,
        rule: str = "",
        at: str = "",
        zone: str = "",
    ) -> Series:
        """Switches an agenda on or off, in one transaction; without a customer for every customer's series as well.

        It counts from `anchor`, else from today if it was off. Not empty, `rule`, `at` (HH:MM) and `zone` replace the
        agenda's own. Raises NotFound for an unknown agenda or customer, Invalid.
        """
        known = self._agenda(agenda)
        self._check_customer(known, customer)
        with self._context.work(f"{'Switch on' if on else 'Switch off'} {known.title}") as work:
            before = self._current(work, known, customer)
            changed = replace(
                before,
                on=on,
                anchor=anchor or (self._context.today() if on and not before.on else before.anchor),
                rule=rule or before.rule,
                at=at or before.at,
                zone=zone or before.zone,
            )
            _check(changed)
            for other in () if customer else work.where(Series, agenda=agenda):
                if other.customer and other.on != on:
                    work.put(replace(other, on=on))
            return work.put(changed) if changed.id else work.add(changed)

    def skip(self, occurrence: Occurrence, why: str) -> Moved:
        """Leaves one meeting out, also one that was moved. Raises Invalid without a reason or on a day that is past."""
        day = self._context.today(occurrence.start)
        if day < self._context.today():
            raise Invalid(f"{day} is past.", "Only what is still ahead is skipped.")
        return self._shift("Skip", occurrence, None, why)

    def move(self, occurrence: Occurrence, to: datetime, why: str) -> Moved:
        """Holds one meeting at another time (aware). Raises Invalid without a reason or for a time that has passed."""
        if to < self._context.clock():
            raise Invalid("A meeting can only be moved to a time that is still ahead.", "Give a later time.")
        return self._shift("Move", occurrence, to.astimezone(UTC), why)

    def _shift(self, verb: str, each: Occurrence, to: datetime | None, why: str) -> Moved:
        if not why.strip():
            raise Invalid("A meeting is not skipped or moved without a reason.", "Say why, in a few words.")
        zone = self._zone(each)
        day = each.planned.astimezone(zone).date()
        with self._context.work(f"{verb} {each.title} on {readable(day, self._context.today())}") as work:
            known = work.where(Moved, agenda=each.agenda, customer=each.customer)
            plain = Moved(agenda=each.agenda, customer=each.customer, planned=each.planned)
            before = next((move for move in known if move.day_in(zone) == day), plain)
            changed = replace(before, day=day, planned=each.planned, to=to, why=why)
            return work.put(changed) if changed.id else work.add(changed)

    def _zone(self, each: Occurrence) -> ZoneInfo:
        agenda = self._agenda(each.agenda)
        return meeting_zone(self._current(self._context.store, agenda, each.customer), agenda, self._context.settings)

    def _between(self, chosen: Iterable[Series], since: datetime, until: datetime) -> tuple[Occurrence, ...]:
        found = [each for series in chosen for each in self._of(series, since, until)]
        held = self._held(min((min(each.planned, each.start) for each in found), default=since))
        ahead = (o for o in found if not held & {(o.agenda, o.customer, o.planned), (o.agenda, o.customer, o.start)})
        return tuple(sorted(ahead, key=lambda each: (each.start, each.title, each.planned)))

    def _planned(self, chosen: Iterable[Series], low: datetime, high: datetime) -> tuple[Occurrence, ...]:
        """Those planned from low to high that have been moved out of it."""
        near = [m.to for m in self._context.store.all(Moved) if m.to and low - _NEAR <= m.planned < high + _NEAR]
        found = {each for to in near for each in self._between(chosen, to, to + timedelta(seconds=1))}
        return tuple(sorted((each for each in found if low <= each.planned < high), key=lambda each: each.start))

    def _of(self, series: Series, since: datetime, until: datetime) -> list[Occurrence]:
        agenda = self._context.agendas[series.agenda]
        moved = self._context.store.where(Moved, agenda=series.agenda, customer=series.customer)
        title = f"{agenda.title} {self._name(series.customer)}" if series.customer else agenda.title
        return occurrences(series, agenda, self._context.settings, since, until, moved, title=title)

    def _held(self, since: datetime) -> set[tuple[str, str, datetime]]:
        meetings = self._context.store.where(Meeting, lambda meeting: meeting.scheduled >= since)
        return {(each.agenda, each.customer, each.scheduled) for each in meetings}

    def _decided(self, reader: Reader) -> Iterator[Series]:
        records = {(each.agenda, each.customer): each for each in reader.all(Series)}
        for slug, agenda in sorted(self._context.agendas.items()):
            general = records.get((slug, "")) or _undecided(agenda)
            if not agenda.per_customer:
                yield general
                continue
            for handle in self._onboarding():
                yield records.get((slug, handle)) or replace(general, id="", rev=0, customer=handle)

    def _current(self, reader: Reader, agenda: Agenda, customer: str) -> Series:
        records = {each.customer: each for each in reader.where(Series, agenda=agenda.slug)}
        general = records.get("") or _undecided(agenda)
        if not customer:
            return general
        return records.get(customer) or replace(general, id="", rev=0, customer=customer)

    def _onboarding(self) -> list[str]:
        return sorted(each.handle for each in self._context.store.live(Customer) if each.onboarding)

    def _check_customer(self, agenda: Agenda, customer: str) -> None:
        if customer and not agenda.per_customer:
            raise Invalid(f"{agenda.title} is one meeting for all customers.", "Leave the customer out.")
        if customer and customer not in self._onboarding():
            raise NotFound(f"No customer {customer!r} is being onboarded.", "See `opsdesk list customers`.")

    def _agenda(self, slug: str) -> Agenda:
        known = self._context.agendas
        if slug not in known:
            raise NotFound(f"There is no agenda {slug!r}.", f"There are {', '.join(sorted(known))}.")
        return known[slug]

    def _name(self, handle: str) -> str:
        return next((each.name for each in self._context.store.where(Customer, handle=handle)), handle)

    def _nothing(self, agenda: str, day: date, customer: str) -> NotFound:
        title = self._agenda(agenda).title
        coming = self.next(agenda, self._midnight(day), customer)
        if coming is None:
            return NotFound(f"{title} is switched off.", f"Switch it on with `opsdesk agenda on {agenda}`.")
        local = coming.start.astimezone(self._context.settings.zone)
        return NotFound(f"{title} does not meet on {day}.", f"Its next meeting after that is on {local:%Y-%m-%d}.")

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._context.settings.zone).astimezone(UTC)


def _undecided(agenda: Agenda) -> Series:
    return Series(agenda=agenda.slug, on=agenda.on, anchor=DEFAULT_ANCHOR)


def _check(series: Series) -> None:
    if series.rule and (allowed := problem(series.rule, series.anchor)):
        raise Invalid(f"{series.rule!r} is not a recurrence.", f"Allowed: {allowed}.")
    if series.at and not is_time(series.at):
        raise Invalid(f"{series.at!r} is not a time of day.", "Write it as 09:30.")
    if series.zone and not is_zone(series.zone):
        raise Invalid(f"{series.zone!r} is not a known time zone.", "Write it as America/Chicago.")
