"""Whether entries sealed elsewhere may be taken over: the next links of this chain and of each stream, and no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duty_tui.domain.kinds import DESTROYED
from duty_tui.errors import Refused, Tampered
from duty_tui.store import journal
from duty_tui.store.journal import Entry, Head

_NOTHING = "Nothing was copied."


def parted() -> Refused:
    """Why a copy that was recorded on cannot be brought up to its record."""
    return Refused(
        "The record and its copy parted: the copy holds entries that the record does not.",
        entry=_NOTHING,
        do="Decide which of them is the record and keep the other aside. They cannot be joined.",
    )


def following(entries: Sequence[Entry], known: Sequence[Entry], head: Head, *, same: bool) -> list[Entry]:
    """Those of `entries` that are not here yet, every link of them verified.

    `known` are the ones this journal holds from the first of them on, `head` is its end, `same` says whether they come
    from the record this one was begun from. Raises `Refused` when they belong to another chain or leave a hole,
    `Tampered` when a link is not as it was sealed.
    """
    if not same:
        raise Refused(
            "What is there is another record, not a beginning of this one.", entry=_NOTHING, do="Name another place."
        )
    fresh = [entry for entry in entries if entry.seq > head.seq]
    if fresh and fresh[0].seq > head.seq + 1:
        raise Refused(
            f"What follows entry {head.seq} is missing: entry {head.seq + 1}.", entry=_NOTHING, do="Copy it first."
        )
    others = any(one.hash != here.hash for one, here in zip(entries, known, strict=False))
    if others or (fresh and fresh[0].prev != head.hash):
        raise parted()
    journal.verify(fresh, head)
    return fresh


def refuse_disorder(entries: Sequence[Entry], versions: Mapping[str, int]) -> None:
    """Raise `Tampered` unless each entry is the next of its stream, and destroys nothing but what came before it.

    `versions` says how far each stream had come. The chain does not bind this: whoever sealed an entry saw to it.
    """
    now = dict(versions)
    for entry in entries:
        now[entry.stream] += 1
        if entry.version != now[entry.stream]:
            raise Tampered(f"Entry {entry.seq} of the journal is not the next one of its stream.", seq=entry.seq)
        if entry.kind == DESTROYED and not all(
            type(version) is int and 0 < version < entry.version for version in entry.data.get("versions", ())
        ):
            raise Tampered(f"Entry {entry.seq} records a destruction of what is not there.", seq=entry.seq)
