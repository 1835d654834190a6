"""Typing into the program itself, in a pseudo-terminal: nothing is lost, no key falls where it was not meant."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from duty_tui.clock import system_clock
from duty_tui.domain.concern import Concern
from duty_tui.places import HOME, places
from duty_tui.store.keyfile import read_key
from duty_tui.store.rows import Draft
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import bare_desk
from tests.builders import a_child, raise_concern
from tests.stories.test_in_a_terminal import SECONDS, Running, home

__all__ = ["home"]

pytestmark = pytest.mark.slow

ID = "1" * 32


class Record:
    """The record beneath the program, as another process sees it."""

    def __init__(self, home: Path) -> None:
        self._file, self._key = home / "desk.db", read_key(places({HOME: str(home)}).key_file)

    def open(self) -> SqliteStore:
        return SqliteStore(self._file, self._key)

    def begin(self) -> None:
        with self.open() as store:
            command = raise_concern(a_child(name="Amara Okafor"), family="Okafor", received=system_clock())
            bare_desk(store, "Ben Adeyemi", system_clock).do(ID, command)

    def concern(self) -> Concern:
        with self.open() as store:
            return bare_desk(store, "Ben Adeyemi", system_clock).concern(ID)

    def drafts(self) -> list[Draft]:
        with self.open() as store:
            return store.drafts()


@pytest.fixture
def record(home: Path) -> Record:
    record = Record(home)
    record.begin()
    return record


def start(home: Path) -> Running:
    arguments = ["-m", "duty_tui", "--database", str(home / "desk.db")]
    return Running(arguments, columns=80, lines=24, environ={"DUTY_TUI_HOME": str(home)})


@pytest.fixture
def running(home: Path, record: Record) -> Iterator[Running]:
    with start(home) as running:
        running.until(b"Okafor", SECONDS)
        yield running


def test_a_name_typed_ahead_of_enter_is_whole_and_no_letter_goes_astray(running: Running, record: Record) -> None:
    running.press(b"\x1b[B")
    running.press_until(b"o", b"Who owns C1 Okafor?")
    running.press_until(b"t", b"Esc")
    # One burst, as a hand that does not look at the screen leaves it after a stall of the machine.
    running.press_until(b"Clare Dunne\r", b"C1 owner: Clare Dunne")
    assert record.concern().owner == "Clare Dunne"
    assert record.drafts() == []


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_note_is_there_again_after_the_end_of_the_program(
    running: Running, record: Record, home: Path, number: signal.Signals
) -> None:
    running.press(b"\x1b[B")
    running.press_until(b"\r", b"NEXT STEP")
    running.press_until(b"m", b"NOTE")
    running.press(b"Rang the GP")
    if number == signal.SIGKILL:
        running.until(b"draft saved", SECONDS)
    else:
        running.until(b"Rang the GP", SECONDS)
    os.kill(running.pid, number)
    os.waitpid(running.pid, 0)
    running.status = 0
    (draft,) = record.drafts()
    assert (draft.kind, draft.concern, draft.body["fields"]) == ("note", ID, {"text": "Rang the GP"})

    with start(home) as again:
        again.until(b"1 unfinished entry is kept as a draft: C1 has 1", SECONDS)
        again.press(b"\x1b[B")
        again.press_until(b"\r", b"UNFINISHED")
        again.press_until(b"m", b"draft of ")
        again.until(b"Rang the GP", SECONDS)
        again.press_until(b" again\x13", b"note C1 \xc2\xb7 recorded")
    assert record.concern().notes == 1
    assert record.drafts() == []
