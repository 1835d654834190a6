from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

from textual.worker import WorkerFailed

from duty_tui.incident import incident

AT = datetime(2026, 11, 20, 18, 0, 5, tzinfo=UTC)


def failing(name: str) -> Exception:
    try:
        try:
            raise KeyError(name)
        except KeyError as inner:
            raise RuntimeError(f"no {name}") from inner
    except RuntimeError as error:
        return error


def test_where_it_happened_is_kept_and_what_was_typed_is_not(tmp_path: Path) -> None:
    told = incident(failing("Amara Okafor"), tmp_path / "incidents", AT)
    assert told.exit_code == 1
    assert told.number.startswith("20261120-180005-")
    assert told.number in str(told)
    (kept,) = (tmp_path / "incidents").iterdir()
    assert kept.name == f"{told.number}.txt"
    assert str(kept) in told.do
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    text = kept.read_text()
    assert "builtins.RuntimeError\n  test_incident.py:" in text
    assert "builtins.KeyError\n  test_incident.py:" in text
    assert " failing" in text
    assert "Amara" not in text + str(told)


def test_a_failed_worker_tells_where_its_work_failed(tmp_path: Path) -> None:
    told = incident(WorkerFailed(failing("Amara Okafor")), tmp_path, AT)
    text = (tmp_path / f"{told.number}.txt").read_text()
    kinds = [line for line in text.splitlines()[1:] if not line.startswith(" ")]
    assert kinds == ["textual.worker.WorkerFailed", "builtins.RuntimeError", "builtins.KeyError"]
    assert " failing" in text
    assert "Amara" not in text


def test_what_could_not_be_imported_is_named(tmp_path: Path) -> None:
    told = incident(ModuleNotFoundError("No module", name="duty_tui.nowhere"), tmp_path, AT)
    assert "builtins.ModuleNotFoundError duty_tui.nowhere" in (tmp_path / f"{told.number}.txt").read_text()


def test_a_folder_that_cannot_be_written_leaves_the_number(tmp_path: Path) -> None:
    (tmp_path / "incidents").write_text("")
    told = incident(failing("x"), tmp_path / "incidents", AT)
    assert told.do == "Pass on the number."


def test_every_incident_has_a_number_of_its_own(tmp_path: Path) -> None:
    assert len({incident(failing("x"), tmp_path, AT).number for _ in range(20)}) > 1


def test_errors_that_caused_one_another_in_a_circle_end(tmp_path: Path) -> None:
    one, other = ValueError(), ValueError()
    one.__context__, other.__context__ = other, one
    assert incident(one, tmp_path, AT).number
