"""A Children in Need census becomes referrals, one for each time a child was referred."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from duty_tui.exchange.census import codes
from duty_tui.exchange.reading import open_referrals
from duty_tui.exchange.referrals import Closure, Dated
from tests.builders import upn
from tests.exchange.files import CENSUS, census, child, problems_of, read, read_one, referral


def test_every_referral_of_the_excerpt_is_read() -> None:
    file = open_referrals(CENSUS)
    assert (file.name, file.kind) == ("census.xml", "Children in Need census")
    assert (len(file.referrals), len(file.open), file.children, file.problems) == (24, 9, 24, ())
    assert len({referral.concern_id for referral in file.referrals}) == 24


def test_the_first_referral_of_the_excerpt_is_what_the_file_says() -> None:
    first, second = open_referrals(CENSUS).referrals[:2]
    assert first.row == "child 1, referral 1 (line 28)"
    assert first.command.received == datetime(2020, 7, 12, 23, tzinfo=UTC)  # midnight in London, in summer
    assert first.command.received_precision == "day"
    assert (first.command.source, first.command.what) == (
        "Housing",
        "Socially unacceptable behaviour (primary need in the census)",
    )
    assert (first.command.reference, first.command.taken_by) == (
        "RND000215205141 2020-07-13",
        "Children in Need census",
    )
    (who,) = first.command.children
    assert (who.name, who.case_number, who.upn) == ("", "RND000215205141", "A850728973744")
    assert (who.born, who.sex) == (date(2019, 12, 6), "male")
    assert first.closed == Closure(date(2021, 6, 11), "Died")
    assert first.milestones == (Dated("icpc_held", date(2020, 9, 29), child=1),)
    assert second.command.children[0].case_number == "RND000824303014"


NOT_CLOSED = "Marked no further action, but without a closure date: kept open."


def test_what_holds_for_many_referrals_is_said_once_with_how_many() -> None:
    assert open_referrals(CENSUS).warnings == (
        "The UPN's form or check letter does not fit. (24 referrals, the first: child 1, referral 1 (line 28))",
        f"{NOT_CLOSED} (9 referrals, the first: child 2, referral 2 (line 57))",
        "The census gives a date of death for the child. (child 20, referral 1 (line 441))",
        "In the file, not imported: ethnicities (20), disabilities (9).",
    )


def test_an_unborn_child_is_expected() -> None:
    found = read_one(census(child(ExpectedPersonBirthDate="2027-01-18")))
    assert (found.command.children[0].born, found.command.children[0].expected) == (None, date(2027, 1, 18))
    assert found.warnings == ()


def test_a_child_without_any_date_is_noticed() -> None:
    assert read_one(census(child())).warnings == ("No date of birth and no expected date is given.",)


def test_a_death_is_kept_and_noticed() -> None:
    found = read_one(census(child(PersonBirthDate="2019-03-04", PersonDeathDate="2026-11-01")))
    assert found.notes == ("The census gives a date of death: Sun 1 Nov 2026.",)
    assert found.warnings == ("The census gives a date of death for the child.",)
    assert found.closed is None


@pytest.mark.parametrize(
    ("elements", "sex"),
    [
        ({"GenderCurrent": "1"}, "male"),
        ({"GenderCurrent": "2"}, "female"),
        ({"GenderCurrent": "0"}, ""),
        ({"Sex": "F"}, "female"),
        ({"Sex": "M", "GenderCurrent": "2"}, "male"),
        ({}, ""),
    ],
)
def test_sex_is_read_as_it_was_asked_in_both_versions(elements: dict[str, str], sex: str) -> None:
    found = read_one(census(child(identifier="L1", **{"PersonBirthDate": "2019-03-04", **elements})))
    assert found.command.children[0].sex == sex
    assert found.warnings == ()


def test_a_good_upn_is_not_noticed() -> None:
    assert read_one(census(child(PersonBirthDate="2019-03-04", UPN=upn(12345)))).warnings == ()


BORN = {"PersonBirthDate": "2019-03-04"}


@pytest.mark.parametrize(
    ("elements", "closed", "warnings"),
    [
        ({}, None, ()),
        ({"ReferralNFA": "false"}, None, ()),
        ({"ReferralNFA": "true"}, None, (NOT_CLOSED,)),
        ({"ReferralNFA": "1"}, None, (NOT_CLOSED,)),
        ({"ReasonForClosure": "RC7"}, None, ("A reason for closure is given, but no closure date: kept open.",)),
        (
            {"CINclosureDate": "2026-12-01", "ReasonForClosure": "RC9", "ReferralNFA": "true"},
            Closure(date(2026, 12, 1), "Assessed: passed to early help"),
            (),
        ),
        (
            {"CINclosureDate": "2026-11-20"},
            Closure(date(2026, 11, 20), "Closed in the census, reason not given"),
            (),
        ),
        (
            {"CINclosureDate": "2026-11-19", "ReasonForClosure": "RC77"},
            Closure(date(2026, 11, 19), "Closed in the census, reason not given"),
            (
                "The closure is dated before the referral.",
                "The reason for closure is a code this program does not know; it is left open.",
            ),
        ),
    ],
)
def test_only_a_closure_date_closes(
    elements: dict[str, str], closed: Closure | None, warnings: tuple[str, ...]
) -> None:
    found = read_one(census(child(referral(**elements), **BORN)))
    assert (found.closed, found.warnings) == (closed, warnings)


def test_codes_nobody_knows_are_left_open_and_noticed() -> None:
    strange = referral(ReferralSource="12Z", PrimaryNeedCode="N99", DateOfInitialCPC="2026-11-01")
    found = read_one(census(child(strange, GenderCurrent="7", **BORN)))
    assert (found.command.source, found.command.what, found.command.children[0].sex) == ("", "", "")
    assert len(found.warnings) == 4
    assert found.milestones == (Dated("icpc_held", date(2026, 11, 1), child=1),)


def test_the_same_day_twice_is_two_referrals() -> None:
    file = read(census(child(referral(), referral(ReferralSource="6"), **BORN)))
    assert [one.key for one in file.referrals] == ["cin/975/L1/2026-11-20", "cin/975/L1/2026-11-20#2"]


def test_a_referral_has_the_same_identity_in_next_year_s_census() -> None:
    this_year = read(census(child(referral(), **BORN))).referrals[0]
    (again, _new) = read(
        census(
            child(
                referral(CINclosureDate="2027-01-04", ReasonForClosure="RC7"),
                referral("2027-02-01"),
                **BORN,
                UPN=upn(7),
            )
        )
    ).referrals
    assert again.concern_id == this_year.concern_id == "d51b9fcf-14f8-5d74-882a-a2d07717a79c"


def test_a_child_who_stands_twice_in_the_file_is_taken_once() -> None:
    file = read(census(child(**BORN), child(**BORN)))
    assert len(file.referrals) == 1
    assert file.warnings == ("Standing in the file more than once, taken once: 1.",)


def test_a_child_who_stands_twice_with_a_difference_is_a_problem() -> None:
    assert len(problems_of(census(child(**BORN), child(referral(CINclosureDate="2026-11-21"), **BORN)))) == 1
    assert len(problems_of(census(child(**BORN), child(referral(DateOfInitialCPC="2026-11-21"), **BORN)))) == 1
    (problem,) = problems_of(census(child(**BORN), child(PersonBirthDate="2019-03-05")))
    assert problem == (
        "child 2, referral 1 (line 1): The same referral stands at child 1, referral 1 (line 1), and the two differ. "
        "Leave the right one."
    )


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (child(identifier=""), "child 1 (line 1): LAchildID is missing."),
        (child(PersonBirthDate="04/03/2019"), "child 1 (line 1): PersonBirthDate is not a date."),
        (child(PersonDeathDate="0001-01-01"), "child 1 (line 1): PersonDeathDate is not a date."),
        (child(referral("")), "child 1, referral 1 (line 1): CINreferralDate is missing."),
        (child(referral("2026-02-30")), "child 1, referral 1 (line 1): CINreferralDate is not a date."),
        (child(referral(), referral("20261120")), "child 1, referral 2 (line 1): CINreferralDate is not a date."),
        (child(referral(DateOfInitialCPC="soon")), "child 1, referral 1 (line 1): DateOfInitialCPC is not a date."),
        (
            child(referral().replace("</CINd", "<CINreferralDate>2026-11-21</CINreferralDate></CINd")),
            "child 1, referral 1 (line 1): CINreferralDate is given twice.",
        ),
        (
            child().replace("</ChildI", "<LAchildID>L2</LAchildID></ChildI"),
            "child 1 (line 1): LAchildID is given twice.",
        ),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_the_place(broken: str, problem: str) -> None:
    (said,) = problems_of(census(broken))
    assert said.startswith(problem)
    assert len(said) > len(problem)


def test_one_bad_referral_does_not_hide_the_good_ones() -> None:
    file = read(census(child(referral(), referral("soon"), **BORN), child(identifier="L2", **BORN)))
    assert (len(file.referrals), len(file.problems)) == (2, 1)


def test_what_is_not_imported_is_counted_whatever_it_is() -> None:
    more = "<Section47><S47ActualStartDate>2026-11-21</S47ActualStartDate><DateOfInitialCPC/></Section47>"
    odd = "<Mood>calm</Mood>"
    content = census(child(referral().replace("</CINdetails>", f"{more}{odd}</CINdetails>"), **BORN))
    assert read(content).warnings == (
        "In the file, not imported: section 47 enquiries (1), elements this program does not know (1).",
    )
    assert read_one(content).milestones == ()


def test_a_census_in_a_namespace_is_read_all_the_same() -> None:
    content = census(child(**BORN)).replace("<Message>", '<Message xmlns="urn:cin">')
    assert read_one(content).command.children[0].case_number == "L1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_census_may_be_written_in_any_encoding_systems_use(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    content = declared + census(child(identifier="Ní-1", **BORN))
    assert read_one(content.encode(encoding)).command.children[0].case_number == "Ní-1"


def test_the_codes_are_those_of_the_census() -> None:
    assert len(codes().referral_source) == 21
    assert sorted(codes().primary_need) == [f"N{number}" for number in range(10)]
    assert sorted(codes().closure) == [f"RC{number}" for number in range(1, 10)]
    assert all(len(label) < 40 for label in (*codes().referral_source.values(), *codes().primary_need.values()))
