from __future__ import annotations

import pytest

from tests.cli.conftest import Run

AT = ("--at", "2026-11-20T18:30")


def test_the_reason_is_told_in_words(desk: Run) -> None:
    ended = desk("why", "C1", *AT)
    assert ended.status == 0
    assert ended.lines[0].startswith("C1  Okafor: Amara Okafor 4y")
    assert "Hold the strategy discussion" in ended.lines[1]
    assert "As of Fri 20 Nov 2026 18:30" in ended.lines
    assert "RULE" in ended.lines
    assert "“held on the same day as the receipt of the referral”" in ended.out


def test_json_has_the_promised_shape(desk: Run) -> None:
    found = desk("why", "1", "--json", *AT).json
    assert list(found) == [
        *("concern", "reference", "title", "headline", "due", "supposed", "sections", "questions", "as_of"),
    ]
    assert found["reference"] == "C1"
    assert found["due"] == "2026-11-21T00:00:00Z"
    assert found["as_of"] == "2026-11-20T18:30:00Z"
    assert found["supposed"] == []
    assert all(list(section) == ["heading", "lines"] for section in found["sections"])
    assert all(list(question) == ["fact", "ask", "answer", "effect"] for question in found["questions"])


def test_a_concern_is_found_by_its_id_too(desk: Run) -> None:
    concern = desk("why", "C2", "--json").json["concern"]
    assert desk("why", concern[:8], "--json").json["reference"] == "C2"


def test_another_answer_is_supposed_and_not_recorded(desk: Run) -> None:
    before = desk("why", "C1", "--json", *AT).json
    what_if = desk("why", "C1", "--json", *AT, "--answer", "serious_risk_of_harm=no").json
    assert what_if["supposed"] == ["serious risk: no"]
    assert what_if["headline"] != before["headline"]
    text = desk("why", "C1", *AT, "--answer", "reasonable_cause=no", "--received", "2026-11-18T10:00")
    assert "SUPPOSED, NOT RECORDED" in text.lines
    assert "  received Wed 18 Nov 2026 10:00" in text.lines
    assert desk("why", "C1", "--json", *AT).json == before


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("C99",), 1, "There is no concern with that number."),
        (("",), 1, "There is no concern with that number."),
        (("C1", "--answer", "serious_risk=no"), 2, "did you mean serious_risk_of_harm?"),
        (("C1", "--answer", "reasonable_cause=maybe"), 2, "answered yes, no or unknown"),
        ((), 2, "CONCERN"),
    ],
)
def test_what_cannot_be_told_is_refused(desk: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    ended = desk("why", *arguments)
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err


def test_a_closed_concern_has_no_place(run: Run) -> None:
    found = run("queue", "--json").json
    closed = next(at for at in range(1, 30) if f"C{at}" not in {item["reference"] for item in found})
    assert "Closed" in run("why", f"C{closed}").lines[1]
