"""A customer's level: what its cells come to, and what somebody has judged instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import fsum
from typing import NamedTuple

import msgspec

from opsdesk.core.register import Look
from opsdesk.core.registers.overrides import Override
from opsdesk.core.scores import Level, Score, measure_key
from opsdesk.core.settings import Settings

HARM: Mapping[Level, int] = {"green": 0, "orange": 1, "red": 2}
RED_FROM, ORANGE_FROM = 1.5, 0.5


class Rolled(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One customer's level, and where it comes from.

    `level`: that of the override while it holds, else as `computed`. `share`: of all measures by their weights, how
    much is known and fresh, 0 to 1. `by`: the worst open flag, of equals the one that is open longest. `override`:
    the one that holds. `stale`: how many cells are, `stale_flags`: how many of these are red or orange. `no_measure`:
    open flags of measures that the settings name no more, the worst first.
    """

    level: Level
    computed: Level
    share: float = 0
    by: Score | None = None
    override: Override | None = None
    stale: int = 0
    stale_flags: int = 0
    no_measure: tuple[Score, ...] = ()


def rolled(cells: Sequence[Score], settings: Settings, look: Look, override: Override | None = None) -> Rolled:
    """The cells of one customer as one level; measures are told apart without regard to case.

    "Unknown and stale cells are left out and the share known is shown." Strict: "the worst open flag decides (any red
    makes red)", and a red or orange that is stale, or whose measure the settings name no more, is an open flag still:
    it decides, and the sheet says that it is stale, or no longer a measure. Weighted: red 2, orange 1, green 0, the
    mean of fresh cells by the weights of their measures is red from 1.5 on, orange from 0.5 on; stale cells of every
    level are left out, and with nothing fresh it is unknown.
    """
    weights = weights_of(settings)
    parts = _parted(cells, weights, look)
    worst = min((*parts.flags, *parts.gone), key=worst_first, default=None)
    computed = _strict(worst, parts.fresh) if settings.roll_up == "strict" else _weighted(parts.fresh)
    holding = override if override is not None and override.holds(look.today) else None
    return Rolled(
        level=holding.level if holding else computed,
        computed=computed,
        share=fsum(weight for weight, _ in parts.fresh) / fsum(weights.values()),
        by=worst,
        override=holding,
        stale=len(parts.stale),
        stale_flags=sum(level != "green" for level in parts.stale),
        no_measure=tuple(sorted(parts.gone, key=worst_first)) if parts.gone else (),
    )


class Parts(NamedTuple):
    """`fresh`: (weight, level) of each that is known and fresh; `stale`: the level of each that is stale; `flags`: what
    is red or orange, stale or not; `gone`: what is so of measures that are none any more.
    """

    fresh: list[tuple[float, Level]]
    stale: list[Level]
    flags: list[Score]
    gone: list[Score]


def _parted(cells: Sequence[Score], weights: Mapping[str, float], look: Look) -> Parts:
    parts = Parts([], [], [], [])
    for score in cells:
        level, weight = score.level, weights.get(measure_key(score.measure))
        if level == "unknown" or (weight is None and level == "green"):
            continue
        if weight is None:
            parts.gone.append(score)
            continue
        if level != "green":
            parts.flags.append(score)
        if score.stale(look):
            parts.stale.append(level)
        else:
            parts.fresh.append((weight, level))
    return parts


def weights_of(settings: Settings) -> Mapping[str, float]:
    """Measure (its `measure_key`) → weight; where none has any, all count alike."""
    weights = {measure_key(measure.name): measure.weight for measure in settings.measures}
    return weights if any(weights.values()) else dict.fromkeys(weights, 1)


def worst_first(score: Score) -> tuple[int, datetime]:
    """Of open flags red, and of equals the one that is open longest."""
    return -HARM[score.level], score.since


def _strict(worst: Score | None, fresh: Sequence[tuple[float, Level]]) -> Level:
    return worst.level if worst else "green" if fresh else "unknown"


def _weighted(fresh: Sequence[tuple[float, Level]]) -> Level:
    weight = fsum(weight for weight, _ in fresh)
    if not weight:
        return "unknown"
    mean = round(fsum(weight * HARM[level] for weight, level in fresh) / weight, 9)
    return "red" if mean >= RED_FROM else "orange" if mean >= ORANGE_FROM else "green"
