"""The history of one cell: how long it was a flag and how often, every score, what the reviews came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from textwrap import wrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from opsdesk.core.errors import OpsDeskError
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.register import Look
from opsdesk.core.scores import Score
from opsdesk.insight.reviewed import times
from opsdesk.insight.spells import Spell, dwell, spells
from opsdesk.ui.ink import FLAGS, Ink, content, fit
from opsdesk.ui.scores.rows import BARS
from opsdesk.ui.scores.story import Story
from opsdesk.ui.screens.overlay import Warned
from opsdesk.ui.widgets.columns import Row
from opsdesk.ui.widgets.record_list import RecordList

WHEN = 16  # cells
MEANT = {
    "strict": "all measures at the end of each week, computed: the worst open flag",
    "weighted": "all measures at the end of each week, computed: the mean by weight",
}


class History(Warned[None]):
    """Scrolls with the arrows; Esc, v or q go back. Before others than the team it names no person."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v,V,q,Q,enter", "dismiss_none", show=False, priority=True),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, customer: str, measure: str) -> None:
        super().__init__()
        self._customer, self._measure = customer, measure

    def compose(self) -> ComposeResult:
        with Vertical(id="sheet"):
            yield Static(id="sheet-title", markup=False)
            yield RecordList(id="sheet-list")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(RecordList))
        names = self.home.glance.names.customers
        title = [
            Ink(f"{names.name(self._customer)} · {self._measure}", "bright!"),
            Ink("   its history   ·   Esc goes back", "dim"),
        ]
        self.query_one("#sheet-title", Static).update(content(title, self.palette))
        self.home.changed.subscribe(self, lambda _: self._read_soon())
        self._read_soon()

    def on_resize(self) -> None:
        self._read_soon()

    def _read_soon(self) -> None:
        self.run_worker(self._read(), group="reading", exclusive=True)

    async def _read(self) -> None:
        look = Look(self.desk.now(), self.desk.settings)
        try:
            story = await self.home.reading(lambda: Story(self.desk.read, look))
        except OpsDeskError as error:
            self.home.say(str(error))
            return
        if self.is_attached:
            self.query_one(RecordList).show(list(self._rows(story, look)))

    def _rows(self, story: Story, look: Look) -> Iterator[Row]:
        if self.home.glance.before.audience == "customer":
            yield Row(across=(Ink(" How we judge our customers is not shown while one of them listens.", "dim"),))
            return
        history = story.said(self._customer, self._measure)
        if not history:
            yield Row(across=(Ink(" Nobody has ever said how it is: r, o or g does.", "dim"),))
            return
        yield from self._spells(story, look)
        yield from self._weeks(story, look)
        yield Row()
        yield Row(across=(Ink(" WHAT WAS SAID", "dim"),))
        events: list[tuple[datetime, Score | FlagReview]] = [(each.at, each) for each in history]
        events += [(review.entered, review) for review in self._reviews(story)]
        for at, event in sorted(events, key=lambda pair: pair[0], reverse=True):
            yield from self._lines(at, event, story)

    def _reviews(self, story: Story) -> list[FlagReview]:
        return [each for each in story.reviews(self._customer, self._measure) if each.outcome]

    def _spells(self, story: Story, look: Look) -> Iterator[Row]:
        history = story.said(self._customer, self._measure)
        found, now = spells(history), dwell(history, look)
        if not found:
            yield Row(across=(Ink(" It never was red or orange.", "dim"),))
            return
        opened = f"a flag {times(now.times)}" + (f", this time {now.days} d, red {now.red_days} d" if now.days else "")
        opened += f", {now.all_days} d in all" if now.times > 1 else ""
        yield Row(across=(Ink(f" {fit('FLAGS', WHEN)}  ", "dim"), Ink(opened)))
        for spell in reversed(found):
            yield Row(across=(Ink(f" {fit('', WHEN)}  "), *self._spell(spell)))

    def _weeks(self, story: Story, look: Look) -> Iterator[Row]:
        """The customer's level at the end of each week; below it a mark where somebody had judged otherwise."""
        said = MEANT[look.settings.roll_up]
        bars = "".join(BARS[level] for level in story.trend(self._customer))
        yield Row(across=(Ink(f" {fit('12 WEEKS', WHEN)}  ", "dim"), Ink(bars), Ink(f"   {said}", "dim")))
        marks = "".join("^" if level else " " for level in story.judged(self._customer))
        if marks.strip():
            told = "   ^ judged otherwise then: not counted"
            yield Row(across=(Ink(f" {fit('', WHEN)}  "), Ink(marks), Ink(told, "dim")))

    def _spell(self, spell: Spell) -> tuple[Ink, ...]:
        shape, letter = FLAGS[spell.level]
        until = self._day(spell.until) if spell.until else "open"
        levels = " → ".join(f"{level} {self._day(since)}" for level, since in spell.levels)
        return (
            Ink(f"{shape} {letter}  ", spell.level),
            Ink(f"{self._day(spell.since)} to {until}"),
            Ink(f"   {levels}", "dim"),
        )

    def _lines(self, at: datetime, event: Score | FlagReview, story: Story) -> Iterator[Row]:
        when = fit(at.astimezone(self.desk.settings.zone).strftime("%Y-%m-%d %H:%M"), WHEN)
        head, words = self._score(event) if isinstance(event, Score) else self._review(event)
        who: Callable[[str], str] = self.home.glance.names.people.name
        team = self.home.glance.before.audience == "team"
        by = [who(event.by)] if event.by and team else []
        where = [story.meeting(event.meeting)] if event.meeting else []
        yield Row(across=(Ink(f" {when}  ", "dim"), head, Ink(f"   {' in '.join([*by, *where])}", "dim")))
        for line in wrap(words, max(20, self.query_one(RecordList).size.width - WHEN - 10)):
            yield Row(across=(Ink(f" {fit('', WHEN)}  "), Ink(line)))

    def _score(self, score: Score) -> tuple[Ink, str]:
        shape, letter = FLAGS[score.level]
        verb = "confirmed" if score.was == score.level else f"was {score.was}"
        owed = [f"owner {self.home.glance.names.people.name(score.owner)}"] if score.owner and self._team else []
        owed += [f"exit: {score.exit}"] if score.exit else []
        owed += [f"plan by {score.plan}"] if score.plan else []
        said = " · ".join(filter(None, (score.comment, *owed)))
        return Ink(f"{shape} {letter} {score.level}, {verb}", score.level if score.level != "unknown" else "dim"), said

    @property
    def _team(self) -> bool:
        return self.home.glance.before.audience == "team"

    def _review(self, review: FlagReview) -> tuple[Ink, str]:
        plan = f"new date {review.plan}" if review.plan else ""
        minutes = round(review.talk.total_seconds() / 60)
        spent = f"{minutes} min" if minutes else ""
        return Ink(f"    {review.outcome}", "accent"), " · ".join(filter(None, (review.why, plan, spent)))

    def _day(self, at: datetime) -> str:
        return at.astimezone(self.desk.settings.zone).strftime("%d %b %Y").lstrip("0")

    def action_page(self, by: int) -> None:
        listed = self.query_one(RecordList)
        listed.scroll_relative(y=by * max(1, listed.size.height - 1), animate=False)
