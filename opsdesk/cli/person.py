"""Who is at the keyboard, where nobody said so."""

from __future__ import annotations

import os


def preferred() -> str:
    from opsdesk.config import read_preferences

    me = read_preferences().get("me", "")
    return me if isinstance(me, str) else ""


def login() -> str:
    """The name this person logged in with, as the environment tells it, else the system; empty where neither does."""
    named = next((os.environ[name] for name in ("LOGNAME", "USER", "USERNAME") if os.environ.get(name)), "")
    return named or _kept_by_system()


def _kept_by_system() -> str:
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return ""


def handle(name: str) -> str:
    """A name as a handle: lower case letters, digits, dots, dashes and underscores."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name.lower())
    return kept.lstrip("._-")[:40]
