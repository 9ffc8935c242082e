"""A customer's level: what its cells come to, and what somebody has judged instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import fsum

import msgspec

from opsdesk.core.register import Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Level, Score
from opsdesk.core.settings import Settings

HARM: Mapping[Level, int] = {"green": 0, "orange": 1, "red": 2}
RED_FROM, ORANGE_FROM = 1.5, 0.5


class Rolled(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One customer's level, and where it comes from.

    `level`: that of the override while it holds, else as `computed`. `share`: of all measures by their weights, how
    much is known and fresh, 0 to 1. `by`: the worst open flag, of equals the one that is open longest. `override`:
    the one that holds. `stale`: how many cells are.
    """

    level: Level
    computed: Level
    share: float = 0
    by: Score | None = None
    override: Override | None = None
    stale: int = 0


def rolled(cells: Sequence[Score], settings: Settings, look: Look, override: Override | None = None) -> Rolled:
    """The cells of one customer as one level; only measures that the settings name count.

    Strict: "the worst open flag decides (any red makes red)". A red or orange that is stale is an open flag still;
    unknown and other stale cells are left out. Weighted: red 2, orange 1, green 0, the mean by the weights of the
    measures is red from 1.5 on, orange from 0.5 on.
    """
    weights = weights_of(settings)
    known = [score for score in cells if score.level != "unknown" and score.measure in weights]
    fresh = [score for score in known if not score.stale(look)]
    flags = [score for score in known if score.flag]
    worst = min(flags, key=_worst_first, default=None)
    counted = [*flags, *(score for score in fresh if not score.flag)]
    computed = _strict(worst, counted) if settings.roll_up == "strict" else _weighted(counted, weights)
    holding = override if override is not None and override.holds(look.today) else None
    return Rolled(
        level=holding.level if holding else computed,
        computed=computed,
        share=fsum(weights[score.measure] for score in fresh) / fsum(weights.values()),
        by=worst,
        override=holding,
        stale=len(known) - len(fresh),
    )


def weights_of(settings: Settings) -> Mapping[str, float]:
    """Measure → weight; where none has any, all count alike."""
    weights = {measure.name: measure.weight for measure in settings.measures}
    return weights if any(weights.values()) else dict.fromkeys(weights, 1)


def _worst_first(score: Score) -> tuple[int, datetime]:
    return -HARM[score.level], score.since


def _strict(worst: Score | None, counted: Sequence[Score]) -> Level:
    return worst.level if worst else "green" if counted else "unknown"


def _weighted(counted: Sequence[Score], weights: Mapping[str, float]) -> Level:
    weight = fsum(weights[score.measure] for score in counted)
    if not weight:
        return "unknown"
    mean = round(fsum(weights[score.measure] * HARM[score.level] for score in counted) / weight, 9)
    return "red" if mean >= RED_FROM else "orange" if mean >= ORANGE_FROM else "green"
