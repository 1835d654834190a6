from __future__ import annotations

import re
import tomllib
from itertools import chain
from typing import Any

import pytest

from tests.hygiene.repository import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
PIN = re.compile(r"^([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==(\S+)(?: ; [^\\]+)? \\$", re.MULTILINE)
ENTRY = re.compile(r"^[a-z0-9].*(?:\n    .*)*", re.MULTILINE)
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def lock(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pins(name: str) -> dict[str, set[str]]:
    """Each package of a lock with its versions; two when an older interpreter needs an older one."""
    found: dict[str, set[str]] = {}
    for package, version in PIN.findall(lock(name)):
        found.setdefault(package, set()).add(version)
    return found


def names(specifications: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", text)[0].lower() for text in specifications}


def group(name: str) -> set[str]:
    listed = PROJECT["dependency-groups"][name]
    included = (group(entry["include-group"]) for entry in listed if isinstance(entry, dict))
    return names([entry for entry in listed if isinstance(entry, str)]).union(*included)


def asked_for_by_us(name: str) -> set[str]:
    """The packages of a lock that pyproject.toml names itself."""
    return {re.split(r"[=\[]", entry)[0] for entry in ENTRY.findall(lock(name)) if "duty-tui (pyproject.toml" in entry}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_every_file_of_it_hashed(name: str) -> None:
    entries = ENTRY.findall(lock(name))
    assert len(entries) > 10
    assert [entry.split("\n")[0] for entry in entries if not PIN.search(entry) or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_nothing_but_packages_hashes_and_reasons(name: str) -> None:
    allowed = re.compile(
        r"^([a-z0-9.-]+(\[[a-z0-9,-]+\])?==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|    #.*)$"
    )
    assert [line for line in lock(name).splitlines() if not allowed.match(line)] == []


def test_the_locks_are_made_from_this_pyproject() -> None:
    runs = names(PROJECT["project"]["dependencies"])
    assert asked_for_by_us("requirements.txt") == runs | group("build")
    assert asked_for_by_us("requirements-dev.txt") == runs | group("dev")
    assert asked_for_by_us("requirements-bench.txt") == runs | group("bench")


@pytest.mark.parametrize(("smaller", "larger"), [(LOCKS[0], LOCKS[1]), (LOCKS[1], LOCKS[2])])
def test_what_is_tested_and_measured_is_what_runs(smaller: str, larger: str) -> None:
    assert pins(smaller).items() <= pins(larger).items()


def test_what_builds_in_a_clone_is_what_builds_a_wheel() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


def test_textual_is_held_to_one_release() -> None:
    assert "textual==8.2.8" in PROJECT["project"]["dependencies"]


def test_running_needs_nothing_that_only_tests_need() -> None:
    assert pins("requirements.txt").keys() & {"pytest", "coverage", "hypothesis", "ruff", "mypy", "numpy"} == set()


def test_the_table_of_dependencies_is_current() -> None:
    page = (ROOT / "docs/contributing.md").read_text("utf-8")
    table = page.partition("## What it stands on")[2].partition("\n## ")[0]
    wanted = [*PROJECT["project"]["dependencies"], *chain(*PROJECT["project"]["optional-dependencies"].values())]
    assert set(re.findall(r"^\| `([a-z0-9-]+)`", table, re.MULTILINE)) == names(wanted)
