"""How fast incidents are answered and ended: MTTA and TTR, as percentiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from opsdesk.insight.percentiles import Spread, spread
from opsdesk.insight.period import Period


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """The instants of one incident; None where one has not come, or nobody said when it did."""

    severity: int
    started: datetime
    detected: datetime | None = None
    acknowledged: datetime | None = None
    resolved: datetime | None = None


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """The incidents of one severity that started in a period; `severity` None: of all.

    `mtta`: acknowledged - detected, `ttr`: resolved - started, each over those of which both instants are known.
    `unacknowledged` and `open`: those that nobody has acknowledged, which may be over all the same, and those that are
    not over yet. Each is missing in its figure: while there are some, it is that of the quicker ones.
    """

    severity: int | None
    incidents: int
    mtta: Spread
    ttr: Spread
    unacknowledged: int = 0
    open: int = 0


def responses(courses: Iterable[Course], period: Period, now: datetime) -> tuple[Response, ...]:
    """One for all incidents that started in the period until now, then one for each severity that occurred.

    They are judged as known now, also where they ended after the period. An acknowledgement before the detection, or an
    end before the start, counts as 0 seconds.
    """
    passed = period.elapsed(now)
    begun = [each for each in courses if passed.since <= each.started < passed.until]
    severities = sorted({each.severity for each in begun})
    by_severity = (_response(severity, [e for e in begun if e.severity == severity]) for severity in severities)
    return (_response(None, begun), *by_severity)


def _response(severity: int | None, begun: Sequence[Course]) -> Response:
    return Response(
        severity=severity,
        incidents=len(begun),
        mtta=spread(_lengths((each.detected, each.acknowledged) for each in begun)),
        ttr=spread(_lengths((each.started, each.resolved) for each in begun)),
        unacknowledged=sum(each.acknowledged is None for each in begun),
        open=sum(each.resolved is None for each in begun),
    )


def _lengths(ends: Iterable[tuple[datetime | None, datetime | None]]) -> list[timedelta]:
    return [max(end - start, timedelta()) for start, end in ends if start is not None and end is not None]
