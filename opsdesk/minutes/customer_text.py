"""The customer page as plain text: one sheet of paper, 80 columns and 60 lines."""

from __future__ import annotations

from collections.abc import Iterator

from opsdesk.core.customerpage import CustomerPage
from opsdesk.minutes.customer_fit import STEP, fitted, foot, head


def as_text(page: CustomerPage) -> str:
    """LF, ending in one."""
    return "\n".join(line.rstrip() for line in _page(page)) + "\n"


def _page(page: CustomerPage) -> Iterator[str]:
    yield from head(page)
    for each in fitted(page):
        yield from each.heading
        for block in each.blocks:
            yield from block
        if each.more:
            yield f"{' ' * STEP}… {each.more} more"
    yield from foot(page)
