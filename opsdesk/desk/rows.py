"""One row of a table as one record. What a cell may not hold raises Invalid, with what is allowed."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec.structs import replace

from opsdesk.core import dates, quickentry, spreadsheets
from opsdesk.core.actions import Action, State, Told
from opsdesk.core.customers import Customer
from opsdesk.core.errors import Invalid
from opsdesk.core.names import Directory, Names, fold, handle_for
from opsdesk.core.people import Person
from opsdesk.core.record import checked
from opsdesk.core.settings import Settings
from opsdesk.desk.people import Known, Letter, as_handle

Row = Mapping[str, str]
"""Field name to text; a field without a cell is not in it."""

NAMED_AT_MOST = 8
LONGEST_AMOUNT = 18
LONGEST_LINE = 10_000
MAIL = re.compile(r"[^@\s]+@[^@\s]+")
YES = (*spreadsheets.TRUE, "y", "x")
NO = (*spreadsheets.FALSE, "n", "")
STATES: dict[str, State] = {
    **dict.fromkeys(("", "ready", "open", "new", "todo", "to do"), "ready"),
    **dict.fromkeys(("started", "in progress", "doing"), "started"),
    **dict.fromkeys(("waiting", "blocked", "on hold", "pending"), "waiting"),
}
CLOSED = ("done", "closed", "resolved", "complete", "completed", "finished", "dropped", "cancelled", "canceled")


class Taken:
    """The handles and names that are in use, growing with each row."""

    def __init__(self, known: Iterable[Known], letter: Letter) -> None:
        self._letter = letter
        self._names = {each.handle: each.name for each in known}
        self._folded = {fold(name) for name in self._names.values()}

    def claim(self, name: str, wanted: str) -> str:
        """A handle for one more; the same name twice needs handles of its own."""
        if not name:
            raise Invalid("The name is missing.")
        if wanted and not as_handle(wanted):
            raise Invalid(f'"{wanted}" cannot be a handle: letters from a to z, digits, dots and dashes can.')
        handle = as_handle(wanted)
        if handle in self._names or (not handle and fold(name) in self._folded):
            raise Invalid(f"{self._names.get(handle, name)} is there already.")
        handle = handle or handle_for(name, self._names, self._letter)
        self._names[handle] = name
        self._folded.add(fold(name))
        return handle


def parted(cells: tuple[str, ...]) -> list[str]:
    """In a list of lines each may say more or less: "Ann Lee" beside "Bob Hill; Support". Parted at the first of tab,
    semicolon and comma that a line has; empty cells behind the last are let go.
    """
    parts = list(cells) if len(cells) > 1 or len(cells[0]) > LONGEST_LINE else _split(cells[0])
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _split(line: str) -> list[str]:
    separator = next((each for each in "\t;," if each in line), ",")
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise Invalid("It has a quote that is not closed where a cell ends.") from error
    return [cell.strip() for cell in cells]


def is_mail(text: str) -> bool:
    return MAIL.fullmatch(text) is not None


def full_name(first: str, last: str, name: str) -> str:
    """Beside a first name alone, "name" may head the last names ("Vorname;Name")."""
    if name and (last or fold(first) in fold(name)):
        return name
    return " ".join(part for part in (first, last or name) if part)


def person(row: Row, taken: Taken) -> Person:
    name = full_name(row.get("first", ""), row.get("last", ""), row.get("name", ""))
    limit = row.get("limit") or "3"
    if len(limit) > 3 or not limit.isdecimal() or not 1 <= int(limit) <= 100:
        raise Invalid(f'"{limit}" is no limit: a whole number from 1 to 100 is.')
    department, email = row.get("department", ""), row.get("email", "")
    if is_mail(name) or (email and not name):
        raise Invalid(f"{name or email} is a mail address, and the name is missing.")
    handle = taken.claim(name, row.get("handle", ""))
    return checked(Person(handle=handle, name=name, department=department, email=email, limit=int(limit)))


def customer(row: Row, taken: Taken, people: Directory, today: date, settings: Settings) -> Customer:
    owner = one_of(people, row.get("owner", ""), "person")
    since = day(row.get("since", ""), today, settings)
    onboarding = yes(row.get("onboarding", ""))
    left = _left(day(row.get("left", ""), today, settings), since)
    revenue = amount(row.get("revenue", ""))
    handle = taken.claim(row.get("name", ""), row.get("handle", ""))
    return checked(
        Customer(
            handle=handle,
            name=row["name"],
            owner=owner,
            since=since,
            onboarding=onboarding,
            revenue=revenue,
            active=left is None or left > today,
            left=left,
        )
    )


def _left(left: date | None, since: date | None) -> date | None:
    """The last day of a customer, which is not before its first."""
    if left and since and left < since:
        raise Invalid(f"It was a customer until {left}, and since {since}.")
    return left


def action(row: Row, names: Names, now: datetime, today: date, by: str, settings: Settings) -> Action:
    """Cells are plain: no sigil or date in the title counts, and no date is no date."""
    if not row.get("title"):
        raise Invalid("It does not say what is to be done.")
    owner = one_of(names.people, row.get("owner", "").lstrip("@"), "person")
    client = one_of(names.customers, row.get("customer", "").lstrip("#"), "customer")
    moved = state(row.get("state", ""))
    made = Action(
        title=row["title"],
        owner=owner,
        due=day(row.get("due", ""), today, settings),
        customer=client,
        promise=yes(row.get("promise", "")),
        state=moved,
        waiting_on=row.get("waiting_on", "") if moved == "waiting" else "",
        started=now if moved == "started" else None,
        created=now,
        created_by=by,
    )
    return promised(made, made.title, owner, names, by)


def typed_action(text: str, names: Names, now: datetime, today: date, by: str, settings: Settings) -> Action:
    """A line of quick entry; every name in it has to be known."""
    draft = quickentry.parse(text, names, today=today, settings=settings)
    if not draft.title:
        raise Invalid("It does not say what is to be done.")
    if draft.unknown:
        raise Invalid(f"{', '.join(draft.unknown)} is not known: add people and customers first, or correct the name.")
    made = Action(
        title=draft.title,
        owner=draft.owner,
        due=draft.due,
        customer=draft.customer,
        promise=draft.promise,
        created=now,
        created_by=by,
    )
    return promised(made, text.strip(), draft.by, names, by)


def promised(made: Action, words: str, said_by: str, names: Names, by: str) -> Action:
    """With what the customer was told, where it is a promise: these words, by this person. Raises Invalid."""
    if not made.promise:
        return checked(made)
    if made.due is None or made.created is None:
        raise Invalid("A promise needs a date.")
    to = names.customers.name(made.customer)
    told = Told(words=words, by=said_by or by, to=to, on=made.created, typed_by=by, due=made.due)
    return checked(replace(made, told=told))


def one_of(known: Directory, typed: str, what: str) -> str:
    """The handle meant by a handle, a name or a start of one; nobody for an empty cell."""
    found = known.find(typed) if typed else ("",)
    if len(found) == 1:
        return found[0]
    allowed = ", ".join((found or known.starting(""))[:NAMED_AT_MOST]) or "none yet"
    raise Invalid(f'"{typed}" names {"more than one" if found else "no known"} {what} (known: {allowed}).')


def day(typed: str, today: date, settings: Settings) -> date | None:
    """A date as it may be typed, with or without the midnight that spreadsheets add."""
    if not typed:
        return None
    spreadsheets.refuse_serial(typed)
    spreadsheets.refuse_other_order(typed, settings.date_order)
    found = dates.resolve(re.sub(r"[ T]00?:00(:00(\.0+)?)?Z?$", "", typed), today, settings)
    if found is None:
        raise Invalid(f'"{typed}" is no date: {dates.EXAMPLES} are.')
    return found


def yes(typed: str) -> bool:
    if typed.lower() not in (*YES, *NO):
        raise Invalid(f'"{typed}" is neither yes nor no.')
    return typed.lower() in YES


def state(typed: str) -> State:
    found = STATES.get(fold(typed).replace("-", " "))
    if found:
        return found
    if fold(typed) in CLOSED:
        raise Invalid(f"It is {typed} already: only open actions are taken in.")
    raise Invalid(f'"{typed}" is no state: ready, started and waiting are.')


def amount(typed: str) -> float:
    """A number with any of the usual marks: "€ 120,000", "120.000,50", "1'200". Two digits or one behind the last
    mark are decimals, three are not.
    """
    digits = re.sub(r"[\s\u00a0\u202f'’$€£¥]|[A-Z]{3}", "", typed)
    if not digits:
        return 0.0
    match = re.fullmatch(r"(\d+(?:[.,]\d{3})*)(?:[.,](\d{1,2}|\d{4,}))?", digits)
    if not match or len(digits) > LONGEST_AMOUNT:
        raise Invalid(f'"{typed}" is no amount: 120000 or 120,000.00 is.')
    return float(re.sub(r"[.,]", "", match[1]) + "." + (match[2] or "0"))
