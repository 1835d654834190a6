"""The key under which the queue's rows are kept: the same key, the same rows. It costs no reading of policies."""

from __future__ import annotations

import hashlib
from pathlib import Path

from duty_tui.domain.streams import MOVES_DUES, SERVICE
from duty_tui.store.store import Store

#: Raised whenever this program makes another row of the same concern.
VERSION = 2


def rows_key(store: Store, policies: Path, holidays_key: str) -> str:
    """Changes whenever a concern could come out with another row: program, calendar, service, policies."""
    digest = hashlib.sha256(f"{VERSION}|{holidays_key}".encode())
    for entry in store.stream(SERVICE):
        if entry.kind in MOVES_DUES:
            digest.update(f"|{entry.kind} {entry.body}".encode())
    for path in sorted(policies.rglob("*.toml")):
        if path.name != "examples.toml":
            digest.update(path.read_bytes())
    return digest.hexdigest()
