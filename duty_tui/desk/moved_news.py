"""Whether dues were moved since somebody last looked: asked at every start, so it needs no policy and no models."""

from __future__ import annotations

from typing import NamedTuple

from duty_tui.domain.streams import DUES_MOVED, SERVICE
from duty_tui.domain.text import fold
from duty_tui.store.store import Store

#: Under this name is kept, for each person, how far in the service's stream they have looked.
_LOOKED = "moved-seen "


class Unseen(NamedTuple):
    """How many dues moved since somebody last looked, and how far the service's stream had come."""

    dues: int
    version: int


def unseen(store: Store, actor: str) -> Unseen:
    """What was moved since `actor` last looked; of somebody who never did, all of it."""
    since = int(store.meta(_looked(actor)) or 0)
    entries = [one for one in store.stream(SERVICE, since) if one.kind == DUES_MOVED]
    version = max((entry.version for entry in entries), default=since)
    return Unseen(sum(len(entry.data.get("moves", ())) for entry in entries), version)


def looked(store: Store, actor: str, version: int) -> None:
    """Remember that `actor` has seen what was moved up to a version of the service's stream; not where it is read only.

    Raises Unavailable.
    """
    if not store.read_only and version > int(store.meta(_looked(actor)) or 0):
        store.set_meta(_looked(actor), str(version))


def _looked(actor: str) -> str:
    return _LOOKED + fold(actor)
