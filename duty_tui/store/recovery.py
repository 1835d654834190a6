"""The data key as a code for a sealed envelope: fourteen groups of four letters and digits, checksum included."""

from __future__ import annotations

import re
from base64 import b32decode, b32encode
from hashlib import sha256

from duty_tui.errors import Refused
from duty_tui.store.wrapping import LENGTH

_CHECK = 3
_GROUP = 4
#: 35 bytes are 56 characters and need no padding.
_CHARACTERS = (LENGTH + _CHECK) * 8 // 5
#: What a hand writes for a letter that looks like it; none of these digits stands in a code.
_MISREAD = str.maketrans("018", "OIB")
_CODE = re.compile(f"[A-Z2-7]{{{_CHARACTERS}}}")


def _checksum(key: bytes) -> bytes:
    return sha256(b"duty-tui recovery 1" + key).digest()[:_CHECK]


def recovery_code(key: bytes) -> str:
    """The code of a data key (32 bytes): groups of four characters (RFC 4648 base32) with blanks between."""
    text = b32encode(key + _checksum(key)).decode()
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def read_recovery_code(typed: str) -> bytes:
    """The data key in a code as somebody typed it: case, blanks and dashes do not matter. Raises Refused."""
    text = re.sub(r"[\s-]", "", typed).upper().translate(_MISREAD)
    if not _CODE.fullmatch(text):
        raise Refused(
            f"That is not a recovery code: it has {len(text)} characters that count, and a code has {_CHARACTERS}, "
            "all of them letters or digits.",
            entry="Nothing was changed.",
            do="Type it as it stands on the paper, fourteen groups of four.",
        )
    found = b32decode(text)
    if found[LENGTH:] != _checksum(found[:LENGTH]):
        raise Refused(
            "A character of the recovery code is not as it was printed: its checksum does not fit.",
            entry="Nothing was changed.",
            do="Compare it with the paper, group by group.",
        )
    return found[:LENGTH]
