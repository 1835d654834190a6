"""The key under which the queue's rows are kept: the same key, the same rows. It costs no reading of policies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from duty_tui.domain.streams import MOVES_DUES, SERVICE
from duty_tui.store.store import Store

#: Raised whenever this program makes another row of the same concern.
VERSION = 3


def rows_key(store: Store, policies: Path, holidays_key: str, own: Path | None = None) -> str:
    """Changes whenever a concern could come out with another row: program, calendar, service, policies.

    JSON, so that two keys also say what changed. `own` is the folder of the service's own policies, where there is one.
    """
    service = hashlib.sha256()
    for entry in store.stream(SERVICE):
        if entry.kind in MOVES_DUES:
            service.update(f"|{entry.kind} {entry.body}".encode())
    files = dict(_files(policies))
    files |= {f"own {name}": digest for name, digest in _files(own)} if own else {}
    parts = {"program": VERSION, "holidays": holidays_key, "service": service.hexdigest(), "policies": files}
    return json.dumps(parts, sort_keys=True)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """What each policy, and each file that stands for itself, says: its name and a digest."""
    digests: dict[str, hashlib._Hash] = {}
    for path in sorted(folder.rglob("*.toml")):
        if path.name != "examples.toml":
            digests.setdefault(path.relative_to(folder).parts[0].removesuffix(".toml"), hashlib.sha256()).update(
                path.read_bytes()
            )
    return ((name, digest.hexdigest()[:32]) for name, digest in digests.items())


def what_changed(before: str | None, now: str) -> str:
    """Why rows kept under one key are made anew under another, in words; empty when only the service decided.

    What the service decides is listed with the decision. A key that is no such JSON is of an earlier program.
    """
    new = json.loads(now)
    try:
        old = json.loads(before or "")
    except ValueError:
        old = {}
    if not isinstance(old, dict) or old.keys() != new.keys():
        return _PROGRAM
    said = [_PROGRAM] if old["program"] != new["program"] else []
    if old["holidays"] != new["holidays"]:
        said.append("bank holidays of " + " ".join(new["holidays"].split()[:2]))
    was, now_is = old["policies"], new["policies"]
    edited = [name for name in sorted({*was, *now_is}) if was.get(name) != now_is.get(name)]
    if edited:
        said.append(f"edited policy files: {', '.join(edited)}")
    return "; ".join(said)


_PROGRAM = "another version of the program"
