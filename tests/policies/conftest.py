"""What the tests of the policies share: the vocabulary, the packs, the calendars."""

from __future__ import annotations

import pytest

from duty_tui.rules.bank_holidays import read_bank_holidays, read_published
from duty_tui.rules.loader import Policy, builtin_folder, builtin_names, load_pack, load_vocabulary
from duty_tui.rules.try_examples import Workbench
from duty_tui.rules.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture(scope="session")
def policies(vocabulary: Vocabulary) -> dict[str, Policy]:
    return {name: load_pack(builtin_folder() / name, vocabulary) for name in builtin_names()}


@pytest.fixture(scope="session")
def bench(vocabulary: Vocabulary) -> Workbench:
    published = read_published(builtin_folder() / "bank_holidays.toml")
    return Workbench(vocabulary, published.amend(read_bank_holidays()), published.published_until)
