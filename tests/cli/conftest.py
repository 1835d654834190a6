"""What the tests of the commands share: a home of their own, and running a command in it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from duty_tui.cli.root import root

#: Two referrals with everything a queue shows; the second begins like a formula.
TABLE = """reference,received,received time,source,family,child name,date of birth,what happened,owner,reasonable_cause,serious_risk_of_harm
R1,2026-11-20,18:00,School,Okafor,Amara Okafor,2022-08-01,Bruise on the arm,Ann Osei,yes,yes
R2,2026-11-19,09:30,Police,=cmd(),-Kofi,2024-02-29,+44 said the caller,,yes,no
R3,2026-11-18,10:00,GP,O'Neill [Jay],[/] Jay,2015-01-31,Weight loss,,unknown,
"""  # noqa: E501 - a line of the file is a line


@dataclass(frozen=True)
class Ended:
    """How a command ended: its status, what it printed as data, what it said besides."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The data, read."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The data, line by line."""
        return self.out.splitlines()


Run = Callable[..., Ended]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folders, empty, and nothing set in the environment."""
    for name in [name for name in os.environ if name.startswith("DUTY_TUI")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DUTY_TUI_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def running(*arguments: str | Path, text: str | bytes = "") -> Ended:
    """Run a command; no error leaves it but as a status."""
    ended = CliRunner().invoke(root, [str(argument) for argument in arguments], input=text, prog_name="duty-tui")
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exc_info
    return Ended(ended.exit_code, ended.stdout, ended.stderr)


@pytest.fixture
def run(home: Path) -> Run:
    """Run a command in that home."""
    return running


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a desk and three concerns, all received by 20 November 2026 at 18:00; to be copied, not used."""
    home = tmp_path_factory.mktemp("made") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DUTY_TUI_HOME", str(home))
        assert running("init").status == 0
        assert running("import", "-", text=TABLE).status == 0
    return home


@pytest.fixture
def desk(run: Run, home: Path, made: Path) -> Run:
    """Run a command on a desk of one's own with three concerns; see `made`."""
    shutil.copytree(made, home)
    (home.parent / "referrals.csv").write_text(TABLE, encoding="utf-8")
    return run


@pytest.fixture(autouse=True)
def _wide_as_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
