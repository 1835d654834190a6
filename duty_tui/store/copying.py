"""A record carried to another store, of whatever engine: to move it, to feed a standby, for a backup elsewhere.

The journal goes over entry by entry, chain and all; what another copy brought before is not brought again. Rows follow
from the journal and are made anew by whoever knows the rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from duty_tui.errors import Refused, Tampered
from duty_tui.store.adopting import parted
from duty_tui.store.journal import Head, stamp
from duty_tui.store.store import Store

#: Kept in a store while its first copy is under way, when it is no record yet; empty once it is whole.
COPYING = "copying"
#: Which drafts the last copy brought, and from when each was: JSON, id to time.
_DRAFTS = "copied-drafts"

Told = Callable[[int, int], None]


class Copied(NamedTuple):
    """What a copy came to."""

    head: Head
    """The end of the copy."""
    brought: int
    """How many entries were not there before."""
    drafts: int
    """How many drafts the record has."""


def copy(source: Store, target: Store, told: Told, *, whole: bool = True) -> Copied:
    """Bring to `target` what `source` has and it lacks, every link verified; `told` how far it is, of how much.

    Cut short, it goes on where it ended. `whole` verifies both from the first entry on and compares them entry by
    entry; without it only what is brought is verified, and that it follows. Others may go on recording meanwhile: the
    copy ends where the record ended when it was read. Raises `Refused` where the target is another record or was
    recorded on itself, or something is kept from this login; `Tampered`, `Unavailable`.
    """
    if source.hidden() or target.hidden():
        raise Refused(
            "Some of what is restricted to others is kept from this login, so that it can make no whole copy.",
            entry="Nothing was copied.",
            do="Have it copied under the login to whom the record belongs on the server.",
        )
    before, end = target.head(), source.head()
    if before.seq > end.seq:
        raise parted()
    database, more = source.meta("database") or "", end.seq - before.seq
    target.adopt(source.since(before.seq - 1, 1) if before.seq else [], database=database)
    if not before.seq:
        target.set_meta(COPYING, "yes")
        target.set_meta("practice", source.meta("practice") or "no")
    done = end.seq if whole else 0
    steps = more + 3 * done
    if whole:
        source.verify(told=lambda seq: told(seq, steps))
    head = before
    for batch in source.follow(before.seq):
        head = target.adopt(batch, database=database)
        told(done + head.seq - before.seq, steps)
    drafts = _take_drafts(source, target)
    if whole:
        head = target.verify(told=lambda seq: told(done + more + seq, steps))
        _compare(source, target, lambda seq: told(done + more + end.seq + seq, steps))
    if target.meta(COPYING):
        target.set_meta(COPYING, "")
    return Copied(head, head.seq - before.seq, drafts)


def _compare(source: Store, target: Store, told: Callable[[int], None]) -> None:
    """Raise `Tampered` unless every entry of the copy is the same in the record, its text there or gone in both."""
    for batch in target.follow():
        if batch != source.since(batch[0].seq - 1, len(batch)):
            raise Tampered(
                "The copy is not the same as the record.",
                seq=0,
                do="Copy once more; if this is said again, copy to another place.",
            )
        told(batch[-1].seq)


def _take_drafts(source: Store, target: Store) -> int:
    """Give the copy the drafts of the record, and take away those that an earlier copy brought and that are finished.

    What somebody typed at the copy itself since then stays.
    """
    brought: dict[str, str] = json.loads(target.meta(_DRAFTS) or "{}")
    here = {draft.id: draft for draft in target.drafts()}
    now = {draft.id: draft for draft in source.drafts()}
    for one in now.values():
        if one.id not in here or here[one.id].updated < one.updated:
            target.save_draft(one)
    for one in here.values():
        if one.id not in now and brought.get(one.id) == stamp(one.updated):
            target.drop_draft(one.id)
    kept = {draft.id: stamp(draft.updated) for draft in now.values()}
    if kept != brought:
        target.set_meta(_DRAFTS, json.dumps(kept))
    return len(now)
