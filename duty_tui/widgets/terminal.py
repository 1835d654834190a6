"""The terminal, when it sends what it should not or is there no longer.

Textual's driver (8.2.8) ends the program at one byte that is not UTF-8, reads for ever from a terminal that is gone,
and waits for ever to write to it.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App

_BYTES = 4096
_PATIENCE = 0.1


class LostAware:
    """A stream to the terminal; when it can no longer be written to, says so once, and takes everything in silence."""

    def __init__(self, stream: IO[str], lost: Callable[[], None]) -> None:
        self._stream = stream
        self._lost = lost
        self._is_lost = False

    def write(self, text: str) -> None:
        """Write, unless there is nobody to write to."""
        self._try(lambda: self._stream.write(text))

    def flush(self) -> None:
        """Send on what was written."""
        self._try(self._stream.flush)

    def fileno(self) -> int:
        """The stream's number."""
        return self._stream.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream.isatty()

    def _try(self, act: Callable[[], object]) -> None:
        if self._is_lost:
            return
        try:
            act()
        except (OSError, ValueError):
            self._is_lost = True
            self._lost()


class Terminal(LinuxDriver):
    """Textual's driver, that survives any byte and tells the app (`terminal_lost`) when the terminal has gone."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._file: Any = LostAware(self._file, self._lost)

    def _lost(self) -> None:
        lost = getattr(self._app, "terminal_lost", None)
        if lost is not None:
            self._app.call_later(lost)

    def run_input_thread(self) -> None:
        """Read keys until told to stop, or until there is nothing to read from."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_PATIENCE):
                    data = self._read()
                    if not data:
                        self._lost()
                        return
                    for event in parser.feed(decode(data)):
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def _read(self) -> bytes:
        """What the terminal sent; nothing when it has gone."""
        try:
            return os.read(self.fileno, _BYTES)
        except OSError:
            return b""
