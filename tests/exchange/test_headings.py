"""Headings are found by the names people use; what is not known is said, never dropped without a word."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from duty_tui.data_files import DATA
from duty_tui.exchange.headings import folded, read_headings, words
from tests.exchange.files import read, read_one, table, why_not

DOCS = Path(__file__).resolve().parents[2] / "docs" / "import.md"


def vocabulary() -> set[str]:
    """The questions of the policies' vocabulary."""
    return set(tomllib.loads((DATA / "policies" / "vocabulary.toml").read_text("utf-8"))["fact"])


def template() -> list[str]:
    """The headings of the template."""
    with (DATA / "exchange" / "template.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


@pytest.mark.parametrize("heading", ["Date of Referral", "DATE_RECEIVED", "received", " Received: ", "referral-date"])
def test_a_heading_is_known_however_it_is_written(heading: str) -> None:
    (column,) = read_headings([heading], ()).columns
    assert column.field == "received"


def test_no_heading_means_two_columns() -> None:
    data = tomllib.loads((DATA / "exchange" / "headers.toml").read_text("utf-8"))["columns"]
    written = [
        (folded(heading), field)
        for field, column in data.items()
        for heading in {folded(name) for name in (field, column["say"], *column["also"])}
    ]
    assert len({heading for heading, _ in written}) == len(written)
    assert not {folded(question) for question in vocabulary()} & words().fields.keys()


def test_every_question_of_the_vocabulary_can_be_a_column() -> None:
    for question in vocabulary():
        (_, column) = read_headings(["received", question.replace("_", " ").title()], vocabulary()).columns
        assert (column.field, column.question) == (question, True)


def test_the_template_has_only_headings_that_are_known_and_every_one_that_is_not_a_question() -> None:
    headings = read_headings(template(), vocabulary())
    assert headings.warnings == ()
    assert len(headings.columns) == len(template())
    fields = {column.field for column in headings.columns if not column.question}
    assert fields == words().say.keys() - {"first_name", "surname"}  # one column for the name is enough to start with


def test_a_strange_column_is_named_with_the_nearest_known_one() -> None:
    file = read(table("received,name,dat of brith,Favourite colour", "2026-11-20,A,B,C"))
    assert file.warnings == (
        "Column 3 (“dat of brith”) is not known and was not imported. Did you mean “date of birth”?",
        "Column 4 (“Favourite colour”) is not known and was not imported.",
    )


def test_a_strange_heading_is_cut_and_made_harmless_before_it_is_said() -> None:
    (said,) = read(table(f"received,name,\x1b[2J{'x' * 100}", "2026-11-20,A,B")).warnings
    assert "\x1b" not in said
    assert len(said) < 120


def test_a_column_without_a_heading_is_said_only_when_something_is_in_it() -> None:
    assert read(table("received,name,,", "2026-11-20,A,,")).warnings == ()
    file = read(table("received,name,,", "2026-11-20,A,,", "2026-11-21,B,,x", "2026-11-22,C,,y"))
    assert file.warnings == ("Column 4 has no heading and was not imported (row 3 has something in it).",)


def test_two_columns_for_one_thing_are_refused() -> None:
    said = why_not(table("received,child,name of child", "2026-11-20,A,B"))
    assert "Columns 2 and 3 are both read as “child name”." in said
    assert "both read as “reasonable_cause”" in why_not(table("received,reasonable cause,Reasonable_Cause", "x,y,z"))


def test_a_table_without_a_date_of_receipt_is_refused_without_saying_its_headings() -> None:
    assert "No column says when a referral was received." in why_not(table("name,dob,Zyx", "A,B,C"))


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("yes", "yes"),
        ("Y", "yes"),
        ("TRUE", "yes"),
        ("no", "no"),
        ("0", "no"),
        ("Don’t know", "unknown"),
        ("?", "unknown"),
    ],
)
def test_an_answer_may_be_written_in_the_usual_ways(cell: str, answer: str) -> None:
    assert read_one(table("received,name,reasonable_cause", f"2026-11-20,A,{cell}")).command.answers == {
        "reasonable_cause": answer
    }


def test_an_empty_answer_is_no_answer() -> None:
    assert read_one(table("received,name,reasonable_cause", "2026-11-20,A,")).command.answers == {}
    assert read_one(table("received,name,sex", "2026-11-20,A,not known")).command.children[0].sex == ""


def test_the_page_about_importing_names_every_column() -> None:
    page = DOCS.read_text("utf-8")
    for heading in words().say.values():
        assert f"`{heading}`" in page, heading


def test_of_many_unknown_headings_some_are_said_and_the_rest_counted() -> None:
    found = read_headings(["received", *(f"zz{number}" for number in range(50))], ())
    assert len(found.warnings) == 21
    assert found.warnings[-1] == "… and 30 more columns are not known and were not imported."
