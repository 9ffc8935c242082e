"""The registers: every file here is one. They are found, not listed, when somebody first asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module, invalidate_caches

from opsdesk.core.record import Record
from opsdesk.core.register import Register


def registers() -> Mapping[str, Register]:
    """Kind → register, by kind."""
    return _found(tuple(__path__))


def register_of(shape: type[Record]) -> Register | None:
    """None for a kind that is no register."""
    found = registers().get(shape.kind)
    return found if found is not None and found.shape is shape else None


@cache
def _found(places: tuple[str, ...]) -> Mapping[str, Register]:
    """Every file of these folders that has a REGISTER."""
    from pkgutil import iter_modules

    invalidate_caches()
    modules = [import_module(f"{__name__}.{each.name}") for each in iter_modules(places)]
    found: list[Register] = [module.REGISTER for module in modules if hasattr(module, "REGISTER")]
    return {register.kind: register for register in sorted(found, key=lambda register: register.kind)}
