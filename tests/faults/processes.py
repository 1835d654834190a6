"""Writers and listeners as processes that are started, heard and ended."""

from __future__ import annotations

import os
import selectors
import signal
import traceback
from collections.abc import Callable, Iterable, Sequence

from tests.faults.judge import Said

#: Seconds without a word from anybody after which something stands still.
STUCK = 90.0
#: What a process does, given what tells it to end and where it says what became of it, as descriptors.
Work = Callable[[int, int], None]


class Process:
    """Work in a process of its own, forked off one that has no record open: begun in a hundredth of a second."""

    def __init__(self, work: Work, said: Said) -> None:
        self.said = said
        self.told = len(said.lines)
        heard, mouth = os.pipe()
        ear, self._stop = os.pipe()
        self.id = os.fork()
        if not self.id:
            code = 1
            try:
                os.close(self._stop)  # or it would never see the end of what its own ear hears
                work(ear, mouth)
                code = 0
            finally:
                if code:
                    traceback.print_exc()
                os._exit(code)
        os.close(mouth)
        os.close(ear)
        os.set_inheritable(self._stop, False)
        self.out = heard

    def hear(self) -> bool:
        """Take in what it says; False at its end."""
        heard = os.read(self.out, 1 << 16)
        self.said.hear(heard)
        return bool(heard)

    def kill(self) -> None:
        """End it at once, wherever it is, and take in what it still had said."""
        os.kill(self.id, signal.SIGKILL)
        if not os.WIFSIGNALED(self._ended()):
            raise AssertionError(f"{self.said.name} ended by itself")

    def end(self) -> None:
        """Have it end once it has done what it is at."""
        os.write(self._stop, b"enough")
        if self._ended():
            raise AssertionError(f"{self.said.name} ended with an error")

    def _ended(self) -> int:
        while self.hear():
            continue
        self.said.cut_off()
        _, how = os.waitpid(self.id, 0)
        os.close(self.out)
        os.close(self._stop)
        return how


def listen(running: Iterable[Process], until: Callable[[], bool], moment: Callable[[], float] = lambda: 0.0) -> None:
    """Hear all of them until something is so, and then for a `moment` more. Raises AssertionError when one ends."""
    with selectors.DefaultSelector() as ears:
        for process in running:
            ears.register(process.out, selectors.EVENT_READ, process)
        while not until():
            if not _heard(ears.select(STUCK)):
                raise AssertionError(f"nobody says anything: {[process.said.name for process in running]}")
        left = moment()
        while left > 0 and _heard(ears.select(left)):
            left /= 2


def _heard(ready: Sequence[tuple[selectors.SelectorKey, int]]) -> bool:
    for key, _ in ready:
        if not key.data.hear():
            raise AssertionError(f"{key.data.said.name} ended by itself")
    return bool(ready)
