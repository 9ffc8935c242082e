"""make bench: everything, or what is named: python -m tests.bench capture arrows"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import arrows, capture, commands, paint, registers, scores, store, ticking
from tests.bench.table import table

BENCHES = {
    "paint": paint,
    "ticking": ticking,
    "commands": commands,
    "capture": capture,
    "store": store,
    "arrows": arrows,
    "registers": registers,
    "scores": scores,
}


def main(*names: str) -> None:
    rows = []
    for name in names or BENCHES:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="opsdesk-bench-") as home:
            rows += BENCHES[name].rows(Path(home))
    print(table(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
