"""The demo company: eight weeks of Northwind Systems, lived through the desk's own use cases."""

from __future__ import annotations

from opsdesk.demo.company import DEMO_SETTINGS, USER
from opsdesk.demo.history import build
from opsdesk.demo.moment import Moment

__all__ = ["DEMO_SETTINGS", "USER", "Moment", "build"]
