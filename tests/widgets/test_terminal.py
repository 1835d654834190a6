"""The terminal's end of things: bytes that are no text, a terminal that has gone."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable
from typing import Any

from textual.events import Key
from textual.message import Message

from duty_tui.widgets.terminal import LostAware, Terminal


class Gone(io.StringIO):
    def write(self, _: str) -> int:
        raise OSError(5, "Input/output error")

    def fileno(self) -> int:
        return 2


def test_a_stream_that_cannot_be_written_says_so_once() -> None:
    lost: list[str] = []
    stream = LostAware(Gone(), lambda: lost.append("lost"))
    for _ in range(3):
        stream.write("x")
        stream.flush()
    assert lost == ["lost"]
    assert stream.fileno() == 2
    assert not stream.isatty()


def test_a_stream_that_works_is_written() -> None:
    kept = io.StringIO()
    stream = LostAware(kept, lambda: None)
    stream.write("x")
    stream.flush()
    assert kept.getvalue() == "x"


class App:
    def __init__(self) -> None:
        self.called: list[Callable[[], None]] = []

    def terminal_lost(self) -> None:
        """Noted when it is called."""

    def call_later(self, what: Callable[[], None]) -> None:
        self.called.append(what)


class Reading(Terminal):
    """The reading half alone, from a pipe."""

    def __init__(self, fileno: int, app: Any) -> None:
        self.fileno = fileno
        self._app = app
        self._debug = False
        self.exit_event = threading.Event()
        self.heard: list[str] = []

    def process_message(self, message: Message) -> None:
        if isinstance(message, Key):
            self.heard.append(message.key)


def test_any_byte_is_survived_and_the_end_is_told() -> None:
    app = App()
    end, begin = os.pipe()
    os.write(begin, b"a\xff\xfeb\xc3\xa9")
    os.close(begin)
    terminal = Reading(end, app)
    terminal.run_input_thread()
    assert terminal.heard[0] == "a"
    assert terminal.heard[-2:] == ["b", "é"] or terminal.heard[-1] in ("é", "latin_small_letter_e_with_acute")
    assert app.called == [app.terminal_lost]
    os.close(end)


def test_a_terminal_that_answers_with_an_error_is_gone() -> None:
    app = App()
    end, begin = os.pipe()
    os.set_blocking(end, False)
    terminal = Reading(end, app)
    assert terminal._read() == b""
    os.close(end)
    os.close(begin)


def test_told_to_stop_it_stops_without_a_word() -> None:
    app = App()
    end, begin = os.pipe()
    terminal = Reading(end, app)
    terminal.exit_event.set()
    terminal.run_input_thread()
    assert app.called == []
    os.close(end)
    os.close(begin)


def test_an_app_that_does_not_ask_is_not_told() -> None:
    terminal = Reading(0, object())
    terminal._lost()
