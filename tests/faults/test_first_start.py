"""Two first starts at once, and first starts that were killed: one desk, whole, and nothing lying about."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from duty_tui import wiring
from duty_tui.domain.service import PolicyAdopted
from duty_tui.errors import Refused
from duty_tui.opening import Opening
from duty_tui.places import Places, places
from duty_tui.store.keyfile import read_key
from duty_tui.store.sqlite import SqliteStore
from tests.postgres import fresh, open_at

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
#: Stops where `make_whole` has all but given the record its name, says so, and waits.
HELD = """
import os, pathlib, signal, sys
from duty_tui.cli.root import root
signal.signal(signal.SIGINT, signal.default_int_handler)  # as at a terminal, whoever started the tests
link = pathlib.Path.hardlink_to
def held(self, target):
    if str(self).endswith("desk.db"):
        print("ready", flush=True)
        sys.stdin.readline()
    link(self, target)
pathlib.Path.hardlink_to = held
root(["init"])
"""


def starting(home: Path, *arguments: str) -> subprocess.Popen[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("DUTY_TUI")}
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=home,
        env={**environ, "DUTY_TUI_HOME": str(home / "home"), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def whole(home: Path) -> Places:
    """The one desk there is verifies, and nothing lies beside it."""
    where = places({"DUTY_TUI_HOME": str(home / "home")})
    with SqliteStore(where.desk, read_key(where.key_file)) as store:
        assert store.verify().seq == 3
    assert [file.name for file in where.desk.parent.iterdir()] == ["desk.db"]
    assert [file.name for file in where.key_file.parent.iterdir()] == ["desk.key"]
    return where


@pytest.mark.parametrize("how_many", [2, 4])
def test_of_first_starts_at_once_one_makes_the_desk(tmp_path: Path, how_many: int) -> None:
    starts = [starting(tmp_path, "-c", HELD) for _ in range(how_many)]
    for start in starts:
        assert start.stdout
        assert start.stdout.readline() == "ready\n"
    ended = [start.communicate("go\n") for start in starts]
    assert sorted(start.returncode for start in starts) == [0, *[1] * (how_many - 1)]
    told = [err for (_, err), start in zip(ended, starts, strict=True) if start.returncode]
    assert all("There is already a file at" in err for err in told)
    whole(tmp_path)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_a_killed_first_start_left_goes_with_the_next(tmp_path: Path, how: signal.Signals) -> None:
    start = starting(tmp_path, "-c", HELD)
    assert start.stdout
    assert start.stdout.readline() == "ready\n"
    start.send_signal(how)
    start.wait()  # before its input ends, which would let it go on
    start.communicate()
    again = starting(tmp_path, "-m", "duty_tui", "init")
    _, err = again.communicate()
    assert again.returncode == 0, err
    whole(tmp_path)


ON_A_SERVER = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from duty_tui.errors import Refused
from duty_tui.places import places
from duty_tui.store.address import read_address
from duty_tui.wiring import Opening, _make_on_server
where, address = places(os.environ), read_address(sys.argv[1])
how = Opening(Path(address.shown), where.key_file, False, where, server=address)
print("ready", flush=True)
sys.stdin.readline()
try:
    _make_on_server(how, lambda: datetime(2026, 11, 20, 18, 5, tzinfo=UTC))
    print("made")
except Refused as error:
    print(error.what)
"""


def test_of_first_starts_at_once_on_a_server_one_makes_the_record(tmp_path: Path) -> None:
    address = fresh()
    starts = [starting(tmp_path, "-c", ON_A_SERVER, f"{address.url}&schema={address.schema}") for _ in range(3)]
    for start in starts:
        assert start.stdout
        assert start.stdout.readline() == "ready\n"
    for start in starts:
        assert start.stdin
        start.stdin.write("go\n")
        start.stdin.flush()
    ended = sorted(start.communicate()[0].strip() for start in starts)
    told = (f"There is already a record at {address.shown}.", "postgres decided something for the service at ")
    assert [said for said in ended if said == "made"] == ["made"]
    assert all(said.startswith(told) for said in ended if said != "made"), ended
    with open_at(address, create=False) as store:
        assert store.verify().seq == 3


def test_who_comes_second_on_a_server_adopts_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address, where = fresh(), places({"DUTY_TUI_HOME": str(tmp_path)})
    how = Opening(Path(address.shown), where.key_file, False, where, server=address)
    adopted = wiring.default_adoptions

    def while_another_starts(today: date) -> list[PolicyAdopted]:
        monkeypatch.undo()
        wiring._make_on_server(how, lambda: AT)
        return adopted(today)

    monkeypatch.setattr(wiring, "default_adoptions", while_another_starts)
    with pytest.raises(Refused, match="decided something for the service"):
        wiring._make_on_server(how, lambda: AT)
    with open_at(address, create=False) as store:
        assert store.verify().seq == 3
