"""Rows of one referral become one concern with several children; contradictions are problems, repeats are noticed."""

from __future__ import annotations

import pytest

from duty_tui.exchange.referrals import NAMESPACE, once_each
from tests.builders import BAD_NHS
from tests.exchange.files import problems_of, read, read_one, table

SHARED = "reference,received,family,child,dob,what,source,reasonable_cause"


def names(content: str) -> list[list[str]]:
    """The children of each referral, by name."""
    return [[child.name for child in referral.command.children] for referral in read(content).referrals]


def test_rows_of_one_reference_are_one_referral_wherever_they_stand() -> None:
    content = table(SHARED, "R1,2026-11-20,,Amara,,hit,,", "R2,2026-11-20,,Sefu,,,,", "R1,,,Kofi,,,School,yes")
    assert names(content) == [["Amara", "Kofi"], ["Sefu"]]
    first = read(content).referrals[0]
    assert [child.number for child in first.command.children] == [1, 2]
    assert (first.command.source, first.command.what, first.command.answers) == (
        "School",
        "hit",
        {"reasonable_cause": "yes"},
    )


def test_rows_of_one_family_told_the_same_at_the_same_time_are_one_referral() -> None:
    rows = [",20/11/2026 18:00,Okoye,Amara,,hit,,", ",2026-11-20 18:00,OKOYE,Kofi,,hit,,"]
    assert names(table(SHARED, *rows)) == [["Amara", "Kofi"]]


@pytest.mark.parametrize(
    "other",
    [
        ",2026-11-20 18:01,Okoye,Kofi,,hit,,",
        ",2026-11-20 18:00,Mensah,Kofi,,hit,,",
        ",2026-11-20 18:00,Okoye,Kofi,,burnt,,",
        "R9,2026-11-20 18:00,Okoye,Kofi,,hit,,",
    ],
)
def test_rows_that_differ_in_family_time_or_words_are_two_referrals(other: str) -> None:
    assert names(table(SHARED, ",2026-11-20 18:00,Okoye,Amara,,hit,,", other)) == [["Amara"], ["Kofi"]]


def test_without_family_or_words_no_two_rows_belong_together() -> None:
    assert names(table(SHARED, ",2026-11-20,,Amara,,hit,,", ",2026-11-20,,Kofi,,hit,,")) == [["Amara"], ["Kofi"]]
    assert names(table(SHARED, ",2026-11-20,Okoye,Amara,,,,", ",2026-11-20,Okoye,Kofi,,,,")) == [["Amara"], ["Kofi"]]


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        ("R1,2026-11-21,,Kofi,,,,", "row 3: received differs from another row of the same referral."),
        ("R1,,Mensah,Kofi,,,,", "row 3: family differs from another row of the same referral."),
        ("R1,,,Kofi,,,Police,", "row 3: source differs from another row of the same referral."),
        ("R1,,,Kofi,,,,no", "row 3: reasonable_cause is answered differently in another row of the same referral."),
    ],
)
def test_rows_that_contradict_each_other_are_a_problem_and_no_referral(second: str, problem: str) -> None:
    content = table(SHARED, "R1,2026-11-20,Okoye,Amara,,hit,School,yes", second)
    (said,) = problems_of(content)
    assert said.startswith(problem)
    assert read(content).referrals == ()


def test_a_bad_row_takes_its_siblings_with_it_and_nobody_else() -> None:
    file = read(table(SHARED, "R1,2026-11-20,,Amara,soon,,,", "R1,,,Kofi,,,,", "R2,2026-11-20,,Sefu,,,,"))
    assert [problem.row for problem in file.problems] == ["row 2"]
    assert [referral.row for referral in file.referrals] == ["row 4"]


def test_what_is_told_of_each_child_is_kept_child_by_child() -> None:
    found = read_one(table(SHARED, "R1,2026-11-20,,Amara,,hit,,", "R1,,,Kofi,,saw it,,", "R1,,,Sefu,,,,"))
    assert found.command.what == "Child 1: hit\n\nChild 2: saw it"


def test_the_same_child_in_two_rows_is_one_child() -> None:
    found = read_one(table(SHARED, "R1,2026-11-20,,Amara,2019-03-04,,,", "R1,,,Amara,04/03/2019,,,"))
    assert len(found.command.children) == 1
    assert found.warnings == ("One child stands in two rows of the referral; taken once.",)


def test_a_row_without_a_child_adds_none_but_a_referral_has_one() -> None:
    assert names(table(SHARED, "R1,2026-11-20,,,,hit,,", "R1,,,Kofi,,,,")) == [["Kofi"]]
    found = read_one(table(SHARED, "R1,2026-11-20,,,,hit,,"))
    assert (len(found.command.children), found.warnings) == (1, ("No child is described.",))


def test_names_may_come_in_one_column_or_in_two_but_not_differ() -> None:
    heading = "received,child,first name,surname"
    assert names(table(heading, "2026-11-20,,Amara,Okoye", "2026-11-20,,,Okoye", "2026-11-20,Kofi,,")) == [
        ["Amara Okoye"],
        ["Okoye"],
        ["Kofi"],
    ]
    assert names(table(heading, '2026-11-20,"OKOYE, Amara",Amara,Okoye')) == [["OKOYE, Amara"]]
    (said,) = problems_of(table(heading, "2026-11-20,Amara Okoye,Amara,Mensah"))
    assert said.startswith("row 2: child name differs from first name and surname.")


def test_check_digits_that_do_not_fit_are_noticed_and_kept() -> None:
    found = read_one(table("received,child,nhs,upn", f"2026-11-20,A,{BAD_NHS},X1"))
    assert found.command.children[0].nhs_number == BAD_NHS
    assert [warning[:14] for warning in found.warnings] == ["The NHS number", "A UPN has one "]


def test_a_second_file_finds_the_same_referrals_again() -> None:
    with_reference = "R1,2026-11-20,,Amara,,hit,,"
    without = ",2026-11-20,Okoye,Kofi,2019-03-04,hit,,"
    first = read(table(SHARED, with_reference, without)).referrals
    later = read(table(SHARED, without.replace("2026-11-20", "20/11/2026"), "", with_reference + "yes")).referrals
    assert {one.concern_id for one in first} == {one.concern_id for one in later}
    assert first[0].key == "table/reference/R1"
    assert "Kofi" not in first[1].key
    assert first[0].concern_id == "40468e2f-7543-53b8-8975-4068cbfec618"
    assert first[1].concern_id == "3d9fab5f-e789-5f20-854c-66360fc75688"
    assert str(NAMESPACE) == "820c6ad8-b9ff-538e-8386-3dd3666d7fff"


def test_the_order_of_the_children_makes_no_other_referral() -> None:
    rows = [",2026-11-20,Okoye,Amara,,hit,,", ",2026-11-20,Okoye,Kofi,,hit,,"]
    assert read_one(table(SHARED, *rows)).concern_id == read_one(table(SHARED, *reversed(rows))).concern_id


def test_without_a_reference_a_changed_row_is_another_referral() -> None:
    rows = [",2026-11-20,,Amara,,hit,,", ",2026-11-20,,Amara,2019-03-04,hit,,", ",2026-11-20 00:00,,Amara,,hit,,"]
    assert len({read_one(table(SHARED, row)).concern_id for row in rows}) == 3


def test_a_row_that_stands_twice_is_taken_once_and_with_a_difference_is_a_problem() -> None:
    row = ",2026-11-20,,Amara,,hit,,"
    file = read(table(SHARED, row, row, row))
    assert (len(file.referrals), file.warnings) == (1, ("Standing in the file more than once, taken once: 2.",))
    (said,) = problems_of(table(SHARED, row, row[:-1] + ",yes"))
    assert said == "row 3: The same referral stands at row 2, and the two differ. Leave the right one."


def test_once_each_of_nothing_is_nothing() -> None:
    assert once_each([]) == ([], [], 0)
