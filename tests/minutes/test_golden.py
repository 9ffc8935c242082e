"""The printed page, byte for byte, wherever and whenever it is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import json

from opsdesk.core.minutes import Minutes, MinutesRecord
from opsdesk.core.record import checked
from opsdesk.minutes import FORMATS
from tests.minutes.golden import GOLDEN, same
from tests.minutes.sample import SAMPLES

ELSEWHERE = """
import sys
from msgspec import json
from opsdesk.core.minutes import Minutes
from opsdesk.minutes import FORMATS
frozen = json.decode(sys.stdin.buffer.read(), type=Minutes)
sys.stdout.buffer.write(FORMATS[sys.argv[1]].render(frozen).encode())
"""


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_is_the_golden_one(name: str, form) -> None:
    same(f"minutes-{name}{form.suffix}", form.render(SAMPLES[name]))


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
@pytest.mark.parametrize("name", SAMPLES)
def test_minutes_read_back_from_the_store_give_the_same_page(name: str, form) -> None:
    record = MinutesRecord(
        meeting="M-1", agenda="daily", frozen=datetime(2026, 11, 23, tzinfo=UTC), minutes=SAMPLES[name]
    )
    kept = checked(json.decode(json.encode(record), type=MinutesRecord))

    assert form.render(kept.minutes).encode() == (GOLDEN / f"minutes-{name}{form.suffix}").read_bytes()


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)
def test_the_page_asks_neither_zone_nor_locale_nor_terminal(form) -> None:
    surroundings = {
        "TZ": "Asia/Tokyo",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "de_DE.UTF-8",
        "COLUMNS": "40",
        "TERM": "dumb",
        "UNICODE_VERSION": "4.1.0",
        "PATH": os.environ["PATH"],
    }
    printed = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, form.name],
        input=json.encode(SAMPLES["hostile"]),
        env=surroundings,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=True,
    ).stdout

    assert printed == (GOLDEN / f"minutes-hostile{form.suffix}").read_bytes()


def test_json_holds_the_whole_value() -> None:
    printed = FORMATS["json"].render(SAMPLES["daily"])

    assert printed.endswith("}\n")
    assert json.encode(json.decode(printed, type=Minutes)) == json.encode(SAMPLES["daily"])
