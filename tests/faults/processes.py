"""Writers as processes that are started, listened to and ended."""

from __future__ import annotations

import os
import signal
import traceback

from tests.faults.judge import Said
from tests.faults.writer import Writing, run

#: Seconds without a word from anybody after which something stands still.
STUCK = 60.0


class Process:
    """A writer in a process of its own, forked off one that has no record open: begun in a hundredth of a second."""

    def __init__(self, writing: Writing, said: Said) -> None:
        self.said = said
        self.told = len(said.lines)
        heard, mouth = os.pipe()
        ear, self.stop = os.pipe()
        self.id = os.fork()
        if not self.id:
            code = 1
            try:
                run(writing._replace(first=said.next_act), ear, mouth)
                code = 0
            finally:
                if code:
                    traceback.print_exc()
                os._exit(code)
        os.close(mouth)
        os.close(ear)
        self.out = heard

    def hear(self) -> bool:
        """Take in what it says; False at its end."""
        heard = os.read(self.out, 1 << 16)
        self.said.hear(heard)
        return bool(heard)

    def kill(self) -> None:
        """End it at once, wherever it is, and take in what it still had said."""
        os.kill(self.id, signal.SIGKILL)
        while self.hear():
            continue
        self.said.cut_off()
        _, how = os.waitpid(self.id, 0)
        os.close(self.out)
        os.close(self.stop)
        if not os.WIFSIGNALED(how):
            raise AssertionError(f"{self.said.name} ended by itself")
