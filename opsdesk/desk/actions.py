"""Actions and promises: made from one typed line, moved on, corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from opsdesk.core import completion, dates, progress, quickentry
from opsdesk.core.actions import Action, Told
from opsdesk.core.completion import Completion
from opsdesk.core.errors import Invalid
from opsdesk.core.meeting import Meeting
from opsdesk.core.names import Names
from opsdesk.core.people import Person
from opsdesk.core.quickentry import Draft
from opsdesk.core.record import checked
from opsdesk.desk import seen as earlier
from opsdesk.desk.context import Context
from opsdesk.desk.people import People

if TYPE_CHECKING:
    from opsdesk.core.ports import Work

TITLE_SHOWN = 40
TYPED = ("title", "owner", "customer", "due", "promise")
AS_TEXT = 'To keep a word such as "fri" as text, put it in quotes.'


class Actions:
    """Every verb is one transaction; each raises NotFound for an unknown id and Invalid where the rules forbid it."""

    def __init__(self, context: Context, meeting: str = "", section: str = "") -> None:
        self._context = context
        self._people = People(context)
        self._place = {"meeting": meeting, "section": section}

    def within(self, meeting: str, section: str = "") -> Actions:
        """The same verbs, each a step of that meeting (its id), in the section that is on where none is named."""
        return Actions(self._context, meeting, section or self._context.section(meeting))

    # typing

    def draft(self, text: str, names: Names | None = None) -> Draft:
        """What the text is understood as; nothing is kept, and with `names` nothing is read."""
        return self._read(text, names or self._people.names())

    def _read(self, text: str, names: Names) -> Draft:
        """What was understood at the last key is what Enter keeps: the same line is not read twice."""
        today, known = self._context.today(), self._context.last_read
        if known is not None and known[0] == text and known[1] is names and known[2] == today:
            return known[3]
        draft = quickentry.parse(text, names, today=today, settings=self._context.settings)
        self._context.last_read = (text, names, today, draft)
        return draft

    def complete(self, text: str, cursor: int, *, only: str = "") -> tuple[Completion, ...]:
        """What Tab offers; with `only` (a handle) no other customer."""
        return completion.complete(text, cursor, self._people.names(only))

    def text_of(self, action: Action) -> str:
        """The line that, typed again, gives the same title, owner, customer, date and promise."""
        return quickentry.text_of(
            action, self._people.names(), today=self._context.today(), settings=self._context.settings
        )

    def day(self, words: str) -> date:
        """What is typed for a date. Raises Invalid with examples."""
        found = dates.resolve(words, self._context.today(), self._context.settings)
        if found is None:
            raise Invalid(f'"{words}" is no date.', f"Type {dates.EXAMPLES}.")
        return found

    # making and correcting

    def capture(
        self,
        text: str,
        *,
        meeting: str = "",
        section: str = "",
        agenda: str = "",
        past_ok: bool = False,
        to: str = "",
    ) -> Action:
        """An action from one line. In a meeting with a customer it is theirs where none is typed.

        `to`: who was told of a promise, the customer where nobody is named. A date that has passed is asked about:
        Invalid, unless `past_ok`.
        """
        place = self._context.store.get(Meeting, meeting) if meeting else None
        names = self._people.names()
        made = self._made(self._understood(text, names, past_ok), names, place, to)
        action = replace(made, agenda=agenda or made.agenda, section=section)
        with self._context.work(f"Add {_short(action.title)}", meeting=meeting, section=section) as work:
            if place and place.live:
                _refuse_over(work.get(Meeting, meeting))
            return work.add(action)

    def understood(self, text: str, past_ok: bool = False) -> Draft:
        """What `capture` would make of the text; nothing is kept. Raises Invalid where capture does."""
        names = self._people.names()
        draft = self._understood(text, names, past_ok)
        checked(self._made(draft, names))
        return draft

    def _made(self, draft: Draft, names: Names, place: Meeting | None = None, to: str = "") -> Action:
        now = max(self._context.clock(), place.last) if place else self._context.clock()
        customer = draft.customer or (place.customer if place else "")
        meeting = place.id if place else ""
        return Action(
            title=draft.title,
            owner=draft.owner,
            due=draft.due,
            customer=customer,
            promise=draft.promise,
            told=self._told(draft, to or names.customers.name(customer), now, meeting),
            created=now,
            created_by=self._context.by,
            agenda=place.agenda if place else "",
            meeting=meeting,
        )

    def edit(self, id: str, text: str, past_ok: bool = False, *, seen: Action | None = None) -> Action:
        """Corrects title, owner, customer, due date and promise from one line; of what was `seen`, what was changed.

        On the day an action was made, its date is corrected; later on the date before stays on record as a slip,
        and a promise takes its reason with `redate` instead.
        """
        names = self._people.names()
        draft = self._understood(text, names, past_ok=True)
        with self._context.work(f"Correct {id}", **self._place) as work:
            action = seen or work.get(Action, id)
            if draft.past and draft.due != action.due and not past_ok:
                raise _asked(draft)
            return self._put(work, id, lambda each: self._corrected(each, typed_over(draft, action, each), names), seen)

    def _understood(self, text: str, names: Names, past_ok: bool) -> Draft:
        draft = self._read(text, names)
        if not draft.title:
            raise Invalid("It does not say what is to be done.", AS_TEXT if text.strip() else "Type a few words.")
        if draft.promise and draft.due is None:
            raise Invalid("A promise needs a date.", f"Say when: {dates.EXAMPLES}.")
        if draft.past and not past_ok:
            raise _asked(draft)
        return draft

    def _told(self, draft: Draft, to: str, now: datetime, meeting: str) -> Told | None:
        if not draft.promise:
            return None
        by = self._context.by
        words = draft.text.strip()
        return Told(words=words, by=draft.by or by, to=to, on=now, typed_by=by, meeting=meeting, due=draft.due)

    def _corrected(self, action: Action, draft: Draft, names: Names) -> Action:
        now = self._context.clock()
        fresh = action.created is None or self._context.today(action.created) == self._context.today(now)
        told = self._told(draft, names.customers.name(draft.customer), now, action.meeting)
        return progress.correct(action, draft, told, now, fresh)

    # moving on: `seen` is the action as it was when the verb was chosen, where others may have changed it since

    def done(self, *ids: str) -> tuple[Action, ...]:
        """All of them or, if one is unknown or finished already, none."""
        from opsdesk.desk.triage import Triage

        finished = Triage(self._context).done(*ids, meeting=self._place["meeting"], section=self._place["section"])
        return tuple(each for each in finished if isinstance(each, Action))

    def start(self, id: str, *, seen: Action | None = None) -> Action:
        """Also past the owner's WIP limit: `over_limit` says so."""
        now = self._context.clock()
        return self._move(f"Start {id}", id, lambda action: progress.start(action, now), seen)

    def over_limit(self, owner: str) -> str:
        """As in "Tom Reyes has 4 started of 3"; nothing while this person (a handle) is within the WIP limit."""
        from opsdesk.insight.flow import loads, warning

        store = self._context.store
        carried = loads(store.where(Person, handle=owner), store.where(Action, owner=owner), self._context.clock())
        return "".join(map(warning, carried))

    def wait(self, id: str, on: str, until: date | None = None, *, seen: Action | None = None) -> Action:
        """`on`: whom or what it waits for, in words or as a handle; "me" for oneself."""
        whom = self._people.me() if on.strip().lower() in ("me", "@me") else on
        today = self._context.today()
        return self._move(f"Wait with {id}", id, lambda each: progress.wait(each, whom, until, today), seen)

    def give(self, id: str, to: str, *, seen: Action | None = None) -> Action:
        """`to`: a handle or a name, as it may be typed after @."""
        found = self._people.names().people.find(to.lstrip("@"))
        if len(found) != 1:
            which = " or ".join(map(self._people.person_name, found))
            raise Invalid(
                f"{which}?" if found else f'Nobody is called "{to}".', "Type a handle: opsdesk list people shows them."
            )
        return self._move(f"Give {id} to {found[0]}", id, lambda action: progress.give(action, found[0]), seen)

    def redate(self, id: str, due: date | None, why: str = "", *, seen: Action | None = None) -> Action:
        """The date before stays on record; a promise is moved only with a reason, and is kept by its first date."""
        now, today = self._context.clock(), self._context.today()
        return self._move(f"Move {id}", id, lambda action: progress.redate(action, due, why, now, today), seen)

    def drop(self, id: str, why: str, *, seen: Action | None = None) -> Action:
        return self._move(f"Drop {id}", id, lambda action: progress.drop(action, why), seen)

    def escalate(self, id: str, why: str = "", *, seen: Action | None = None) -> Action:
        now = self._context.clock()
        return self._move(f"Escalate {id}", id, lambda action: progress.escalate(action, why, now), seen)

    def reopen(self, id: str, *, seen: Action | None = None) -> Action:
        return self._move(f"Reopen {id}", id, progress.reopen, seen)

    def _move(self, command: str, id: str, step: Callable[[Action], Action], seen: Action | None) -> Action:
        with self._context.work(command, **self._place) as work:
            return self._put(work, id, step, seen)

    def _put(self, work: Work, id: str, step: Callable[[Action], Action], seen: Action | None) -> Action:
        """Raises Invalid also where a promise made meanwhile would lose its date, or the other way round."""
        found = earlier.now(work, Action, id, seen)
        kept = earlier.put(work, self._context.store, found, lambda each: progress.agreed(step(each), found), seen)
        if seen is not None and kept.promise and kept.due is None:
            raise Invalid(f"{id} is a promise, and a promise has a date.", "Look at it as it is now, then say when.")
        return kept


def _refuse_over(meeting: Meeting) -> None:
    """At another desk it may have been closed since it was read."""
    if not meeting.live:
        from opsdesk.core.runner import REFUSED

        raise Invalid(*REFUSED[meeting.state])


def _asked(draft: Draft) -> Invalid:
    return Invalid(f"{draft.due} is past.", "Type another date, or say that it is meant.")


def typed_over(draft: Draft, seen: Action, now: Action) -> Draft:
    """The draft of a line that corrects what was seen: what was left in it as it was is as it is now."""
    return replace(draft, **{name: now[name] for name in TYPED if getattr(draft, name) == seen[name]})


def _short(title: str) -> str:
    return title if len(title) <= TITLE_SHOWN else f"{title[: TITLE_SHOWN - 1].rstrip()}…"
