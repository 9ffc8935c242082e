"""What a repair could not bring back, as people are told of it and as it is kept in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from opsdesk.core.consistency import entries, stretches
from opsdesk.core.kinds import prefixes
from opsdesk.store.guard.mend import Mended

FEW = 5


def sentences(mended: Mended) -> Iterator[str]:
    lacking, wanted = mended.salvage.looked.cut_short
    if lacking:
        were = "are" if lacking > 1 else "is"
        yield f"The file was cut: {lacking:,} of its {wanted:,} pages {were} missing, with whatever is not named here."
    if mended.lost:
        what = "it" if len(mended.lost) == 1 else "they"
        yield f"{entries(sorted(mended.lost))} lost from the journal; what {what} changed stands as it was found."
    for kind, numbers in mended.missing.items():
        yield _records(kind, numbers, max(place for known, place in mended.docs if known == kind))


def _records(kind: str, numbers: Sequence[int], highest: int) -> str:
    named = [*numbers[:FEW], numbers[-1]] if len(numbers) > FEW + 1 else list(numbers)
    ids = [f"{prefixes()[kind]}-{number}" for number in named]
    shown = f"{', '.join(ids[:-1])} … {ids[-1]}" if len(numbers) > len(named) else ", ".join(ids)
    return f"At least {len(numbers):,} of the {highest:,} {kind} that are known of could not be brought back: {shown}."


def in_full(mended: Mended) -> Mapping[str, Sequence[str]]:
    """Every entry and every record by its name."""
    spans = [f"{first}-{last}" if last > first else str(first) for first, last in stretches(sorted(mended.lost))]
    ids = [f"{prefixes()[kind]}-{number}" for kind, numbers in mended.missing.items() for number in numbers]
    return {"entries": spans, "records": ids}
