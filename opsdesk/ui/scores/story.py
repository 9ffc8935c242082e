"""What lies behind the sheet: everything that was ever said of it, its reviews, who was spoken of, what is promised."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from opsdesk.core.actions import Action
from opsdesk.core.customers import Customer
from opsdesk.core.flagreviews import FlagReview
from opsdesk.core.meeting import Meeting
from opsdesk.core.ports import Reader
from opsdesk.core.register import Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Level, Score, measure_key
from opsdesk.insight.attention import Attention, attention, talk_in
from opsdesk.insight.reviewed import Reviewed, reviewed
from opsdesk.insight.spells import histories
from opsdesk.insight.trend import judged, weeks

Histories = Mapping[str, Sequence[Score]]


class Story:
    """Read once; of one customer only what is looked at is worked out, and kept."""

    def __init__(self, reader: Reader, look: Look) -> None:
        self._look = look
        self._said: dict[str, list[Score]] = defaultdict(list)
        for score in reader.all(Score):
            self._said[score.customer].append(score)
        talk = talk_in(reader)
        self._reviews: dict[tuple[str, str], list[FlagReview]] = defaultdict(list)
        for review in talk.reviews:
            self._reviews[review.customer, measure_key(review.measure)].append(review)
        self._meetings = {meeting.id: meeting for meeting in talk.meetings}
        self._overrides: dict[str, list[Override]] = defaultdict(list)
        for override in reader.all(Override):
            self._overrides[override.customer].append(override)
        found = attention(reader.live(Customer), talk, look)
        self._attention = {each.customer: each for each in found}
        self._promises = Counter(each.customer for each in reader.live(Action) if each.promise)
        self._histories: dict[str, Histories] = {}
        self._trends: dict[str, tuple[int | None, ...]] = {}

    def of(self, customer: str) -> Histories:
        """Measure (its `measure_key`) → everything that was said of it, oldest first."""
        if customer not in self._histories:
            self._histories[customer] = histories(self._said.get(customer, ()))
        return self._histories[customer]

    def said(self, customer: str, measure: str) -> Sequence[Score]:
        """Everything that was said of one cell, oldest first."""
        return self.of(customer).get(measure_key(measure), ())

    def trend(self, customer: str) -> tuple[int | None, ...]:
        if customer not in self._trends:
            self._trends[customer] = weeks(self.of(customer), self._look, self._look.settings)
        return self._trends[customer]

    def judged(self, customer: str) -> Sequence[Level | None]:
        """What the customer was judged to be in each week of its trend, None where nobody had."""
        return judged(self._overrides.get(customer, ()), self._look)

    def reviews(self, customer: str, measure: str) -> Sequence[FlagReview]:
        return self._reviews.get((customer, measure_key(measure)), ())

    def reviewed(self, customer: str, measure: str) -> Reviewed:
        return reviewed(self.said(customer, measure), self.reviews(customer, measure), self._look)

    def attention(self, customer: str) -> Attention | None:
        return self._attention.get(customer)

    def promises(self, customer: str) -> int:
        """How many are open."""
        return self._promises[customer]

    def meeting(self, id: str) -> str:
        """As in "Customer Success #11"; the id where it is not known."""
        found: Meeting | None = self._meetings.get(id)
        return f"{found.title} #{found.number}" if found else id
