"""The draft of an incident's review on paper: what the desk knows, and headings for what only people know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby

from msgspec import json

from opsdesk.core.review import Review, ReviewAction, ReviewMoment, ReviewTold
from opsdesk.minutes import markdown, text
from opsdesk.minutes.outline import Chapter, Document, Entry, Part
from opsdesk.minutes.words import clock, day, joined, reasoned

ASKED = ("What went well", "What went badly", "Where we were lucky")
UNKNOWN = "not known"
STAMPS = (
    ("Started", "started"),
    ("Detected", "detected"),
    ("Acknowledged", "acknowledged"),
    ("Mitigated", "mitigated"),
    ("Resolved", "resolved"),
)


def as_markdown(review: Review) -> str:
    return markdown.document(outline(review))


def as_text(review: Review) -> str:
    return text.document(outline(review))


def as_json(review: Review) -> str:
    """Its fields in the order they are declared, times with their offset, lengths in minutes."""
    return json.format(json.encode(review), indent=2).decode() + "\n"


REVIEWS: dict[str, Callable[[Review], str]] = {"md": as_markdown, "txt": as_text, "json": as_json}
"""Format → the review as that text: always the same bytes."""


def outline(review: Review) -> Document:
    return Document(
        title=f"Review of {review.id}: {review.title}",
        subtitle=joined([review.company, f"SEV-{review.sev}", _when(review), review.zone]),
        banners=("DRAFT", *(() if review.resolved else (f"Not over: {review.state}",))),
        chapters=(
            Chapter(title="Summary", parts=_summary(review)),
            Chapter(title="Timeline", parts=tuple(_days(review)) or (Part(title="Entries"),)),
            *(Chapter(title=each, parts=()) for each in ASKED),
            Chapter(title="What follows", parts=_following(review)),
        ),
    )


def _when(review: Review) -> str:
    if review.started is None:
        return ""
    return f"{_at(review.started)}–{_end(review.started, review.resolved)}"


def _end(start: datetime, end: datetime | None) -> str:
    if end is None:
        return "now"
    return clock(end) if end.date() == start.date() else _at(end)


def _summary(review: Review) -> tuple[Part, ...]:
    what = [
        ("Severity", f"SEV-{review.sev}"),
        ("State", reasoned(review.state, review.why)),
        ("Owner", review.owner or "nobody"),
        ("Workaround", review.workaround or "none"),
    ]
    return (
        Part(title="What happened", facts=tuple(what)),
        Part(title="Impact", facts=_impact(review)),
        Part(title="Clocks", facts=_clocks(review)),
        Part(title="Who was informed", lead=_missed(review), entries=tuple(_told(each) for each in review.informed)),
    )


def _impact(review: Review) -> tuple[tuple[str, str], ...]:
    so_far = "" if review.resolved else ", and not over"
    return (
        ("Customers", ", ".join(review.customers) or "none named: all of them"),
        ("Components", ", ".join(review.components) or "none named"),
        ("In part" if review.impact == "partial" else "Down", f"{_minutes(review.down)}{so_far}"),
    )


def _clocks(review: Review) -> tuple[tuple[str, str], ...]:
    stamps = ((title, getattr(review, name)) for title, name in STAMPS)
    return (
        *((title, _at(at) if at else UNKNOWN) for title, at in stamps),
        ("Time to acknowledge (MTTA)", _minutes(review.to_acknowledge)),
        ("Time to resolve (TTR)", _minutes(review.to_resolve)),
        ("Time until Sales knew", _minutes(review.until_sales_knew)),
    )


def _missed(review: Review) -> str:
    never = "Never informed" if review.resolved else "Not informed yet"
    return f"{never}: {', '.join(review.uninformed)}" if review.uninformed else ""


def _told(told: ReviewTold) -> Entry:
    by = f"by {told.by}" if told.by else ""
    return Entry(mark=_at(told.at), text=told.who, asides=tuple(filter(None, (by, told.how))))


def _days(review: Review) -> Iterator[Part]:
    """One part a day."""
    for when, moments in groupby(review.timeline, key=lambda each: each.at.date()):
        yield Part(title=day(when), entries=tuple(_moment(each) for each in moments))


def _moment(moment: ReviewMoment) -> Entry:
    text = f"Update: {moment.text}" if moment.what == "update" else moment.text
    return Entry(mark=clock(moment.at), text=text, asides=(moment.by,) if moment.by else ())


def _following(review: Review) -> tuple[Part, ...]:
    decided = tuple(Entry(mark=each.id, text=each.text) for each in review.decisions)
    return (
        Part(title="Actions", entries=tuple(_action(each) for each in review.actions)),
        Part(title="Decisions", entries=decided),
    )


def _action(action: ReviewAction) -> Entry:
    due = f"due {action.due.isoformat()}" if isinstance(action.due, date) else "no date"
    return Entry(mark=action.id, text=action.title, end=due, asides=(action.owner or "nobody", action.state))


def _at(at: datetime) -> str:
    return f"{day(at)}, {clock(at)}"


def _minutes(count: int | None) -> str:
    return UNKNOWN if count is None else f"{count} min"
