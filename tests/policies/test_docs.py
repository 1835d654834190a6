"""The page that teaches how to write a policy: what it shows is run, what it quotes is said, no key is left out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from duty_tui.errors import BadFile
from duty_tui.rules import clauses, limits
from duty_tui.rules import pack as packs
from duty_tui.rules.examples import EventAt, Example, ExampleFile, Expected, FactIs, VariedTo
from duty_tui.rules.loader import load_pack
from duty_tui.rules.model import Citation, Model, Reading
from duty_tui.rules.pack import Pack
from duty_tui.rules.references import uses
from duty_tui.rules.try_examples import Workbench, run_examples
from duty_tui.rules.vocabulary import Vocabulary
from tests.hygiene.repository import ROOT

PAGE = (ROOT / "docs" / "policies.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```toml (file|part)=(\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FILES = {name: text for kind, name, text in BLOCKS if kind == "file"}
PARTS = [(name, text) for kind, name, text in BLOCKS if kind == "part"]

#: Stands above a part of a pack, so that it can be read as one.
HEADER = 'schema = 1\n[pack]\nid = "page"\ntitle = ""\ndocument = ""\n'
OBLIGATION = '[[obligation]]\nid = "page"\ndo = ""\nlabel = ""\nmet_by = ["discussion_held"]\nowner = "chair"\n'


def as_pack(kind: str, text: str) -> dict[str, Any]:
    header = "" if "schema = 1" in text else HEADER
    return tomllib.loads(header + (OBLIGATION if kind == "clocks" else "") + text)


def folder(place: Path, pack: str, examples: str | None = None) -> Path:
    """A policy's folder with these files in it."""
    made = place / "riverside"
    made.mkdir()
    (made / "pack.toml").write_text(pack, encoding="utf-8")
    if examples is not None:
        (made / "examples.toml").write_text(examples, encoding="utf-8")
    return made


@pytest.mark.parametrize("name", ["riverside", "step"])
def test_what_the_page_builds_loads_without_doubt_and_every_example_holds(
    name: str, tmp_path: Path, vocabulary: Vocabulary, bench: Workbench
) -> None:
    policy = load_pack(folder(tmp_path, FILES[f"{name}/pack.toml"], FILES[f"{name}/examples.toml"]), vocabulary)
    results = run_examples(policy, bench)
    assert policy.doubts == ()
    assert results
    assert [one for one in results if not one.ok] == []


def test_the_worked_pack_has_an_example_for_every_clock(tmp_path: Path, vocabulary: Vocabulary) -> None:
    pack = load_pack(folder(tmp_path, FILES["riverside/pack.toml"]), vocabulary).newest
    examples = ExampleFile.model_validate(tomllib.loads(FILES["riverside/examples.toml"])).example
    clocks = {clock.id for rule in pack.obligation for clock in rule.clock} | {one.id for one in pack.escalation}
    assert clocks == {example.about for example in examples}


def test_every_step_is_in_the_complete_pack() -> None:
    complete = tomllib.loads(FILES["riverside/pack.toml"])
    begun = tomllib.loads(FILES["step/pack.toml"])
    assert begun["pack"] == complete["pack"]
    clocks = {clock["id"]: clock for obligation in complete["obligation"] for clock in obligation["clock"]}
    (hospital,) = as_pack(*PARTS[0])["obligation"][0]["clock"]
    assert hospital == clocks["hospital"]
    (told,) = as_pack(*PARTS[1])["escalation"]
    assert told.items() <= complete["escalation"][0].items()


@pytest.mark.parametrize(("kind", "text"), [part for part in PARTS if part[0] != "example"])
def test_a_part_shown_has_the_right_shape_and_uses_real_words(kind: str, text: str, vocabulary: Vocabulary) -> None:
    table = as_pack(kind, text)
    Pack.model_validate(table)
    known = {"event": vocabulary.event, "fact": vocabulary.fact, "role": vocabulary.role, "form": vocabulary.form}
    known |= {"calendar": vocabulary.calendar, "time of day": vocabulary.time_of_day, "answer": vocabulary.fact}
    assert [use for use in uses(table) if use.kind in known and use.name not in known[use.kind]] == []


def test_the_example_that_says_everything_holds(tmp_path: Path, vocabulary: Vocabulary, bench: Workbench) -> None:
    (text,) = [text for kind, text in PARTS if kind == "example"]
    (result,) = run_examples(load_pack(folder(tmp_path, FILES["riverside/pack.toml"], text), vocabulary), bench)
    assert result.differences == ()


MODELS: list[type[Model]] = [
    *(
        model
        for module in (packs, clauses, limits)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Model)
    ),
    *(Citation, Reading, ExampleFile, Example, Expected, EventAt, FactIs, VariedTo),
]
KEYS = {field.alias or name for model in MODELS for name, field in model.model_fields.items()}

#: Keys the page shows in its tables only, and `fact`, which nobody writes: a bare word is a fact.
UNSHOWN = {
    "same_day", "calendar_days", "weeks", "months", "date_in_record", "or_else", "latest", "all", "fact",
    "first_due", "before_adoption",
}  # fmt: skip


def test_every_key_of_the_format_is_on_the_page() -> None:
    assert {key for key in KEYS if not re.search(rf"\b{key}\b", PAGE)} == set()


def test_every_key_of_the_format_is_shown_in_use() -> None:
    shown = "\n".join(text for _, _, text in BLOCKS)
    assert {key for key in KEYS if not re.search(rf"\b{key}\b *=|\[[\w.]*\b{key}\b[\w.]*\]", shown)} <= UNSHOWN


#: What to spoil in the pack of the first step, and in what way; the page quotes what is then said.
SPOILED = [
    ('strength = "must"', 'strenght = "must"'),
    ('"referral_received"', '"referal_received"'),
    ('"reasonable_cause"', '"reasonable_couse"'),
    ('"sw_manager"', '"manager"'),
    ("working_days = 1", "working_days = 2"),
    ('words = "must be held within one working day of the referral"', 'words = "must be held"'),
    ('words = "must', 'words = "As a rule it must'),
    ("working_days = 1", 'working_days = "1"'),
    ("2026-09-01", '"1 September 2026"'),
    ('["referral_received", "concern_identified"]', '"referral_received"'),
    ('strength = "must"', 'strength = "shall"'),
    ("  within   = { working_days = 1 }\n", ""),
    ("working_days = 1", "working_days = 1, hours = 24"),
    ('label  = "Discussion"\n', 'label  = "Discussion"\nlabel  = "Talk"\n'),
    ('= "riverside"', "= riverside"),
    ("  cite ", '  readings = ["weekend"]\n  cite '),
    ('"concern_identified"]', '"breach:two-days"]'),
    ('["discussion_held"]', '["child_seen"]'),
    ('words = "must', 'words = "should'),
]


def quoted() -> list[str]:
    """The sentences the page says the check says."""
    table = PAGE.split("\n| it says | do |\n")[1].split("\n\n")[0]
    return re.findall(r"^\| `(.*)` \| [^|]* \|$", table, re.MULTILINE)


def said(place: Path, pack: str, vocabulary: Vocabulary) -> list[str]:
    try:
        return list(load_pack(folder(place, pack), vocabulary).doubts)
    except BadFile as refused:
        return list(refused.problems)


def test_the_check_says_what_the_page_quotes(tmp_path: Path, vocabulary: Vocabulary) -> None:
    pack = FILES["step/pack.toml"]
    heard = []
    for number, (right, wrong) in enumerate(SPOILED):
        assert right in pack, right
        place = tmp_path / str(number)
        place.mkdir()
        heard += said(place, pack.replace(right, wrong, 1), vocabulary)
    assert [sentence for sentence in quoted() if not any(sentence in one for one in heard)] == []
    assert len(quoted()) >= len(SPOILED)


def test_the_page_quotes_an_example_that_comes_out_otherwise(
    tmp_path: Path, vocabulary: Vocabulary, bench: Workbench
) -> None:
    examples = FILES["step/examples.toml"].replace("2026-11-23 end", "2026-11-24 end")
    policy = load_pack(folder(tmp_path, FILES["step/pack.toml"], examples), vocabulary)
    (difference,) = [one for result in run_examples(policy, bench) for one in result.differences]
    assert f"`{difference}`" in PAGE


def test_every_reading_has_a_row() -> None:
    rows = re.findall(r"^\| (\d+) \| [^|]+ \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE)
    assert rows == [str(number) for number in range(1, 28)]


def test_every_kind_of_word_is_explained(vocabulary: Vocabulary) -> None:
    words = PAGE.split("## The words you may use")[1].split("\n## ")[0]
    for name in (*vocabulary.calendar, *vocabulary.time_of_day):
        assert f"`{name}`" in words
