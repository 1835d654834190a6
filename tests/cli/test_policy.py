from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from duty_tui.rules.loader import builtin_folder, builtin_names
from tests.cli.conftest import Run

SHAPE = {
    "id": str,
    "title": str,
    "document": str,
    "issued_by": str,
    "in_force_from": str | None,
    "layer": str,
    "versions": int,
    "clocks": int,
}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A policy in a folder of one's own."""
    folder = tmp_path / "mine"
    shutil.copytree(builtin_folder() / "twenty-four-hours", folder)
    return folder


def test_the_policies_are_listed(run: Run) -> None:
    assert [line.split()[0] for line in run("policy", "list").lines] == builtin_names()
    found = run("policy", "list", "--json").json
    for item in found:
        assert list(item) == list(SHAPE)
        assert all(isinstance(item[key], kind) for key, kind in SHAPE.items())
    assert {item["id"]: item["in_force_from"] for item in found}["action-note-003"] == "2022-07-22"


@pytest.mark.parametrize("name", builtin_names())
def test_a_policy_is_shown_in_words(run: Run, name: str) -> None:
    ended = run("policy", "show", name)
    assert ended.status == 0
    assert ended.lines[0].startswith(f"{name}: ")
    assert "HOW THE TEXT IS READ" in ended.lines
    assert "None" not in ended.out
    assert ended.out.count("“") > 2


def test_a_shown_policy_says_limit_start_condition_and_place(run: Run) -> None:
    text = run("policy", "show", "action-note-003").out
    assert "In force from Fri 22 Jul 2022" in text
    assert "must: 2 working days, from the earliest of " in text
    assert "if (organised abuse or against staff)" in text
    assert "[two-working-days]" in text
    assert "one-working-day passed unmet" in text
    assert "States no date" in run("policy", "show", "ics-record").out


def test_a_shown_policy_says_what_it_asks_and_when(run: Run) -> None:
    text = run("policy", "show", "action-note-003").out
    assert "asked: Booked after the limit: is it unlikely to be held in time?; Team Manager" in text
    assert "from a date set that lies after two-working-days is due" in text
    assert "answered by yes or no to “Is it known that the discussion is unlikely" in text
    assert "should: Submit the 'Need to Know' form" in text


def test_a_shown_policy_says_who_may_approve_another_time(run: Run, copied: Path) -> None:
    text = (copied / "pack.toml").read_text("utf-8")
    named = 'may_be_varied_by = ["senior_management", "sw_manager"]\n  cite '
    (copied / "pack.toml").write_text(text.replace("  cite ", f"  {named}", 1), "utf-8")
    said = "another time may be approved by Senior management, Social work / team / unit manager"
    assert said in run("policy", "show", copied).out


def test_a_shown_policy_in_json_is_the_pack(run: Run) -> None:
    found = run("policy", "show", "three-working-days", "--json").json
    assert found["pack"]["id"] == "three-working-days"
    assert found["obligation"][0]["clock"][0]["cite"]["words"]


def test_an_unknown_policy_is_refused_with_the_nearest(run: Run) -> None:
    ended = run("policy", "show", "twenty-for-hours")
    assert (ended.status, ended.out) == (2, "")
    assert "did you mean twenty-four-hours?" in ended.err


def test_every_policy_and_every_example_is_checked_from_any_folder(run: Run) -> None:
    ended = run("policy", "check")
    assert ended.status == 0
    assert len(ended.lines) == len(builtin_names())
    assert all(line.endswith(" ok") for line in ended.lines)
    assert "all as they should be" in ended.err
    found = run("policy", "check", "--json").json
    assert sum(item["examples"] for item in found) > 100
    assert all(item["problems"] == [] for item in found)


def test_a_folder_named_like_a_policy_does_not_stand_in_for_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "action-note-003").mkdir()
    assert run("policy", "check").status == 0
    assert run("policy", "check", "action-note-003").status == 1


def test_a_policy_is_checked_by_name(run: Run) -> None:
    assert run("policy", "check", "ics-record").lines[0].startswith("ics-record: ")


def test_an_example_that_does_not_hold_is_found_with_its_line(run: Run, copied: Path) -> None:
    examples = copied / "examples.toml"
    text = examples.read_text("utf-8")
    assert 'due = "' in text
    examples.write_text(text.replace('due = "2026', 'due = "2027', 1), "utf-8")
    ended = run("policy", "check", copied)
    assert ended.status == 1
    assert "1 problem" in ended.lines[0]
    assert "examples.toml line" in ended.lines[1]
    assert "1 of 1 policies found wanting" in ended.err


def test_every_problem_of_a_pack_is_said_at_once(run: Run, copied: Path) -> None:
    pack = copied / "pack.toml"
    pack.write_text(pack.read_text("utf-8").replace('met_by = ["', 'met_by = ["x_', 2), "utf-8")
    found = run("policy", "check", copied, "--json")
    assert found.status == 1
    assert len(found.json[0]["problems"]) == 2
    assert all("pack.toml line" in problem for problem in found.json[0]["problems"])


def test_a_policy_without_examples_is_worth_a_look(run: Run, copied: Path) -> None:
    (copied / "examples.toml").unlink()
    ended = run("policy", "check", copied)
    assert ended.status == 0
    assert "nothing shows that it was understood" in ended.lines[-1]


def test_a_folder_that_is_none_is_found_wanting(run: Run, tmp_path: Path) -> None:
    ended = run("policy", "check", tmp_path / "nowhere")
    assert ended.status == 1
    assert "is not a folder" in ended.out


def test_versions_are_told(run: Run, copied: Path) -> None:
    text = (copied / "pack.toml").read_text("utf-8")
    (copied / "versions").mkdir()
    (copied / "pack.toml").write_text(text.replace("[pack]\n", "[pack]\nin_force_from = 2026-01-01\n", 1), "utf-8")
    older = text.replace("[pack]\n", "[pack]\nin_force_from = 2020-01-01\n", 1)
    (copied / "versions" / "2020.toml").write_text(older, "utf-8")
    assert "2 versions; this is the newest" in run("policy", "show", copied).out


def test_what_changes_the_moment_counted_from_is_shown(run: Run) -> None:
    text = run("policy", "show", "twenty-four-hours").out
    assert "that is, of the discussion it fell in: Strategy discussion/meeting held (its start), or its end" in text
    assert "    but from Discussion decides to start section 47 enquiries, if section 47" in text
