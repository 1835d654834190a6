"""Standard streams that are closed, full or gone: a command ends in a sentence, never in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def ended(home: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A shell line in which $DUTY is the program."""
    environment = {**os.environ, "DUTY_TUI_HOME": str(home), "DUTY": f"{sys.executable} -m duty_tui"}
    return subprocess.run(
        ["sh", "-c", command], check=False, env=environment, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("$DUTY queue <&-", 0),
        ("$DUTY <&-", 0),
        ("$DUTY queue >&-", 0),
        ("$DUTY <&- >&- 2>&-", 0),
        ("$DUTY workday - <&-", 0),
        ("$DUTY queue --json | head -1", 0),
        ("$DUTY import - <&-", 1),
    ],
)
def test_a_closed_stream_is_an_empty_one(home: Path, line: str, status: int) -> None:
    told = ended(home, line)
    assert told.returncode == status, told.stderr
    assert "Traceback" not in told.stderr
    assert "incident" not in told.stderr


@pytest.mark.parametrize("command", ["queue", "queue --json", "queue --csv", "--help", "verify", "policy list"])
def test_a_full_disk_behind_the_output_is_said(home: Path, command: str) -> None:
    assert FULL.exists(), "this test needs /dev/full"
    told = ended(home, f"$DUTY {command} > {FULL}")
    assert told.returncode == 1
    assert "Not everything could be printed: No space left on device." in told.stderr
    assert "Traceback" not in told.stderr
    assert "incident" not in told.stderr
