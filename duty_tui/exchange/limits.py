"""How much is read, and the sentences for a file that is too large, unreadable or not what it should be."""

from __future__ import annotations

from typing import Protocol

from duty_tui.errors import BadFile

MB = 1_000_000
#: A census file is read in a stream: the largest authority's stays below this.
MAX_CENSUS = 100 * MB
#: A table is read whole before its first row is understood.
MAX_TABLE = 32 * MB
#: A line of a table longer than this, more columns or more rows, blank ones too, are no table of referrals.
MAX_LINE, MAX_COLUMNS, MAX_ROWS = MB, 1_000, MB


class Readable(Protocol):
    """Anything bytes can be read from, in pieces; an empty piece is the end."""

    def read(self, size: int, /) -> bytes:
        """At most about `size` bytes more."""
        ...


_NOTHING = "Nothing was imported."


def bad_file(what: str, do: str) -> BadFile:
    """The error for a file that cannot be read at all."""
    return BadFile(what, entry=_NOTHING, do=do)


def read_whole(stream: Readable, limit: int) -> bytes:
    """All of a stream. Raises BadFile as soon as more than `limit` bytes have come."""
    data = bytearray()
    while chunk := stream.read(MB):
        data += chunk
        if len(data) > limit:
            raise too_large(limit)
    return bytes(data)


def too_large(limit: int) -> BadFile:
    """The error for a file above the limit, in bytes."""
    return bad_file(f"The file is larger than {limit // MB} MB.", "Split it into smaller files and import each.")
