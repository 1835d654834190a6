"""An outbox filled and sent by programs that are killed with signal 9 again and again: each entry once, in order.

python -m tests.faults.outbox [--kills 300] [--seed 1]

One types notes on three concerns while the record is away, and is killed and started again; then two send what waits,
both killed and started again, until nothing waits. What one was told waits must be recorded, once, in the order typed.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from duty_tui.desk.outgoing import send
from duty_tui.domain.commands import AddNote
from duty_tui.errors import Waits
from duty_tui.store.outbox import Outbox
from tests.builders import raise_concern
from tests.desk.away import KEY, away_desk
from tests.desk.conftest import Hands, make_desk
from tests.faults.engines import begin, reach
from tests.faults.writer import entry_id

ME = "Ann Osei"
_CONCERNS = ("c0", "c1", "c2")
#: Kills of whoever types before what was kept is sent; as many again, at most, fall on those who send.
_OF_TYPING = 5


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def _kill(child: int) -> bool:
    """Whether it was killed, and had not ended before."""
    os.kill(child, signal.SIGKILL)
    _, how = os.waitpid(child, 0)
    if not os.WIFSIGNALED(how) and how:
        raise AssertionError("it ended with an error")
    return os.WIFSIGNALED(how)


def _type(place: str, outbox: Path, first: int, mouth: int) -> None:
    """Type without end while the record is away; say the number of each note that was said to wait."""
    with reach(place) as store:
        desk, line = away_desk(store, Hands(), outbox)
        line.cut = True
        for number in count(first):
            with suppress(Waits):
                desk.do(_CONCERNS[number % 3], AddNote(text=str(number)), mark=entry_id("typed", number, 0))
            os.write(mouth, b"%d\n" % number)


def _send(place: str, outbox: Path) -> None:
    waits = Outbox(outbox, KEY, patience=60.0)
    with reach(place) as store:
        desk = make_desk(store, Hands())
        desk.outbox = waits
        while waits.waiting(ME):
            send(desk)


def _typed(place: str, outbox: Path, first: int, chance: random.Random) -> int:
    """Have somebody type and kill them; the number after the last note that was said to wait."""
    heard, mouth = os.pipe()
    child = _forked(lambda: _type(place, outbox, first, mouth))
    os.close(mouth)
    said, wanted = b"", first + chance.randrange(1, 9)
    while not said.count(b"\n") >= wanted - first:
        said += os.read(heard, 4096)
    select.select([], [], [], chance.random() * 0.01)
    _kill(child)
    while more := os.read(heard, 4096):
        said += more
    os.close(heard)
    return first + said.count(b"\n")


def _sent(place: str, outbox: Path, chance: random.Random) -> int:
    """Have two send what waits and kill both time and again until nothing waits; how often they were killed."""
    kills, left, patience = 0, _left(outbox), 0.05
    while left:
        senders = [_forked(lambda: _send(place, outbox)) for _ in range(2)]
        select.select([], [], [], chance.random() * patience)
        kills += sum(map(_kill, senders))
        before, left = left, _left(outbox)
        patience *= 1.5 if left == before else 0.8  # long enough to send something on this machine, and seldom all
    return kills


def _left(outbox: Path) -> int:
    with closing(Outbox(outbox, KEY, patience=60.0)) as waits:
        return len(waits.waiting(ME))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when anything was lost, recorded twice or out of order."""
    parser = ArgumentParser(prog="python -m tests.faults.outbox", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    chance, kills, typed = random.Random(asked.seed), 0, 0
    with tempfile.TemporaryDirectory() as name:
        place, outbox = f"{name}/duty.db", Path(name) / "mine.outbox"
        begin(place)
        with reach(place) as store:
            desk = make_desk(store, Hands())
            for concern in _CONCERNS:
                desk.do(concern, raise_concern())
        while kills < asked.kills:
            for _ in range(_OF_TYPING):
                typed = _typed(place, outbox, typed, chance)
            kills += _OF_TYPING + _sent(place, outbox, chance)
        with reach(place) as store:
            store.verify()
            found = [[int(one.data["text"]) for one in store.stream(concern)[1:]] for concern in _CONCERNS]
    all_found = sorted(number for numbers in found for number in numbers)
    lost, twice = set(range(typed)) - set(all_found), len(all_found) - len(set(all_found))
    mixed = sum(numbers != sorted(numbers) for numbers in found)
    counts = f"{len(lost)} lost, {twice} recorded twice, {mixed} concerns out of order"
    print(f"outbox, killed {kills} times: {typed} entries said to wait; {counts}")
    return bool(lost or twice or mixed or not typed)


if __name__ == "__main__":
    sys.exit(main())
