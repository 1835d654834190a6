"""A file of referrals, whatever its format: told by what it holds, not by what it is called."""

from __future__ import annotations

import codecs
from collections.abc import Collection
from pathlib import Path

from duty_tui.exchange.census_file import read_census
from duty_tui.exchange.limits import MAX_TABLE, Readable, bad_file, read_whole
from duty_tui.exchange.referrals import Progress, ReferralFile
from duty_tui.exchange.table_file import read_table

STANDARD_INPUT = "standard input"
_HEAD = 512
_XML_STARTS = (b"<", "<".encode("utf-16-le"), "<".encode("utf-16-be"))


def open_referrals(
    source: Path | Readable, *, questions: Collection[str] = (), progress: Progress | None = None
) -> ReferralFile:
    """The referrals of a file or of standard input: a Children in Need census (XML) or a table (CSV).

    `questions` are the policies' facts by name: each may be a column of a table, answered yes, no or unknown.
    `progress` is called now and then with what is done and the whole, 0 where that is not known.
    A census may have 100 MB, a table 32 MB, either 100,000 referrals. Raises BadFile for what cannot be read at all;
    what cannot be read of a single referral is among the problems.
    """
    if not isinstance(source, Path):
        return _read(source, STANDARD_INPUT, 0, questions, progress)
    try:
        with source.open("rb") as stream:
            return _read(stream, source.name, source.stat().st_size, questions, progress)
    except FileNotFoundError:
        raise bad_file("There is no such file.", "Check the folder and the name.") from None
    except IsADirectoryError:
        raise bad_file("That is a folder.", "Name a file in it.") from None
    except OSError as error:
        raise bad_file(f"The file cannot be read ({error.strerror}).", "Check who may read it.") from None


def _read(
    stream: Readable, name: str, size: int, questions: Collection[str], progress: Progress | None
) -> ReferralFile:
    head = stream.read(_HEAD)
    rest = _Joined(head, stream)
    bare = head.removeprefix(codecs.BOM_UTF8).removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)
    if not bare.strip():
        raise bad_file("The file is empty, or begins with nothing but blanks.", "Check that it is the right file.")
    if bare.lstrip().startswith(_XML_STARTS):
        return read_census(rest, name, size=size, progress=progress)
    return read_table(read_whole(rest, MAX_TABLE), name, questions=questions, progress=progress)


class _Joined:
    """What was read to look at, and then the rest: standard input cannot be read twice."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head or self._rest.read(size)
