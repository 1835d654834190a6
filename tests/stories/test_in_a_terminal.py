"""The program in a real pseudo-terminal: what terminals and systems do to it, and that it ends as it should."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from select import select

import pytest

from bench.in_terminal import InTerminal
from duty_tui.clock import system_clock
from duty_tui.places import HOME, places
from duty_tui.store.keyfile import read_key
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import bare_desk
from tests.builders import raise_concern

pytestmark = pytest.mark.slow

SECONDS = 30.0


class Running(InTerminal):
    """The program on a new desk, its queue on the screen."""

    def press_until(self, keys: bytes, words: bytes) -> None:
        self.press(keys)
        self.until(words, SECONDS)

    def ends(self) -> int:
        """Its exit status, once it has ended by itself; what it still writes is read meanwhile."""
        with os.fdopen(os.pidfd_open(self.pid), "rb") as ended:
            while not select([ended], [], [], 0)[0]:
                self.read(0.05)
        _, status = os.waitpid(self.pid, 0)
        while self.read(0.05):
            continue
        self.status = os.waitstatus_to_exitcode(status)
        return self.status


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folders of a person with an empty desk."""
    command = [sys.executable, "-m", "duty_tui", "--database", str(tmp_path / "desk.db"), "init"]
    subprocess.run(command, env={**os.environ, "DUTY_TUI_HOME": str(tmp_path)}, check=True, capture_output=True)
    return tmp_path


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    arguments = ["-m", "duty_tui", "--database", str(home / "desk.db")]
    with Running(arguments, columns=80, lines=24, environ={"DUTY_TUI_HOME": str(home)}) as running:
        running.until(b"Nothing is waiting here.", SECONDS)
        yield running


def test_q_leaves_and_gives_the_terminal_back(running: Running) -> None:
    running.press(b"q")
    assert running.ends() == 0
    assert b"\x1b[?1049l" in running.written
    assert b"Traceback" not in running.written


def test_bytes_that_are_no_text_end_nothing(running: Running) -> None:
    running.press_until(b"\xff\xfe\x80\xff", b"faster than a hand types")
    running.press_until(b"v", b"DUE TODAY")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_ends_cleanly(running: Running, number: signal.Signals) -> None:
    os.kill(running.pid, number)
    assert running.ends() == 0
    assert b"\x1b[?1049l" in running.written


def test_a_terminal_that_vanishes_ends_it(running: Running) -> None:
    running.vanish()
    with os.fdopen(os.pidfd_open(running.pid), "rb") as ended:
        assert select([ended], [], [], SECONDS)[0]
    _, status = os.waitpid(running.pid, 0)
    running.status = os.waitstatus_to_exitcode(status)
    assert running.status == 0


def test_no_name_in_the_title_of_the_window(running: Running) -> None:
    running.press(b"q")
    running.ends()
    assert b"\x1b]0;" not in running.written
    assert b"\x1b]2;" not in running.written


def test_what_another_process_records_appears_and_is_answered(running: Running, home: Path) -> None:
    with SqliteStore(home / "desk.db", read_key(places({HOME: str(home)}).key_file)) as store:
        desk = bare_desk(store, "Ben Adeyemi", system_clock)
        desk.do("1" * 32, raise_concern(family="Okafor", received=system_clock()))
        running.until(b"Okafor", SECONDS)
        running.press(b"\x1b[B")
        running.press_until(b"o", b"Who owns C1 Okafor?")
        running.press_until(b"1", b"C1 owner: ")
        owner = desk.concern("1" * 32).owner
        assert owner not in (None, "Ben Adeyemi")
        running.press(b"q")
        assert running.ends() == 0
