from __future__ import annotations

from pathlib import Path

import pytest

from duty_tui.errors import UsageError
from duty_tui.store.checkpoint import checkpoint_of, end_of, read_checkpoint
from duty_tui.store.journal import Head
from duty_tui.store.memory import MemoryStore
from tests.store.examples import AT, KEY, open_file

HEAD = Head(47, "0123456789abcdef" * 4)
LINE = checkpoint_of(KEY, "ab" * 16, HEAD, AT).line()


def test_a_line_says_which_record_ended_where_and_when() -> None:
    start, database, seq, hashed, at, signed = LINE.split()
    assert (start, database, seq, hashed) == ("duty-tui-checkpoint-1", "ab" * 16, "47", HEAD.hash)
    assert at == "2026-11-20T18:00:00Z"
    assert len(signed) == 32
    read = read_checkpoint(f"  {LINE.replace(' ', chr(10), 1)}\n")
    assert (read.database, read.head, read.at) == ("ab" * 16, HEAD, at)
    assert read.is_by(KEY)
    assert read.line() == LINE


def test_a_store_says_where_it_ends_under_its_own_key(tmp_path: Path) -> None:
    with open_file(tmp_path / "duty.db") as store:
        made = end_of(store, AT)
        assert made is not None
        assert (made.database, made.head, made.is_by(KEY)) == (store.meta("database"), store.head(), True)
    assert end_of(MemoryStore(), AT) is None


def test_it_is_signed_by_its_key_alone() -> None:
    assert not read_checkpoint(LINE).is_by(bytes(32))
    for part, other in ((1, "cd" * 16), (2, "48"), (3, "f" * 64), (4, "2026-11-20T18:00:01Z"), (5, "0" * 32)):
        parts = LINE.split()
        parts[part] = other
        assert not read_checkpoint(" ".join(parts)).is_by(KEY), part


@pytest.mark.parametrize(
    "line", ["", "47", LINE[:-1], LINE + "0", LINE + " x", LINE.upper(), LINE.replace("47", "-47"), LINE[1:], LINE * 2]
)
def test_what_is_no_line_is_said(line: str) -> None:
    with pytest.raises(UsageError, match="not a line that `duty-tui checkpoint` prints"):
        read_checkpoint(line)
