"""The rows of the closing gate: what is owed, what was agreed, the rating, the time it took, the next date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opsdesk.core.actions import Action
from opsdesk.core.audience import Before
from opsdesk.core.dates import readable
from opsdesk.core.entries import Item
from opsdesk.core.meeting import Meeting
from opsdesk.core.said import said_text
from opsdesk.desk import Desk
from opsdesk.insight.carryover import next_working_day
from opsdesk.insight.closing import Owed
from opsdesk.insight.timing import Lesson
from opsdesk.insight.withheld import Tells, as_heard, tells_of
from opsdesk.ui.dates import clock, day
from opsdesk.ui.ink import Ink
from opsdesk.ui.room import reading_back
from opsdesk.ui.widgets.columns import Row

LABEL = 10
CHOICE = ":choice"  # ends the key of what was put off three times


def rows(desk: Desk, meeting: Meeting, owed: Sequence[Owed], quiet: datetime | None) -> list[Row]:
    blocks = [
        _ending(desk, meeting, quiet),
        _owed(desk, meeting, owed),
        reading_back.rows(desk, meeting, _tells(desk, meeting)),
        _rating(desk, meeting),
        _time(desk.meetings.lessons(meeting.id, quiet)),
        _next(desk, meeting),
    ]
    return [row for block in blocks if block for row in [*block, Row()]][:-1]


def _ending(desk: Desk, meeting: Meeting, quiet: datetime | None) -> list[Row]:
    if quiet is None:
        return []
    heard = clock(quiet, desk.settings.zone)
    how = (Ink("  Enter closes it then, ", "dim"), Ink("+", "bright!"), Ink(" as of now.", "dim"))
    return [Row(across=(Ink(f" Closes at {heard}, when it was last heard of.", "orange"), *how))]


def _owed(desk: Desk, meeting: Meeting, owed: Sequence[Owed]) -> list[Row]:
    draft = meeting.state == "draft"
    if not owed:
        then = "Enter makes the minutes final." if draft else "Enter closes the meeting."
        return [Row(across=(Ink(" ✓ Nothing is owed. ", "green"), Ink(then, "dim")))]
    taker = desk.people.person_name(meeting.minute_taker) or "the minute-taker"
    due = day(next_working_day(desk.today(), desk.settings), desk.today())
    then = "= gives it, b lets it go" if draft else f"Enter closes as a draft, for {taker} to settle by {due}"
    choices = [each for each in owed if each.key.endswith(CHOICE)]
    points = [_point(each, each.text) for each in owed if each not in choices]
    third = [_choice(desk, meeting, each) for each in choices]
    head = [Row(across=(Ink(f" STILL OWED   {then}", "dim"),)), Row(), *points]
    return [*head, *([Row()] if points else []), _third(), *third] if third else head


def _third() -> Row:
    """The choice, once for all that owe it."""
    pairs = (("x", " done"), ("Del", " drop"), ("e", " escalate"))
    keys = [piece for at, (key, word) in enumerate(pairs) for piece in _key(" · " if at else "", key, word)]
    return Row(across=(Ink(" third time: ", "orange"), *keys))


def _key(before: str, key: str, word: str) -> tuple[Ink, ...]:
    return Ink(before, "dim"), Ink(key, "bright!"), Ink(word, "dim")


def _point(owed: Owed, *words: str) -> Row:
    return Row(key=owed.key, cells=(Ink("◆ O", "orange"), *map(Ink, words)))


def _choice(desk: Desk, meeting: Meeting, owed: Owed) -> Row:
    """T-19 One maintenance window · put off 7×."""
    read = desk.read
    record = read.get(Action, owed.ref) if owed.ref.startswith("A-") else read.get(Item, owed.ref)
    times = sum(each != meeting.id for each in record.relisted)
    text = said_text(as_heard(record, _tells(desk, meeting)))
    return _point(owed, f"{owed.ref} {text}", f"· put off {times}×")


def _tells(desk: Desk, meeting: Meeting) -> Tells:
    return tells_of(desk.read, Before(audience=meeting.audience, customer=meeting.customer))


def _rating(desk: Desk, meeting: Meeting) -> list[Row]:
    if "rating" not in meeting.steps:
        return []
    given = ", ".join(f"{desk.people.person_name(r.who)} {r.score}" for r in meeting.ratings)
    told = Ink(given) if given else Ink("* rates it, 1 to 10, person by person", "dim")
    return [_labelled("RATING", told)]


def _time(lessons: Sequence[Lesson]) -> list[Row]:
    labels = ["TIME", *[""] * len(lessons)]
    return [_labelled(label, *_lesson(each)) for label, each in zip(labels, lessons, strict=False)]


def _lesson(lesson: Lesson) -> tuple[Ink, ...]:
    """Burning issues 7 of 5 · last 8: 6 → suggests 6."""
    return (
        Ink(f"{lesson.title} {_spent(lesson)}"),
        Ink(f" · last {lesson.runs}: {lesson.median} → ", "dim"),
        Ink(f"suggests {lesson.suggested}"),
    )


def _spent(lesson: Lesson) -> str:
    """14 of 7 (5 planned), where the section was given more or less than planned."""
    if lesson.used is None:
        return "not reached"
    given = f"{lesson.used} of {lesson.allotted}"
    return given if lesson.allotted == lesson.planned else f"{given} ({lesson.planned} planned)"


def _next(desk: Desk, meeting: Meeting) -> list[Row]:
    following = desk.cadence.next(meeting.agenda, desk.now(), meeting.customer)
    if following is None:
        return []
    zone = desk.settings.zone
    when = f"{readable(following.start.astimezone(zone).date(), desk.today())} {clock(following.start, zone)}"
    return [_labelled("NEXT", Ink(when))]


def _labelled(label: str, *words: Ink) -> Row:
    return Row(across=(Ink(f" {label:<{LABEL - 1}}", "dim"), *words))
