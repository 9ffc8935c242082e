"""Percentiles of durations, always with how many they are of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import msgspec


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """The median and the two tails of `n` durations, in seconds; None without any.

    Up to n = 6 P85, and up to n = 19 P95, is the longest of all: a figure that says so little must stand beside its n.
    """

    n: int = 0
    p50: float | None = None
    p85: float | None = None
    p95: float | None = None


def spread(durations: Iterable[timedelta]) -> Spread:
    """P50, P85 and P95 of the durations."""
    ranked = sorted(durations)
    if not ranked:
        return Spread()
    p50, p85, p95 = (nearest_rank(ranked, per_cent).total_seconds() for per_cent in (50, 85, 95))
    return Spread(n=len(ranked), p50=p50, p85=p85, p95=p95)


def nearest_rank(ranked: list[timedelta], per_cent: int) -> timedelta:
    """The smallest of the ascending values that at least so many per cent of them do not exceed: a value that occurred.

    x(k) with k = ceil(p n), 1 <= per_cent <= 100; in whole numbers, because 0.95 * 20 need not be 19. Raises IndexError
    without values. Source: the nearest-rank method, definition 1 of Hyndman and Fan, Sample Quantiles in Statistical
    Packages, The American Statistician 50 (1996).
    """
    return ranked[-(-per_cent * len(ranked) // 100) - 1]
