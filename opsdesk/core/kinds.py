"""Every record kind there is: the one table that store, export and command line read."""

from __future__ import annotations

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.entries import Decision, Item, Note
from opsdesk.core.meeting import Meeting
from opsdesk.core.minutes import MinutesRecord
from opsdesk.core.people import Person
from opsdesk.core.record import Record
from opsdesk.core.scores import Score
from opsdesk.core.series import Moved, Series

KINDS: tuple[type[Record], ...] = (
    Action,
    Customer,
    Decision,
    Item,
    Meeting,
    MinutesRecord,
    Moved,
    Note,
    Person,
    Score,
    Series,
)
