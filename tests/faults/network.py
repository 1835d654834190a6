"""The network to a PostgreSQL server is cut and healed under four writers and a listener.

python -m tests.faults.network [--cuts 12] [--seed 1]

Everybody runs in a network of the trial's own and the server in another one, joined by a pair of virtual cards (Linux,
root, `ip`, `unshare`): nothing leaves the machine. The server's card goes down without a word to anybody, for a moment
up to longer than the program waits before it gives a line up; then up again, and all four writers must go on.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from tests.faults.engines import UNPROVEN, begin
from tests.faults.server_process import ServerProcess, no_server
from tests.faults.team import WRITERS, Team

NO_NETWORK = "Making a network takes root on Linux and the commands `ip` and `unshare`; one of them is missing here."
#: Addresses kept for examples (RFC 5737).
HERE, THERE = "198.51.100.1", "198.51.100.2"
#: Set where the trial has a network of its own already.
ALONE = "FAULTS_ALONE"
#: Seconds a cut lasts: shorter than anybody notices, longer than a line is waited for, and between.
LASTING = (0.05, 0.5, 2.0, 5.0, 17.0)


class Network:
    """A namespace with a card in it, and the other end of its wire here."""

    def __init__(self, name: str) -> None:
        self.name = name

    def ip(self, *words: str) -> None:
        """Run `ip`. Raises CalledProcessError."""
        subprocess.run(["ip", *words], check=True, capture_output=True)

    def cut(self) -> None:
        """Nothing comes through any more, and nobody is told."""
        self.ip("-n", self.name, "link", "set", "far", "down")

    def heal(self) -> None:
        """All comes through again."""
        self.ip("-n", self.name, "link", "set", "far", "up")


@contextmanager
def network() -> Iterator[Network]:
    """A network of two addresses, one of them in a namespace of its own; gone afterwards."""
    made = Network(f"duty{os.getpid()}")
    made.ip("netns", "add", made.name)
    try:
        made.ip("link", "add", "near", "type", "veth", "peer", "name", "far", "netns", made.name)
        made.ip("addr", "add", f"{HERE}/30", "dev", "near")
        made.ip("-n", made.name, "addr", "add", f"{THERE}/30", "dev", "far")
        made.ip("link", "set", "near", "up")
        made.heal()
        yield made
    finally:
        made.ip("netns", "del", made.name)


def may_be_tried() -> str:
    """Why it cannot be run here; empty when it can."""
    possible = os.geteuid() == 0 and shutil.which("ip") and shutil.which("unshare")
    return no_server() or ("" if possible else NO_NETWORK)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when anything was lost or missed, 2 where it cannot be run."""
    parser = ArgumentParser(prog="python -m tests.faults.network", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cuts", type=int, default=12)
    parser.add_argument("--longest", type=float, default=LASTING[-1], help="seconds")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if why := may_be_tried():
        print(why)
        return 2
    if ALONE not in os.environ:
        again = ["unshare", "--net", sys.executable, "-m", "tests.faults.network", *(arguments or sys.argv[1:])]
        return subprocess.run(again, env={**os.environ, ALONE: "yes"}, check=False).returncode
    chance, lasting = random.Random(asked.seed), [one for one in LASTING if one <= asked.longest]
    with tempfile.TemporaryDirectory() as name, network() as wire:
        server = ServerProcess(Path(name) / "server", listen=THERE, within=("ip", "netns", "exec", wire.name))
        server.start()
        try:
            place = UNPROVEN + server.far_address("trial")
            begin(place)
            team = Team(place, Path(name))
            for number in range(asked.cuts):
                team.go_on(chance)
                wire.cut()
                Event().wait(lasting[number % len(lasting)])
                wire.heal()
            team.go_on(chance)
            verdict, missed = team.end()
        finally:
            wire.heal()
            server.stop("immediate")
    print(
        f"network: {asked.cuts} cuts of up to {lasting[-1]:g} s under {WRITERS} writers and a listener, "
        f"who missed {missed}; {verdict}"
    )
    return not (verdict.good and verdict.acknowledged and not missed)


if __name__ == "__main__":
    sys.exit(main())
