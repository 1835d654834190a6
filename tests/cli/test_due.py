from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

ASKED = ("due", "--policy", "action-note-003", "--received", "2026-11-20T18:00")
YES = ("--fact", "reasonable_cause=yes", "--fact", "serious_risk_of_harm=yes")

SHAPE = {
    "obligation": str,
    "clock": str,
    "pack": str,
    "child": int | None,
    "discussion": int | None,
    "governs": bool,
    "certain": bool,
    "strength": str,
    "state": str,
    "start": str | None,
    "start_from": str | None,
    "due": str | None,
    "due_text": str,
    "overdue": bool,
    "met_at": str | None,
    "provisional": bool,
    "unless": list,
    "lost_to": str | None,
    "label": str,
    "do": str,
    "owner": str,
    "citation": dict,
    "skipped": list,
}


def governing(found: list[dict[str, Any]], obligation: str = "discussion") -> dict[str, Any]:
    (one,) = [item for item in found if item["governs"] and item["obligation"] == obligation]
    return one


def test_serious_risk_on_a_friday_evening_is_due_by_the_end_of_friday(run: Run) -> None:
    one = governing(run(*ASKED, *YES, "--json").json)
    assert one["due"] == "2026-11-21T00:00:00Z"
    assert one["due_text"] == "end of Fri 20 Nov 2026"
    assert one["certain"] is True
    assert one["clock"] == "serious-risk-same-day"
    assert one["citation"]["document"] == "Management Action Note 003"
    assert one["citation"]["words"]
    assert one["lost_to"] is None


def test_json_has_the_promised_shape(run: Run) -> None:
    found = run(
        *ASKED, "--json", "--policy", "ics-record", "--children", "2", "--event", "discussion_held=2026-11-20T19:00"
    )
    for item in found.json:
        assert list(item) == list(SHAPE)
        assert all(isinstance(item[key], kind) for key, kind in SHAPE.items()), item
    assert {item["child"] for item in found.json} == {None, 1, 2}
    assert {item["discussion"] for item in found.json} >= {None, 1}
    assert {item["pack"] for item in found.json} == {"action-note-003", "ics-record"}


def test_what_governs_comes_first_by_due_and_what_has_none_comes_last(run: Run) -> None:
    found = run(*ASKED, *YES, "--json").json
    first = [bool(item["governs"] and item["due"]) for item in found]
    assert first == sorted(first, reverse=True)
    dues = [item["due"] or "~" for item in found if not (item["governs"] and item["due"])]
    assert dues == sorted(dues)


def test_days_skipped_are_named(run: Run) -> None:
    found = run(
        "due",
        "--policy",
        "action-note-003",
        "--received",
        "2026-12-24T10:00",
        "--fact",
        "reasonable_cause=yes",
        "--json",
    )
    two = next(item for item in found.json if item["clock"] == "two-working-days")
    assert two["due"] == "2026-12-31T00:00:00Z"
    assert {"date": "2026-12-25", "why": "Christmas Day"} in two["skipped"]
    assert {"date": "2026-12-26", "why": "Saturday"} in two["skipped"]


def test_overdue_is_as_of_at(run: Run) -> None:
    assert governing(run(*ASKED, *YES, "--json", "--at", "2026-11-20T23:59:59").json)["overdue"] is False
    assert governing(run(*ASKED, *YES, "--json", "--at", "2026-11-21T00:00").json)["overdue"] is True


def test_what_is_not_known_never_lengthens(run: Run) -> None:
    unknown = governing(run(*ASKED, "--json").json)
    said = governing(run(*ASKED, "--json", "--fact", "serious_risk_of_harm=unknown").json)
    assert unknown["due"] == said["due"] == "2026-11-21T00:00:00Z"
    assert unknown["certain"] is False
    assert "serious_risk_of_harm" in unknown["unless"]


def test_a_closure_day_is_skipped(run: Run) -> None:
    found = run(*ASKED, "--fact", "reasonable_cause=yes", "--json", "--closure", "2026-11-23").json
    two = next(item for item in found if item["clock"] == "two-working-days")
    assert two["due"] == "2026-11-26T00:00:00Z"
    assert {"date": "2026-11-23", "why": "closure: closed"} in two["skipped"]


def test_identified_before_received_starts_the_clock(run: Run) -> None:
    found = run(*ASKED, "--identified", "2026-11-19T10:00", "--fact", "reasonable_cause=yes", "--json").json
    two = next(item for item in found if item["clock"] == "two-working-days")
    assert (two["start"], two["start_from"]) == ("2026-11-19T10:00:00Z", "concern_identified")


def test_discussions_are_numbered_in_the_order_of_their_times(run: Run) -> None:
    held = ("--event", "discussion_held=2026-11-23T10:00", "--event", "discussion_held=2026-11-20T19:00")
    found = run(*ASKED, *YES, *held, "--json").json
    copies = {item["discussion"]: item["start"] for item in found if item["clock"] == "copy-when-practicable"}
    assert copies == {1: "2026-11-20T19:00:00Z", 2: "2026-11-23T10:00:00Z"}


def test_text_says_the_same_in_words(run: Run) -> None:
    lines = run(*ASKED, *YES, "--at", "2026-11-21T09:00").lines
    assert lines[0] == "end of Fri 20 Nov 2026: Discussion (OVERDUE)"
    assert lines[1] == "    should, action-note-003/serious-risk-same-day"
    assert lines[2].startswith("    Management Action Note 003, Practice expectations 1")
    assert any("lost to serious-risk-same-day, unless" in line for line in lines)
    assert any("waiting" in line for line in lines)


def test_text_names_the_child_and_the_discussion(run: Run) -> None:
    said = run(*ASKED, "--children", "2", "--event", "discussion_held=2026-11-20T19:00").out
    assert "See the child (child 2)" in said
    assert "(discussion 1)" in said


def test_a_folder_is_a_policy_too(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "pack.toml").write_text('schema = 1\n[pack]\nid = "mine"\ntitle = "Mine"\ndocument = "Mine"\n')
    ended = run("due", "--policy", "mine", "--received", "2026-11-20")
    assert (ended.status, ended.out) == (0, "Nothing falls due under these policies.\n")
    (folder / "pack.toml").write_text("schema = 1\nschema = 1\n")
    broken = run("due", "--policy", str(folder), "--received", "2026-11-20")
    assert broken.status == 1
    assert "written twice" in broken.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fact", "serious_risk_of_ham=yes"), "did you mean serious_risk_of_harm?"),
        (("--fact", "serious_risk_of_harm=perhaps"), "answered yes, no or unknown"),
        (("--fact", "serious_risk_of_harm"), "no equals sign"),
        ((*YES, "--fact", "reasonable_cause=no"), "answered twice"),
        (("--event", "discusion_held=2026-11-20"), "did you mean discussion_held?"),
        (("--event", "discussion_held=teatime"), "teatime is not a time"),
        (("--policy", "action-note-03"), "did you mean action-note-003?"),
        (("--policy", "zzz"), "there are action-note-003"),
        (("--at", "2026-03-29T01:30"), "never happened in London"),
        (("--at", "2026-10-25T01:30"), "happened twice in London"),
        (("--at", "2026-11-31"), "is not a time"),
        (("--at", "0999-01-01"), "a year that cannot be"),
        (("--children", "0"), "0"),
        (("--closure", "soon"), "soon is not a day"),
        (("--policy", "action-note-003"), "only once"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ended = run(*ASKED, *arguments)
    assert ended.status == (1 if said == "only once" else 2)
    assert ended.out == ""
    assert said in ended.err


def test_no_policy_or_no_beginning_is_refused(run: Run) -> None:
    assert "No policy is named" in run("due", "--policy", ",", "--received", "2026-11-20").err
    nothing = run("due", "--policy", "action-note-003")
    assert (nothing.status, nothing.out) == (2, "")
    assert "--received" in nothing.err
    assert run("due", "--received", "2026-11-20").status == 2
