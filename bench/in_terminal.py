"""A program in a terminal of its own, as far as a benchmark needs one: start it, wait for words, press keys, end it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic, perf_counter
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
_SEQUENCES = re.compile(rb"\x1b\[[0-9;?<>=$]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b[P_^].*?\x1b\\\\", re.DOTALL)


class InTerminal:
    """`python ARGUMENTS` in a pseudo-terminal of `columns` by `lines`."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 120,
        lines: int = 40,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.written = b""
        self.peak_bytes = 0
        self.status: int | None = None
        self.began = perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            settings = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT), **(environ or {})}
            os.execve(sys.executable, [sys.executable, *arguments], {**os.environ, **settings})  # noqa: S606 (our own program)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def read(self, seconds: float) -> bytes:
        """What it writes within `seconds`, as soon as there is anything."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return b""
        self.written += data
        return data

    def until(self, words: bytes, seconds: float = 30.0) -> float:
        """Wait until it has written `words`, colours and moves apart; seconds since it was started."""
        end = monotonic() + seconds
        while words not in _SEQUENCES.sub(b"", self.written):
            if monotonic() > end:
                raise TimeoutError(f"{words!r} never came; last: {self.written[-400:]!r}")
            self.read(0.5)
        return perf_counter() - self.began

    def spend(self, seconds: float) -> None:
        """Read what it writes for so long."""
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            self.read(left)

    def press(self, keys: bytes) -> None:
        """Send keys as a terminal does."""
        os.write(self._fd, keys)

    def cpu_seconds(self) -> float:
        """Processor time used so far, by all its threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def vanish(self) -> None:
        """Take the terminal away, as a closed window does."""
        os.close(self._fd)
        self._fd = -1

    def end(self) -> None:
        """End it, and note how much memory it had at most."""
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            _, self.status, usage = os.wait4(self.pid, 0)
            self.peak_bytes = usage.ru_maxrss * 1024
        if self._fd >= 0:
            self.vanish()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
