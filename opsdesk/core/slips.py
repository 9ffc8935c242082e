"""Why dates slipped: a reason that is said later belongs to the slip as well."""

from __future__ import annotations

from msgspec.structs import replace

from opsdesk.core.actions import Slip


def explained(slips: tuple[Slip, ...], why: str) -> tuple[Slip, ...]:
    """With the reason of the last one, beside what was said of it before."""
    *before, last = slips
    return (*before, replace(last, why="; ".join(dict.fromkeys(filter(None, (last.why, why))))))
