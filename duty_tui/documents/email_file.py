"""An email that came as a file, parsed in bounded time: the library's parser hangs on mail that is made for it.

Its work grows with the square of a header's length and with how many parts are open around each line, so what no mail
program ever wrote is refused before it sees it. Headers are left as they stand: none is read for its structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from itertools import islice

from duty_tui.domain.text import clean

#: Parts of a message that are looked at.
_MOST_PARTS = 200
#: Lines of 40 MB in base64 are half as many; RFC 5322 ends a line after 998 characters.
_MOST_LINES, _LONGEST_LINE = 1_000_000, 10_000
#: Parts within parts: a bounce with the message it returns has two or three.
_MOST_INSIDE = 20
#: A Content-… header with all its folded lines; and what is read of any other.
_LONGEST_HEADER, _LONGEST_VALUE = 4_000, 2_000
_KIND_HEADER = re.compile(rb"^content-[^\n:]{1,40}:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)


def parts_of(data: bytes) -> list[Message]:
    """The message itself and the parts in it, the first two hundred. Raises ValueError where it is no mail."""
    _refuse_endless(data)
    try:
        return list(islice(message_from_bytes(data, policy=compat32).walk(), _MOST_PARTS))
    except (AttributeError, IndexError, LookupError, TypeError, RecursionError) as error:
        # The parser trips over some broken mail, each time with another error.
        raise ValueError("a broken email") from error


def _refuse_endless(data: bytes) -> None:
    lines = data.replace(b"\r", b"\n").split(b"\n", _MOST_LINES)
    if len(lines) > _MOST_LINES or max(map(len, lines)) > _LONGEST_LINE:
        raise ValueError("more lines, or longer ones, than an email has")
    if data.lower().count(b"boundary") > _MOST_INSIDE or data.lower().count(b"message/rfc822") > _MOST_INSIDE:
        raise ValueError("nested deeper than an email is")
    if any(len(header) > _LONGEST_HEADER for header in _kind_headers(data)):
        raise ValueError("a header longer than an email has")


def _kind_headers(data: bytes) -> Iterator[bytes]:
    return (found[0] for found in _KIND_HEADER.finditer(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")))


def header(message: Message, name: str) -> str:
    """What a header says, on one line, clean; empty where it is not there."""
    return " ".join(clean(str(message.get(name, ""))[:_LONGEST_VALUE]).split())
