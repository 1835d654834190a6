from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duty_tui.domain.people import Child
from duty_tui.screens.intake_children import (
    details_of,
    line_of,
    offered,
    read_child,
    read_children,
    shared_surname,
    surname,
    with_details,
)
from tests.builders import BAD_NHS, GOOD_NHS

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Amara Okafor 3/4/2022 f", "Amara Okafor, 4y, girl"),
        ("Amara Okafor, 3 Apr 2022, girl", "Amara Okafor, 4y, girl"),
        ("Amara Okafor dob 2022-04-03", "Amara Okafor, 4y"),
        ("amara okafor-smith 3/4/22 f", "Amara Okafor-Smith, 4y, girl"),
        ("kofi Okafor", "Kofi Okafor, no date"),
        ("Ada de Souza", "Ada de Souza, no date"),
        ("Tom m 1/10/2026", "Tom, 7w, boy"),
        ("Sam 3/4/2012 other", "Sam, 14y, sex: other"),
        ("unborn due 12/1/2027", "Name not known, unborn, due 12 Jan 2027"),
        ("Baby Okafor edd 12/1/2027", "Baby Okafor, unborn, due 12 Jan 2027"),
        ("Baby Okafor unborn", "Baby Okafor, unborn"),
        ("? 4y boy", "Name not known, said 4y, boy"),
        ("?", "Name not known, no date"),
        ("M", "M, no date"),
        ("李 小龙 2/1/2020", "李 小龙, 6y"),
        ("O'Neill [/] Jay", "O'Neill [/] Jay, no date"),
    ],
)
def test_a_line_is_read_as_people_mean_it(line: str, said: str) -> None:
    read = read_child(line, 1, TODAY)
    assert (read.said, read.problem) == (said, "")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Amara 31/2/2020", "There is no 31 February 2020."),
        ("Amara 4/2020", "cannot be read"),
        ("Amara 3/4/2027", "For an unborn child write “unborn due” before it."),
        ("Amara 3/13/2020", "no month 13"),
    ],
)
def test_a_date_that_is_none_is_a_problem_and_never_part_of_the_name(line: str, why: str) -> None:
    read = read_child(line, 1, TODAY)
    assert why in read.problem
    assert (read.child.name, read.child.born) == ("Amara", None)


def test_everything_about_a_child_may_stand_on_the_line() -> None:
    line = f"Amara Okafor 3/4/2022 f NHS: {GOOD_NHS} upn:A1 case: 12/7  school: St Mary's, Hollin  note: twin"
    read = read_child(line, 2, TODAY)
    assert read.child == Child(
        number=2, name="Amara Okafor", born=date(2022, 4, 3), sex="female", nhs_number=GOOD_NHS, upn="A1",
        case_number="12/7", school="St Mary's, Hollin", note="twin",
    )  # fmt: skip
    assert read.in_full == (
        f"Amara Okafor, 4y, born Sun 3 Apr 2022, girl, NHS {GOOD_NHS}, UPN A1, case 12/7, St Mary's, Hollin, twin"
    )
    assert "UPN" in read.doubts[0]


def test_a_wrong_check_digit_warns_and_is_kept() -> None:
    read = read_child(f"Amara nhs: {BAD_NHS}", 1, TODAY)
    assert read.child.nhs_number == BAD_NHS
    assert "check digit" in read.doubts[0]
    assert read.problem == ""


def test_an_age_that_was_only_said_is_a_remark_and_no_date() -> None:
    child = read_child("Kofi 18m note: from a photograph", 1, TODAY).child
    assert (child.born, child.note) == (None, "said to be 18m; from a photograph")


def test_unborn_without_a_date_is_not_lost() -> None:
    child = read_child("unborn note: heard from aunt", 1, TODAY).child
    assert (child.expected, child.note) == (None, "unborn, due date not known; heard from aunt")


def test_empty_lines_are_no_children_and_numbers_follow_the_lines() -> None:
    read = read_children("Amara\n\n  \nKofi", TODAY)
    assert [child and child.child.number for child in read] == [1, None, None, 2]


def test_the_first_childs_surname_is_offered_to_a_lonely_first_name() -> None:
    text = "Amara Okafor 3/4/2022 f\nKofi"
    assert surname(text, TODAY) == "Okafor"
    assert offered(text, 1, TODAY) == " Okafor"
    assert offered(text + " ", 1, TODAY) == "Okafor"
    for line in ("Kofi Okafor", "Kofi 3", "", "unborn", "3/4/2022"):
        assert offered(f"Amara Okafor\n{line}", 1, TODAY) == ""
    assert offered(text, 0, TODAY) == ""
    assert offered("Amara\nKofi", 1, TODAY) == ""
    assert offered("\nKofi", 1, TODAY) == ""


def test_a_familys_name_is_the_surname_all_of_several_share() -> None:
    amara, kofi, ben = (Child(number=1, name=name) for name in ("Amara Okafor", "Kofi Okafor", "Ben Lund"))
    assert shared_surname([amara, kofi]) == "Okafor"
    assert shared_surname([amara, ben]) == ""
    assert shared_surname([amara]) == ""
    assert shared_surname([amara, Child(number=2)]) == ""


def test_details_are_put_at_the_end_of_the_line_and_taken_off_again() -> None:
    line = with_details("Amara Okafor 3/4/2022 f  note: old", {"nhs": GOOD_NHS, "school": " St  Mary's ", "upn": ""})
    assert line == f"Amara Okafor 3/4/2022 f  nhs: {GOOD_NHS}  school: St Mary's"
    assert details_of(line) == {"nhs": GOOD_NHS, "school": "St Mary's"}
    assert with_details(line, {}) == "Amara Okafor 3/4/2022 f"


NO_NAMES = {"boy", "girl", "other", "male", "female", "due", "edd", "unborn", "expected", "born", "dob"}
words = (
    st.text("abcdeghijklnopqrstuvwxyzéłü", min_size=3)
    .map(str.capitalize)
    .filter(lambda word: word.casefold() not in NO_NAMES)
)


@given(
    st.lists(words, max_size=3),
    st.none() | st.dates(date(2009, 1, 1), TODAY),
    st.sampled_from(["female", "male", "other", ""]),
    st.just("") | words,
)
def test_a_recorded_childs_line_reads_back_to_the_same_child(
    names: list[str], born: date | None, sex: str, note: str
) -> None:
    child = Child.model_validate({"number": 3, "name": " ".join(names), "born": born, "sex": sex, "note": note})
    assert read_child(line_of(child), 3, TODAY).child == child


def test_the_line_of_an_unborn_child_reads_back_too() -> None:
    child = Child(number=1, name="Baby Okafor", expected=date(2027, 1, 12))
    assert read_child(line_of(child), 1, TODAY).child == child


@given(st.text())
def test_whatever_is_typed_is_read_as_something(text: str) -> None:
    lines = text.split("\n")
    assert len(read_children(text, TODAY)) == len(lines)
    for row in range(len(lines)):
        offered(text, row, TODAY)
