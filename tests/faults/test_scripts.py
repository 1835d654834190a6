"""The long trials, each in small: the very scripts `make faults` runs, with a few kills and cuts for hundreds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.__main__ import TRIALS
from tests.faults.engines import ENGINES
from tests.faults.network import NO_NETWORK
from tests.faults.power_loss import NO_COMPILER
from tests.postgres import NO_SERVER

pytestmark = pytest.mark.slow

MAIN = 'if __name__ == "__main__"'
ROOT = Path(__file__).parents[2]
GOOD = r"[1-9][0-9]* entries acknowledged: 0 lost, 0 changed, 0 recorded twice; 0 records did not verify"


def trial(name: str, *arguments: object) -> tuple[int, str]:
    """How a script ended, and what it printed."""
    command = [sys.executable, "-m", f"tests.faults.{name}", *map(str, arguments)]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return ended.returncode, ended.stdout


def tried(name: str, *arguments: object) -> tuple[int, str]:
    """The same for a script that needs what not every machine has; where tests must all be run it has to be there."""
    status, said = trial(name, *arguments)
    if status == 2 and "CI" not in os.environ:
        if NO_COMPILER in said:
            pytest.skip(NO_COMPILER)
        if NO_NETWORK in said:
            pytest.skip(NO_NETWORK)
        if NO_SERVER in said:
            pytest.skip(NO_SERVER)
    return status, said


@pytest.mark.parametrize("engine", ENGINES)
def test_writers_that_are_killed_lose_nothing(engine: str) -> None:
    status, said = tried("kills", "--engine", engine, "--kills", 8)
    assert (status, bool(re.fullmatch(rf"kill -9, {engine}: 8 kills of 4 writers; {GOOD}\n", said))) == (0, True), said


def test_an_outbox_whose_programs_are_killed_loses_nothing_and_sends_nothing_twice() -> None:
    status, said = trial("outbox", "--kills", 8)
    wanted = r"outbox, killed [0-9]+ times: [1-9][0-9]* entries said to wait; 0 lost, 0 recorded twice, 0 concerns .*\n"
    assert (status, bool(re.fullmatch(wanted, said))) == (0, True), said


def test_a_server_that_is_stopped_and_killed_loses_nothing() -> None:
    status, said = tried("server", "--faults", 5)
    wanted = rf"PostgreSQL server: 5 faults \(.*\) under 4 writers and a listener, who missed 0; {GOOD}\n"
    assert (status, bool(re.fullmatch(wanted, said))) == (0, True), said


def test_a_network_that_is_cut_and_healed_loses_nothing() -> None:
    status, said = tried("network", "--cuts", 2, "--longest", 0.5)
    wanted = rf"network: 2 cuts of up to 0.5 s under 4 writers and a listener, who missed 0; {GOOD}\n"
    assert (status, bool(re.fullmatch(wanted, said))) == (0, True), said


@pytest.mark.parametrize("engine", ENGINES)
def test_many_people_at_one_desk_are_told_of_everything(engine: str) -> None:
    status, said = tried("crowd", "--engine", engine, "--people", 4, "--minutes", 0.1, "--pace", 1)
    assert (status, ", 0 never told" in said, "recording: median" in said) == (0, True, True), said


def test_a_power_cut_loses_nothing() -> None:
    status, said = tried("power_loss", "--cuts", 20)
    wanted = rf"power loss, synchronous FULL: 20 cuts of 4 writers, [0-9]+ while something was unsynced; {GOOD}\n"
    assert (status, bool(re.fullmatch(wanted, said))) == (0, True), said


def test_a_power_cut_would_be_seen_to_lose_something() -> None:
    status, said = tried("power_loss", "--cuts", 20, "--synchronous", "NORMAL")
    assert (status, bool(re.search(r"acknowledged: [1-9][0-9]* lost", said))) == (1, True), said


def test_a_command_cut_off_leaves_a_record_that_opens() -> None:
    status, said = tried("power_commands", "--cuts", 20)
    assert (status, "; 0 left no record that opens" in said) == (0, True), said


def test_a_bit_turned_is_never_another_record() -> None:
    status, said = trial("flips", "--bits", 1)
    assert (status, "; 0 another record, 0 not in words" in said) == (0, True), said
    assert re.search(r"duty.db: [0-9]+ bits: [1-9][0-9]* errors", said), said


def test_every_trial_is_one_of_all() -> None:
    """`make faults` runs every script there is."""
    scripts = {path.stem for path in Path(__file__).parent.glob("*.py") if MAIN in path.read_text("utf-8")}
    assert {one.name for one in TRIALS} == scripts - {"__main__", "writer", "test_scripts"}
    assert all(trial(one.name, "--help")[0] == 0 for one in TRIALS)
