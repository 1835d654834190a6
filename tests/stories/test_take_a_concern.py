"""A concern for two siblings taken by keyboard alone, cut off half way, found again, recorded, explained."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from duty_tui.app import DutyApp
from duty_tui.clock import system_clock
from duty_tui.desk.session import DeskSession
from duty_tui.screens.queue import QueueScreen
from duty_tui.settings import Settings
from duty_tui.store.keyfile import make_key
from duty_tui.store.rows import Draft
from duty_tui.store.sqlite import SqliteStore
from duty_tui.wiring import bare_desk, default_adoptions
from tests.pilot import fast_pilot, screen_text, some_turns, until

__all__ = ["fast_pilot"]

ENTER, TAB, CTRL_S = "\r", "\t", "\x13"
#: What the caller says, as it is typed, with the keys that lead from field to field between.
FIRST_HALF = ("n", "Ms Lund", ENTER, "Head of year", ENTER, "Hollin School", ENTER, "020 7946 0000", ENTER, TAB, TAB,
              ENTER, ENTER, "amara okafor 3/4/2022 f", ENTER, "kofi")  # fmt: skip
SECOND_HALF = ("right", " 5/6/2024 m", "tab", "Bruises on both arms, two accounts.", "tab", "last night", "enter")


class Desk:
    """A record on disk with the default policies, and its key in a file."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database, self.key_file = folder, folder / "desk.db", folder / "desk.key"
        self.key = make_key(self.key_file)
        with SqliteStore(self.database, self.key, create=True) as store:
            bare_desk(store, "Ann Osei", system_clock).decide(default_adoptions(system_clock().date()))

    def drafts(self) -> list[Draft]:
        with SqliteStore(self.database, self.key) as store:
            return store.drafts()


@contextmanager
def in_a_terminal(desk: Desk) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program itself in a terminal of 80 by 24."""
    ours, theirs = pty.openpty()
    environ = {**os.environ, "HOME": str(desk.folder), "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
    command = [sys.executable, "-m", "duty_tui", "--database", str(desk.database), "--key-file", str(desk.key_file)]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, start_new_session=True, close_fds=True
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(ours)


def shown_until(terminal: int, holds: Callable[[str], object], *, turns: int = 600) -> str:
    """Read what the program paints until `holds`, a tenth of a second at a time."""
    painted = ""
    for _ in range(turns):
        ready, _, _ = select.select([terminal], [], [], 0.1)
        if ready:
            try:
                painted += os.read(terminal, 65536).decode(errors="replace")
            except OSError:  # the program has ended, and the terminal with it
                return painted
        if holds(painted):
            return painted
    raise AssertionError("what was waited for never came: " + painted[-2000:])


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
async def test_a_concern_for_two_siblings_survives_the_end_of_the_program(
    tmp_path: Path, end: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    with in_a_terminal(desk) as (process, terminal):
        shown_until(terminal, lambda painted: "Nothing is waiting" in painted or "ALL" in painted)
        for words in FIRST_HALF:
            if words == "n":
                os.write(terminal, b"n")
                shown_until(terminal, lambda painted: "NEW CONCERN" in painted and "WOULD" in painted)
            else:
                os.write(terminal, words.encode())
                shown_until(terminal, bool)
        shown_until(terminal, lambda _: any(one.body["children"].endswith("kofi") for one in desk.drafts()))
        process.send_signal(end)
        shown_until(terminal, lambda _: process.poll() is not None)

    session = DeskSession(lambda: bare_desk(SqliteStore(desk.database, desk.key), "Ann Osei", system_clock))
    try:
        await found_again(session)
    finally:
        session.close()
    assert desk.drafts() == []


async def found_again(session: DeskSession) -> None:
    """Open the queue, go on with the draft, record it, and ask why it stands where it stands."""
    app = DutyApp(session, settings=Settings(name="Ann Osei"), practice=False, clock=system_clock)
    async with app.run_test(size=(80, 24)) as pilot:
        queue = app.screen_stack[0]
        assert isinstance(queue, QueueScreen)
        await until(lambda: queue.board is not None)
        await pilot.press("n")
        await until(lambda: "A draft was found" in screen_text(app))
        assert "amara okafor" in screen_text(app)
        await pilot.press("1")
        await until(lambda: "→ Amara Okafor, " in screen_text(app))
        await say(pilot, *SECOND_HALF)
        await until(lambda: "○ 1 Yes" in screen_text(app))
        assert "unless ruled out" in place(app)
        await pilot.press("1", "1")
        await until(lambda: "unless ruled out" not in place(app))
        await pilot.press("ctrl+s")
        await until(lambda: "recorded " in queue.status.words)
        assert queue.status.words.endswith(" as C1: Amara Okafor, Kofi Okafor")
        await until(lambda: queue.selected and queue.selected.reference == "C1")
        await pilot.press("W")
        await until(lambda: "RULE" in screen_text(app))
        assert "Hold the strategy discussion" in screen_text(app)
        await pilot.press("escape", "enter")
        await until(lambda: "NEXT STEP" in screen_text(app))
        assert "Bruises on both arms" in screen_text(app)


def place(app: DutyApp) -> str:
    """The line that says where the concern would stand."""
    return next((line for line in screen_text(app).split("\n") if "WOULD STAND" in line), "unless ruled out")


async def say(pilot: Pilot[int], *words: str) -> None:
    """Press the keys named, type the rest."""
    for word in words:
        if word in ("right", "tab", "enter"):
            await pilot.press(word)
        else:
            await pilot.press(*("space" if letter == " " else letter for letter in word))
        await some_turns()


def test_few_keys_are_pressed_beyond_the_words_themselves() -> None:
    between = [word for word in (*FIRST_HALF, *SECOND_HALF) if word in (ENTER, TAB, "n", "right", "tab", "enter")]
    answers, record = 2, 1
    assert len(between) + answers + record <= 20
