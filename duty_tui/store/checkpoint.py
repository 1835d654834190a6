"""One line that says where the record ended at a moment, to be kept outside it: on the handover sheet, in a letter.

The line carries an HMAC-SHA256 under a key made from the data key. That shows to whoever holds the key that the line
was made by somebody who held it; it is no signature that convinces anybody else, and the program can only check a line
made under the key in use. The hash in it is evidence without any key: no other history has it.
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from duty_tui.domain.times import iso_utc
from duty_tui.errors import UsageError
from duty_tui.store.journal import Head

if TYPE_CHECKING:
    from duty_tui.store.store import Store

_BEGINS = "duty-tui-checkpoint-1"
_SIGNED = 32
_LINE = re.compile(
    rf"{_BEGINS} ([0-9a-f]{{32}}) ([0-9]{{1,15}}) ([0-9a-f]{{64}}) "
    rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z) ([0-9a-f]{{{_SIGNED}}})"
)


class Checkpoint(NamedTuple):
    """What a line says. `signed` is the first half of the HMAC, 32 hex digits."""

    database: str
    """The random id the database was born with."""
    head: Head
    at: str
    """When it was made, ISO 8601, UTC."""
    signed: str

    def line(self) -> str:
        """The line itself."""
        return " ".join((_said(self), self.signed))

    def is_by(self, key: bytes) -> bool:
        """Whether it was made under this data key, and nothing of it changed since."""
        return hmac.compare_digest(self.signed, _sign(key, self))


def _said(checkpoint: Checkpoint) -> str:
    database, head, at, _ = checkpoint
    return f"{_BEGINS} {database} {head.seq} {head.hash} {at}"


def _sign(key: bytes, checkpoint: Checkpoint) -> str:
    own = hmac.digest(key, b"duty-tui checkpoint 1", "sha256")
    return hmac.digest(own, _said(checkpoint).encode(), "sha256").hex()[:_SIGNED]


def checkpoint_of(key: bytes, database: str, head: Head, at: datetime) -> Checkpoint:
    """The checkpoint of a record that ends at `head`; `at` is now, aware."""
    plain = Checkpoint(database, head, iso_utc(at), "")
    return plain._replace(signed=_sign(key, plain))


def end_of(store: Store, at: datetime) -> Checkpoint | None:
    """Where a record ends now, sealed under its key, or this machine's where it is on a server; `at` is now.

    None where there is no key to seal it under.
    """
    if store.sealing_key is None:
        return None
    return checkpoint_of(store.sealing_key(), store.meta("database") or "", store.head(), at)


def read_checkpoint(line: str) -> Checkpoint:
    """What a printed line says. Raises UsageError when it is none."""
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        raise UsageError("That is not a line that `duty-tui checkpoint` prints: it has six parts, with blanks between.")
    database, seq, hashed, at, signed = found.groups()
    return Checkpoint(database, Head(int(seq), hashed), at, signed)
