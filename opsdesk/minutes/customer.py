"""The customer page on paper: one renderer a file, each a line in PAGES."""

from __future__ import annotations

from collections.abc import Callable

from opsdesk.core.customerpage import CustomerPage
from opsdesk.minutes.customer_json import as_json
from opsdesk.minutes.customer_markdown import as_markdown
from opsdesk.minutes.customer_text import as_text

PAGES: dict[str, Callable[[CustomerPage], str]] = {"txt": as_text, "md": as_markdown, "json": as_json}
"""Format → the page as that text: always the same bytes."""
