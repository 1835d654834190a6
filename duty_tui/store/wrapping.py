"""A data key wrapped in a passphrase, with what the standard library has and nothing else.

scrypt (RFC 7914) stretches the passphrase, with a salt made for this one wrapping, to 64 bytes. The key is exactly as
long as the first half and is added to it bit by bit: a pad used once, for the next wrapping has another salt. The
second half is the key of an HMAC-SHA256 over all that stands in the file, the wrapped key last; it is checked first,
and in constant time. A wrong passphrase and a changed file look the same: the seal does not fit.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from typing import NamedTuple

LENGTH = 32
_SALT = 16
#: Most memory scrypt is given, in bytes, and most rounds: a file that asks for more is none of ours.
_MOST_MEMORY = 1 << 30
_MOST_ROUNDS = 16


class Strength(NamedTuple):
    """What one guess costs: 128 · n · r bytes of memory, and time in proportion to n · r · p. `n` is a power of two."""

    n: int
    r: int
    p: int

    @property
    def fits(self) -> bool:
        """Whether these are numbers scrypt takes, and at most a gigabyte and sixteen rounds."""
        power = self.n > 1 and self.n & (self.n - 1) == 0
        return (
            power and self.r > 0 and 0 < self.p <= _MOST_ROUNDS and 128 * self.r * (self.n + self.p + 2) <= _MOST_MEMORY
        )


#: 128 MiB and some third of a second a guess.
STRENGTH = Strength(1 << 17, 8, 1)


class Wrapped(NamedTuple):
    """A key that can be had with the passphrase alone."""

    strength: Strength
    salt: bytes
    sealed: bytes
    """The key under its pad."""
    seal: bytes
    """HMAC-SHA256 over the other three."""


def _stretched(passphrase: str, strength: Strength, salt: bytes) -> tuple[bytes, bytes]:
    n, r, p = strength
    words = unicodedata.normalize("NFC", passphrase).encode()  # one spelling for one é, whatever the keyboard sends
    both = hashlib.scrypt(words, salt=salt, n=n, r=r, p=p, maxmem=_MOST_MEMORY + (1 << 20), dklen=2 * LENGTH)
    return both[:LENGTH], both[LENGTH:]


def _seal(key: bytes, strength: Strength, salt: bytes, sealed: bytes) -> bytes:
    said = b"duty-tui key 1 scrypt %d %d %d " % strength
    return hmac.digest(key, said + salt + sealed, "sha256")


def _under(pad: bytes, key: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(pad, key, strict=True))


def wrap(key: bytes, passphrase: str, strength: Strength | None = None) -> Wrapped:
    """`key` (32 bytes) wrapped in `passphrase`, under a fresh salt; as strong as `STRENGTH` unless told otherwise."""
    strength, salt = strength or STRENGTH, os.urandom(_SALT)
    pad, sealing = _stretched(passphrase, strength, salt)
    sealed = _under(pad, key)
    return Wrapped(strength, salt, sealed, _seal(sealing, strength, salt, sealed))


def unwrap(wrapped: Wrapped, passphrase: str) -> bytes | None:
    """The key; None when the passphrase is another one, or anything in the file was changed."""
    pad, sealing = _stretched(passphrase, wrapped.strength, wrapped.salt)
    if not hmac.compare_digest(wrapped.seal, _seal(sealing, *wrapped[:3])):
        return None
    return _under(pad, wrapped.sealed)
