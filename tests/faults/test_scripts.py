"""The long trials, each in small: the very scripts `make faults` runs, with a few kills and cuts for hundreds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import TRIALS
from tests.faults.power_loss import NO_COMPILER

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
GOOD = r"[1-9][0-9]* entries acknowledged: 0 lost, 0 changed, 0 recorded twice; 0 records did not verify"


def trial(name: str, *arguments: object) -> tuple[int, str]:
    """How a script ended, and what it printed."""
    command = [sys.executable, "-m", f"tests.faults.{name}", *map(str, arguments)]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return ended.returncode, ended.stdout


def cut(name: str, *arguments: object) -> tuple[int, str]:
    """The same for a script that compiles what it needs."""
    status, said = trial(name, *arguments)
    if not shutil.which("cc"):
        assert (status, said) == (2, f"{NO_COMPILER}\n")
        pytest.skip(NO_COMPILER)
    return status, said


@pytest.mark.parametrize("engine", ["sqlite"])
def test_writers_that_are_killed_lose_nothing(engine: str) -> None:
    status, said = trial("kills", "--engine", engine, "--kills", 8)
    assert (status, bool(re.fullmatch(rf"kill -9, {engine}: 8 kills of 4 writers; {GOOD}\n", said))) == (0, True), said


def test_a_power_cut_loses_nothing() -> None:
    status, said = cut("power_loss", "--cuts", 20)
    wanted = rf"power loss, synchronous FULL: 20 cuts of 4 writers, [0-9]+ while something was unsynced; {GOOD}\n"
    assert (status, bool(re.fullmatch(wanted, said))) == (0, True), said


def test_a_power_cut_would_be_seen_to_lose_something() -> None:
    status, said = cut("power_loss", "--cuts", 20, "--synchronous", "NORMAL")
    assert (status, bool(re.search(r"acknowledged: [1-9][0-9]* lost", said))) == (1, True), said


def test_a_command_cut_off_leaves_a_record_that_opens() -> None:
    status, said = cut("power_commands", "--cuts", 20)
    assert (status, "; 0 left no record that opens" in said) == (0, True), said


def test_a_bit_turned_is_never_another_record() -> None:
    status, said = trial("flips", "--bits", 1)
    assert (status, "; 0 another record, 0 not in words" in said) == (0, True), said
    assert re.search(r"duty.db: [0-9]+ bits: [1-9][0-9]* errors", said), said


def test_every_trial_is_one_of_all() -> None:
    """`make faults` runs every script there is."""
    scripts = {path.stem for path in Path(__file__).parent.glob("*.py") if "__name__" in path.read_text("utf-8")}
    assert {one.name for one in TRIALS} == scripts - {"__main__", "writer", "test_scripts"}
    assert all(trial(one.name, "--help")[0] == 0 for one in TRIALS)
