from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from duty_tui import __version__
from tests.hygiene.repository import ROOT, files

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


def run(*command: str | Path, cwd: Path) -> str:
    # Without PYTHONPATH, so that nothing is found because the tests happen to run in a clone.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(command, cwd=cwd, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds the wheel and borrows its dependencies from this one."""
    environment = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment)
    python = environment / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps")
    run(*pip, wheel, cwd=environment)
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=environment).strip())
    (own / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_the_wheel_holds_every_file_of_the_program_and_its_data(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    ours = [path.relative_to(ROOT).as_posix() for path in files()]
    wanted = {name for name in ours if name.startswith("duty_tui/")} | {
        f"duty_tui/{name}" for name in ours if name.startswith("data/")
    }
    assert wanted - held == set()
    assert {name for name in held - wanted if ".dist-info/" not in name} == set()


def test_the_program_runs_from_any_folder(installed: Path, tmp_path: Path) -> None:
    assert __version__ in run(installed / "duty-tui", "--version", cwd=tmp_path)


def test_the_policies_are_found_in_what_was_installed(installed: Path, tmp_path: Path) -> None:
    code = "from duty_tui.data_files import DATA; print(DATA)"
    place = Path(run(installed / "python", "-c", code, cwd=tmp_path).strip())
    assert place.is_relative_to(installed.parent)
    ours = {path.relative_to(ROOT / "data") for path in files() if path.is_relative_to(ROOT / "data" / "policies")}
    assert ours
    assert {path for path in ours if not (place / path).is_file()} == set()


def test_an_editable_install_and_a_clone_find_the_same_data() -> None:
    from duty_tui.data_files import DATA

    assert DATA == ROOT / "data"
