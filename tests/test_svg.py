"""The README's pictures are drawn as they are on the screen, and the same twice."""

from __future__ import annotations

from xml.etree import ElementTree

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.widgets import Static

from tests.svg import document, stretches, svg


class Small(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("<Sue & Bob> 日本", markup=False)


async def test_a_picture_is_xml_with_every_word_of_the_screen() -> None:
    app = Small()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        once, twice = svg(app, "small"), svg(app, "small")
    words = [text.text for text in ElementTree.fromstring(once).iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["<Sue", "&", "Bob>", "日", "本"]
    assert once == twice


def test_blocks_are_drawn_as_rectangles() -> None:
    drawn = document([[Segment("█▄", Style.parse("#ff0000"))]], 2, "#000000", "blocks")
    assert '<rect x="0" y="0" width="10" height="20" fill="#ff0000"' in drawn
    assert '<rect x="10" y="10" width="10" height="10" fill="#ff0000"' in drawn
    assert "<text" not in drawn


def test_each_word_keeps_its_cell() -> None:
    assert list(stretches("a  bc 日d██e")) == [("a", 0), ("bc", 3), ("日d", 6), ("██", 9), ("e", 11)]
