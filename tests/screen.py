"""What an app shows, as plain text; a modal is drawn over what lies under it."""

from __future__ import annotations

from typing import Any

from textual._context import visible_screen_stack
from textual.app import App
from textual.strip import Strip


def strips(app: App[Any]) -> list[Strip]:
    """Every row of the screen from the top, with its styles."""
    token = visible_screen_stack.set(app._background_screens)
    try:
        return app.screen._compositor.render_strips(app.size)
    finally:
        visible_screen_stack.reset(token)


def lines(app: App[Any]) -> list[str]:
    """Every row of the screen from the top, without trailing blanks."""
    return [strip.text.rstrip() for strip in strips(app)]


def text(app: App[Any]) -> str:
    return "\n".join(lines(app))


def line(app: App[Any], wanted: str) -> str:
    """The first row that contains `wanted`; the whole screen is in the failure if none does."""
    found = next((row for row in lines(app) if wanted in row), None)
    assert found is not None, f"no {wanted!r} on the screen:\n{text(app)}"
    return found


def row(app: App[Any], wanted: str) -> int:
    """The number of the first row that contains `wanted`, the top one being 0."""
    return lines(app).index(line(app, wanted))
