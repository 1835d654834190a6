"""Whatever is handed in: told by its content, read from a file or from standard input, or refused in words."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from duty_tui.errors import BadFile
from duty_tui.exchange import reading
from duty_tui.exchange.limits import read_whole
from duty_tui.exchange.reading import STANDARD_INPUT, open_referrals
from tests.exchange.files import CENSUS, QUESTIONS, TABLE, read, why_not


def test_the_format_is_told_by_the_content_and_not_by_the_name(tmp_path: Path) -> None:
    for source, kind in ((CENSUS, "Children in Need census"), (TABLE, "table")):
        misnamed = tmp_path / "export.txt"
        misnamed.write_bytes(source.read_bytes())
        file = open_referrals(misnamed, questions=QUESTIONS)
        assert (file.kind, file.name) == (kind, "export.txt")
        assert open_referrals(source, questions=QUESTIONS).referrals == file.referrals


def test_standard_input_is_read_like_a_file() -> None:
    for source in (CENSUS, TABLE):
        piped = read(source.read_bytes())
        assert piped.name == STANDARD_INPUT
        assert piped.referrals == open_referrals(source, questions=QUESTIONS).referrals


class Trickle(io.BytesIO):
    """A pipe that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 7) if size != -1 else 7)


@pytest.mark.parametrize("source", [CENSUS, TABLE])
def test_a_slow_pipe_loses_nothing(source: Path) -> None:
    slow = open_referrals(Trickle(source.read_bytes()), questions=QUESTIONS)
    assert slow.referrals == open_referrals(source, questions=QUESTIONS).referrals


@pytest.mark.parametrize("content", [b"", b" \n\t ", b",,\n,,\n", b"\xef\xbb\xbf", b"\xff\xfe", b" " * 5000])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    assert "empty" in why_not(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 and more", "spreadsheet or a ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"received,name\n2026-11-20,A\0B\n", "NUL bytes"),
        (b'{"referrals": []}', "No heading of the first row is known"),
        (b"Amara Okoye,2019-03-04\n", "No heading of the first row is known"),
    ],
)
def test_another_kind_of_file_is_told_what_to_be(content: bytes, why: str) -> None:
    said = why_not(content)
    assert why in said
    assert "Amara" not in said


def test_what_cannot_be_opened_is_said_without_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "amara-okoye.csv"

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(secret))

    for make, why in (("nothing", "no such file"), ("folder", "is a folder"), ("locked", "Permission denied")):
        if make == "folder":
            secret.mkdir()
        if make == "locked":
            monkeypatch.setattr(Path, "open", refused)
        with pytest.raises(BadFile, match=why) as error:
            open_referrals(secret)
        assert "amara" not in str(error.value)


def test_a_table_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_TABLE", 1_000_000)
    assert "larger than 1 MB" in why_not(b"received,name\n" + b"2026-11-20,A\n" * 100_000)


def test_exactly_the_limit_is_read() -> None:
    assert len(read_whole(io.BytesIO(b"x" * 3_000_000), 3_000_000)) == 3_000_000
    with pytest.raises(BadFile, match="larger than 3 MB"):
        read_whole(io.BytesIO(b"x" * 3_000_001), 3_000_000)


def test_the_progress_of_a_table_ends_with_the_whole(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    table = tmp_path / "t.csv"
    table.write_text("received,name\n" + "2026-11-20,A\n" * 600, encoding="utf-8")
    open_referrals(table, progress=lambda done, total: told.append((done, total)))
    assert told == [(257, 602), (513, 602), (602, 602)]


def test_the_progress_of_a_census_file_is_out_of_its_size() -> None:
    told: list[tuple[int, int]] = []
    open_referrals(CENSUS, progress=lambda done, total: told.append((done, total)))
    size = CENSUS.stat().st_size
    assert told[-1] == (size, size)


@pytest.mark.slow
def test_reading_a_table_does_not_load_the_xml_reader() -> None:
    code = (
        "import io, sys; from duty_tui.exchange.reading import open_referrals;"
        "open_referrals(io.BytesIO(b'received\\n2026-11-20\\n'));"
        "assert not [name for name in sys.modules if name.startswith(('defusedxml', 'textual', 'duty_tui.rules'))]"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
