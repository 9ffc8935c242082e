"""The time zone of this machine."""

from __future__ import annotations

import os


def machine_zone() -> str:
    """The name of this machine's time zone, "UTC" where it has none that is known."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    for name in (os.environ.get("TZ", "").lstrip(":"), _linked_zone()):
        try:
            if name:
                return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "UTC"


def _linked_zone() -> str:
    """The name behind /etc/localtime; on other systems there is none, and UTC is shown until a zone is set."""
    try:
        target = os.path.realpath("/etc/localtime")
    except OSError:
        return ""
    return target.partition("zoneinfo/")[2].removeprefix("posix/").removeprefix("right/")
