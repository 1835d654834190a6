"""From the elements of a Children in Need census to referrals: one for each time a child was referred.

Read as the Department for Education's guide to the census defines them. The census holds no names and no times of day:
a referral is received on a day, and a conference was held on one.

ReferralNFA says that no further action followed. It does not close a referral here: without a closure date the referral
stays open, and is counted in a warning, because a concern left out of the queue by a tick box is the worse mistake.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from duty_tui.data_files import DATA
from duty_tui.domain.commands import RaiseConcern
from duty_tui.domain.identifiers import upn_doubt
from duty_tui.domain.people import Child
from duty_tui.domain.times import day_words, start_of_day
from duty_tui.exchange.referrals import Closure, Dated, Problem, Referral, Unreadable

TAKEN_BY = "Children in Need census"
_ISO = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_TRUE = frozenset({"true", "1"})
#: The simple elements that are read, of a child and of a referral.
READ = frozenset(
    {"LAchildID", "UPN", "PersonBirthDate", "ExpectedPersonBirthDate", "PersonDeathDate", "GenderCurrent", "Sex"}
    | {"CINreferralDate", "ReferralSource", "PrimaryNeedCode", "CINclosureDate", "ReasonForClosure"}
    | {"DateOfInitialCPC", "ReferralNFA"}
)
#: Under this name stands an element that was found twice where there can be one.
TWICE = ""

Sex = Literal["female", "male", "other", ""]


class Codes(NamedTuple):
    """The labels of `data/exchange/census.toml`, by code."""

    referral_source: Mapping[str, str]
    primary_need: Mapping[str, str]
    closure: Mapping[str, str]
    sex: Mapping[str, Sex]
    not_imported: Mapping[str, str]


@lru_cache(maxsize=1)
def codes() -> Codes:
    """The census codes this program reads, from its own data."""
    return Codes(**tomllib.loads((DATA / "exchange" / "census.toml").read_text("utf-8")))


class CensusReferral(NamedTuple):
    """One CINdetails as found: its simple elements, and where it stands."""

    number: int
    line: int
    values: Mapping[str, str]


class CensusChild(NamedTuple):
    """One Child as found: ChildIdentifiers' simple elements, and the referrals."""

    number: int
    line: int
    values: Mapping[str, str]
    referrals: tuple[CensusReferral, ...]


def read_child(found: CensusChild, authority: str) -> tuple[list[Referral], list[Problem]]:
    """The referrals of one child. What cannot be read is a problem; the others are returned all the same."""
    referrals: list[Referral] = []
    problems: list[Problem] = []
    try:
        person = _person(found.values)
    except Unreadable as reason:
        return [], [Problem(f"child {found.number} (line {found.line})", reason.what, reason.do)]
    seen: Counter[date] = Counter()
    for one in found.referrals:
        row = f"child {found.number}, referral {one.number} (line {one.line})"
        try:
            _once(one.values)
            on = _day(one.values, "CINreferralDate")
            if on is None:
                raise Unreadable("CINreferralDate is missing.", do="Add the day of the referral.")
            seen[on] += 1
            again = f"#{seen[on]}" if seen[on] > 1 else ""
            referrals.append(_referral(row, person, one.values, on, again=again, authority=authority))
        except Unreadable as reason:
            problems.append(Problem(row, reason.what, reason.do))
    return referrals, problems


class _Person(NamedTuple):
    """The child of some referrals, with what is to be kept and said with each."""

    child: Child
    notes: tuple[str, ...]
    warnings: tuple[str, ...]


def _person(values: Mapping[str, str]) -> _Person:
    _once(values)
    identifier = values.get("LAchildID", "")
    if not identifier:
        raise Unreadable("LAchildID is missing.", do="Add it: a second import finds the child again by it.")
    notes, warnings = [], []
    died = _day(values, "PersonDeathDate")
    if died:
        notes.append(f"The census gives a date of death: {day_words(died)}.")
        warnings.append("The census gives a date of death for the child.")
    upn = values.get("UPN", "")
    if upn_doubt(upn):
        warnings.append("The UPN's form or check letter does not fit.")
    code = values.get("Sex") or values.get("GenderCurrent", "")
    if code and code not in codes().sex:
        warnings.append("The sex is a code this program does not know; it is left open.")
    child = Child(
        number=1,
        born=_day(values, "PersonBirthDate"),
        expected=_day(values, "ExpectedPersonBirthDate"),
        sex=codes().sex.get(code, ""),
        upn=upn,
        case_number=identifier,
    )
    if child.born is None and child.expected is None:
        warnings.append("No date of birth and no expected date is given.")
    return _Person(child, tuple(notes), tuple(warnings))


def _referral(
    row: str, person: _Person, values: Mapping[str, str], on: date, *, again: str, authority: str
) -> Referral:
    child, more = person.child, list(person.warnings)
    closed = _closure(values, on, more)
    conference = _day(values, "DateOfInitialCPC")
    if conference and conference < on:
        more.append("The initial conference is dated before the referral.")
    source = _label(codes().referral_source, values, "ReferralSource", "referral source", more)
    need = _label(codes().primary_need, values, "PrimaryNeedCode", "primary need", more)
    command = RaiseConcern(
        received=start_of_day(on),
        received_precision="day",
        source=source,
        children=(child,),
        what=f"{need} (primary need in the census)" if need else "",
        taken_by=TAKEN_BY,
        reference=f"{child.case_number} {on}{again}",
    )
    return Referral(
        row=row,
        key=f"cin/{authority}/{child.case_number}/{on}{again}",
        command=command,
        closed=closed,
        milestones=(Dated("icpc_held", conference, child=1),) if conference else (),
        notes=person.notes,
        warnings=tuple(more),
    )


def _closure(values: Mapping[str, str], on: date, warnings: list[str]) -> Closure | None:
    """When and why the referral was closed, or None while it is open."""
    day = _day(values, "CINclosureDate")
    if day is None:
        if values.get("ReferralNFA", "").lower() in _TRUE:
            warnings.append("Marked no further action, but without a closure date: kept open.")
        if values.get("ReasonForClosure"):
            warnings.append("A reason for closure is given, but no closure date: kept open.")
        return None
    if day < on:
        warnings.append("The closure is dated before the referral.")
    reason = _label(codes().closure, values, "ReasonForClosure", "reason for closure", warnings)
    return Closure(day, reason or "Closed in the census, reason not given")


def _label(labels: Mapping[str, str], values: Mapping[str, str], element: str, say: str, warnings: list[str]) -> str:
    """The label of an element's code, empty where it is missing or not known."""
    code = values.get(element, "")
    if code and code not in labels:
        warnings.append(f"The {say} is a code this program does not know; it is left open.")
    return labels.get(code, "")


def _once(values: Mapping[str, str]) -> None:
    if TWICE in values:
        raise Unreadable(f"{values[TWICE]} is given twice.", do="Leave the right one.")


def _day(values: Mapping[str, str], element: str) -> date | None:
    """An element's date, None where it is missing or empty. Raises Unreadable."""
    text = values.get(element, "")
    wrong = Unreadable(f"{element} is not a date.", do="It is written as year-month-day, like 2026-11-20.")
    if not text:
        return None
    if not _ISO.fullmatch(text):
        raise wrong
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise wrong from None
