"""What every test shares: how Hypothesis searches, and the program's own policies, read once for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import settings

from duty_tui.rules import loader
from duty_tui.rules.loader import Policy
from duty_tui.rules.vocabulary import Vocabulary

# No deadline: two busy cores are not a defect. On CI the same examples every time: a red run can be run again.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session", autouse=True)
def the_programs_own_policies_are_read_once() -> Iterator[None]:
    """They do not change while the tests run, and reading them again would be most of what a command's test does.

    Only for those who come through `load_policies`: what calls `load_pack` itself, as the loader's tests do, reads.
    """
    read_vocabulary, read_pack = loader.load_vocabulary, loader.load_pack

    @lru_cache
    def own_vocabulary(_folder: Path) -> Vocabulary:
        return read_vocabulary()

    kept: dict[Path, tuple[Vocabulary, Policy]] = {}

    def vocabulary(path: Path | None = None) -> Vocabulary:
        return read_vocabulary(path) if path else own_vocabulary(loader.builtin_folder())

    def pack(folder: Path, words: Vocabulary) -> Policy:
        if folder.parent != loader.builtin_folder():
            return read_pack(folder, words)
        if folder not in kept or kept[folder][0] is not words:
            kept[folder] = words, read_pack(folder, words)
        return kept[folder][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "load_vocabulary", vocabulary)
        patch.setattr(loader, "load_pack", pack)
        yield
