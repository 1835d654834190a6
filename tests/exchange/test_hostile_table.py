"""A table made to hang the program or to fill its memory is refused in words, soon; nothing packed is unpacked."""

from __future__ import annotations

import gzip
import io
import zipfile
from time import perf_counter

import pytest

from duty_tui.exchange import table
from tests.exchange.files import read, why_not

MB = 1_000_000
#: Much less than what these took before there were limits, much more than they take now.
SOON = 30.0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"," * (31 * MB), "longer than 1,000,000 characters"),
        (b"received" + b"," * (31 * MB) + b"\n2026-11-20", "longer than 1,000,000 characters"),
        (b"received" + b"," * 900_000 + b"\n2026-11-20", "more than 1,000 columns"),
        (b"received,what\n2026-11-20" + b"," * 900_000, "more than 1,000 columns"),
        (b"received,what\n2026-11-20," + b"x" * (31 * MB), "longer than 1,000,000 characters"),
        (b"received,what\n2026-11-20," + b"x" * 900_000, "longer than 131,072 characters"),
        (b'received,what\n2026-11-20,"' + b"x\n" * (15 * MB), "longer than 131,072 characters"),
        (b'"' * (31 * MB), "longer than 1,000,000 characters"),
        (b"received\n" + b"\n" * (31 * MB), "more than 1,000,000 rows"),
        (b"received\n" + b"2026-11-20\n" * (2 * MB), "more than 100,000 rows"),
        (b"received\n" + b"2026-11-20\n" * (4 * MB), "larger than 32 MB"),
        (b"received\n\0", "NUL bytes"),
        (b"\xff\xfe" + "received\n2026-11-20\n".encode("utf-16-le")[:-1], "cannot be read"),
        (b"\xff\xfe\x00\x00" + "received\n2026-11-20\n".encode("utf-32-le"), "NUL bytes"),
        (b"+AHIAZQBj-eived\n2026-11-20\n", "No heading of the first row is known"),
        (b" " * 600, "nothing but blanks"),
    ],
)
def test_it_is_refused_in_words_and_soon(content: bytes, why: str) -> None:
    begun = perf_counter()
    assert why in why_not(content)
    assert perf_counter() - begun < SOON


def test_nothing_packed_is_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("referrals.csv", b"received\n" + b"2026-11-20\n" * 900_000)
    assert len(packed.getvalue()) < MB
    assert "a ZIP archive" in why_not(packed.getvalue())
    assert "compressed" in why_not(gzip.compress(b"received\n2026-11-20\n"))


def test_the_widest_and_the_longest_table_that_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_COLUMNS", 3)
    monkeypatch.setattr(table, "MAX_ROWS", 4)
    monkeypatch.setattr(table, "MAX_LINE", 30)
    whole = b"received,family,what\n\n\n2026-11-20,Okafor,Bruise\n"
    assert len(read(whole).referrals) == 1
    assert "columns" in why_not(whole.replace(b"Bruise", b"Bruise,"))
    assert "rows, blank ones counted" in why_not(whole.replace(b"\n\n", b"\n\n\n"))
    assert "longer than 30" in why_not(whole.replace(b"Bruise", b"Bruise on the arm"))
