"""A PostgreSQL server that is stopped, killed and started again under four writers and a listener.

python -m tests.faults.server [--faults 40] [--seed 1]

In turn: restarted in order; stopped at once; every connection ended by the server; one of its processes killed, at
which it drops all others and recovers; all of it killed with signal 9. After each all four writers must go on.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from tests.faults.engines import begin
from tests.faults.server_process import ServerProcess, no_server
from tests.faults.team import WRITERS, Team

#: The connections of the program, without the one that asks.
_THERE = "SELECT pid FROM pg_stat_activity WHERE application_name = 'duty-tui' AND backend_type = 'client backend'"


def _asked(server: ServerProcess, sql: str) -> list[int]:
    with psycopg.connect(server.address("trial").partition("&schema")[0], autocommit=True) as hand:
        return [found for (found,) in hand.execute(sql.encode()).fetchall()]


def restarted(server: ServerProcess) -> None:
    server.stop("fast")
    server.start()


def stopped_at_once(server: ServerProcess) -> None:
    server.stop("immediate")
    server.start()


def connections_ended(server: ServerProcess) -> None:
    _asked(server, _THERE.replace("pid", "pg_terminate_backend(pid)::int", 1))


def process_killed(server: ServerProcess) -> None:
    for process in _asked(server, _THERE)[:1]:
        os.kill(process, signal.SIGKILL)


def killed(server: ServerProcess) -> None:
    server.kill()
    server.start()


FAULTS: dict[str, Callable[[ServerProcess], None]] = {
    "restarted": restarted,
    "stopped at once": stopped_at_once,
    "connections ended": connections_ended,
    "a process of it killed": process_killed,
    "killed": killed,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it, print what came out; 1 when anything was lost or missed, 2 where it cannot be run."""
    parser = ArgumentParser(prog="python -m tests.faults.server", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--faults", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    if no_server():
        print(no_server())
        return 2
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as name:
        server = ServerProcess(Path(name) / "server")
        server.start()
        try:
            begin(server.address("trial"))
            team = Team(server.address("trial"), Path(name))
            for number in range(asked.faults):
                team.go_on(chance)
                list(FAULTS.values())[number % len(FAULTS)](server)
            team.go_on(chance)
            verdict, missed = team.end()
        finally:
            server.stop("immediate")
    print(
        f"PostgreSQL server: {asked.faults} faults ({', '.join(FAULTS)}) under {WRITERS} writers and a listener, "
        f"who missed {missed}; {verdict}"
    )
    return not (verdict.good and verdict.acknowledged and not missed)


if __name__ == "__main__":
    sys.exit(main())
