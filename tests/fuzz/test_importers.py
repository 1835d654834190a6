"""Whatever comes in by any door: read rightly or refused in words, nothing half taken, nothing personal said back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duty_tui.desk.desk import Desk
from duty_tui.errors import BadFile
from tests.fuzz import __main__ as script
from tests.fuzz import desks
from tests.fuzz.importers import Importer, importers
from tests.fuzz.trying import an_input, tried

NAMES = (
    *("table", "census", "receipt", "answer", "settings", "pack.toml", "examples.toml", "key file", "recovery code"),
    *("checkpoint", "witness", "draft"),
)


@pytest.fixture(scope="module")
def doors() -> Iterator[dict[str, Importer]]:
    with importers() as found:
        yield {one.name: one for one in found}


@pytest.fixture(params=NAMES)
def door(request: pytest.FixtureRequest, doors: dict[str, Importer]) -> Importer:
    return doors[request.param]


def test_every_door_is_tried(doors: dict[str, Importer]) -> None:
    assert tuple(doors) == NAMES


def test_the_samples_are_read_as_they_stand(door: Importer) -> None:
    for sample in door.samples:
        assert not tried(door, sample).refused


def test_a_spoilt_one_is_read_or_refused_in_words(door: Importer) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.integers(0, 2**32))
    def any_input(seed: int) -> None:
        tried(door, an_input(door, seed))

    any_input()


def test_any_bytes_are_read_or_refused_in_words(door: Importer) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.binary(max_size=300))
    def any_bytes(data: bytes) -> None:
        tried(door, data)

    any_bytes()


# -- that it would be seen


def given_to(take: Importer, keep: Path) -> int:
    return script.given(take, 60, 0, 3, keep)


def test_what_it_trips_over_is_kept_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def trips(data: bytes) -> None:
        raise ZeroDivisionError

    def tells(data: bytes) -> None:
        raise BadFile("The child Quillon has no date of birth.")

    assert given_to(Importer("trips", (b"x",), trips), tmp_path) == 3
    assert "ZeroDivisionError at" in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == ["fuzz-trips-0.bin"]
    assert given_to(Importer("tells", (b"x",), tells), tmp_path) == 3
    assert "quillon is said" in capsys.readouterr().out


def test_half_an_import_would_be_seen() -> None:
    def half(desk: Desk, data: bytes) -> None:
        desks.import_into(desk, data)
        raise BadFile("The rest cannot be read.")

    with pytest.raises(AssertionError, match="half of it"):
        desks.all_or_nothing(desks.empty_desk, half)(b"received,child\n2026-11-20,Amara\n")


def test_the_long_round_is_a_script(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--only", "recovery code", "--inputs", "5", "--keep", str(tmp_path)]
    assert script.main(words) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["inputs", "recovery"]
    assert script.main(["--only", "nothing"]) == 1
