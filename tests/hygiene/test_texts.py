from __future__ import annotations

import re

import pytest

from tests.hygiene.repository import ROOT, texts

# Put together here so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("|".join(["/" + "work/", "/" + "root/", "/" + "home/", r"\.\./" + "shared", "file:" + "//"]))
ADDRESS = re.compile("https?:" + "//|--(extra-)?index-url|--find-links")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def lines_with(pattern: re.Pattern[str], place: str, text: str) -> list[str]:
    return [f"{place}:{number}" for number, line in enumerate(text.splitlines(), 1) if pattern.search(line)]


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert [spot for place, text in texts() for spot in lines_with(MACHINE_PATHS, place, text)] == []


def test_nothing_that_is_installed_from_names_an_address() -> None:
    installed_from = ("requirements", "Makefile", "pyproject.toml", ".ci/")
    assert [
        spot for place, text in texts() if place.startswith(installed_from) for spot in lines_with(ADDRESS, place, text)
    ] == []


@pytest.mark.parametrize("pattern", ["/" + "work/x", "x ../" + "shared/y", "/" + "root/.cache"])
def test_a_machines_place_would_be_seen(pattern: str) -> None:
    assert lines_with(MACHINE_PATHS, "x", f"ok\n{pattern}\n") == ["x:2"]


@pytest.mark.parametrize("line", ["https:" + "//example.org/simple", "--index-url x", "--find-links y"])
def test_an_address_would_be_seen(line: str) -> None:
    assert lines_with(ADDRESS, "x", line) == ["x:1"]


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [(place, text) for place, text in texts() if place.endswith(".md")]
    broken = [
        f"{place}: {target}"
        for place, text in pages
        for target in LINK.findall(text)
        if "://" not in target and not ((ROOT / place).parent / target).exists()
    ]
    assert pages
    assert broken == []


def test_files_end_with_one_newline() -> None:
    assert [place for place, text in texts() if text and (not text.endswith("\n") or text.endswith("\n\n"))] == []
